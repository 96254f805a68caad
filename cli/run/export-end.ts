import { EXIT, type ExitCode } from '../exit-code.js';
import type { Standing } from './export-request.js';

interface ExportEnd {
  /** For people. */
  readonly lines: readonly string[];
  readonly exitCode: ExitCode;
}

/** How an export ended. @param isWhole whether all that the gateway sent has arrived. */
export function describeEnd(standing: Standing | null, isWhole: boolean, outFile: string | null): ExportEnd {
  const state = standing?.state ?? null;
  if (standing === null || (!isWhole && state !== 'stopped')) {
    return {
      exitCode: EXIT.unreachable,
      lines: [
        '与网关的连接中断，导出的内容不可用，请重新导出。The connection to the gateway broke: what was written is of no use, export again.',
      ],
    };
  }
  const rows = standing.rows.toLocaleString('en');
  const late = standing.late.length === 0 ? [] : [lateLine(standing)];
  if (state === 'complete') {
    return { exitCode: EXIT.ok, lines: [...late, `完成：${rows} 行。Done: ${rows} rows.`] };
  }
  const missing = standing.missing.map(
    ({ name, of, reason }) => `缺失 missing: ${name}${of === 'cells' ? '（单元格 cells）' : ''}: ${reason}`,
  );
  const cursor = `续传 go on later: --after ${standing.cursor ?? '""'}`;
  if (state === 'incomplete') {
    const end = `不完整：${rows} 行，有缺失。Incomplete: ${rows} rows, something is missing.`;
    return { exitCode: EXIT.findings, lines: [...late, ...missing, end, cursor] };
  }
  const kept = outFile === null || isWhole ? '' : ` ${outFile}.part`;
  const end = `中断：已写 ${rows} 行，其后的行尚未导出。Stopped: ${rows} rows are written, those behind them are not.${kept}`;
  return { exitCode: EXIT.unreachable, lines: [...late, ...missing, end, cursor] };
}

function lateLine({ late }: Standing): string {
  return `曾缺席、其行排在后面 came late, rows stand further back: ${late.join(', ')}`;
}
