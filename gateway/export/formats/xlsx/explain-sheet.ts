import { stringifyExact } from '../../../../runtime/json/exact-json.js';
import type { ExportStanding, ExportState } from '../../walk/export-ledger.js';
import type { FileFacts } from '../file-writer.js';
import { columnName, textCell } from './sheet-cell.js';
import { SHEET_END, STYLES, sheetStart } from './workbook-parts.js';

const STATES: Readonly<Record<ExportState, string>> = {
  running: '进行中 running',
  complete: '完整 complete',
  incomplete: '不完整：有缺失 incomplete: something is missing',
  stopped: '中断：尚有行未导出，可用续传游标继续 stopped: rows are left, go on from the cursor',
  left: '调用方离开 the caller left',
};
const COVERAGE_STATES: Readonly<Record<string, string>> = {
  LIVE: '实时 LIVE',
  STALE: '陈旧 STALE',
  MISSING: '缺失 MISSING',
  DENIED: '无权 DENIED',
};
const WIDTHS = [26, 60, 18, 28, 60];

/** The sheet that says what the rows rest on. */
export function explainSheet({ query, variables, standing }: FileFacts): string {
  const stand = standing();
  const rows = [
    ...factsOf(stand),
    ['查询 Query', query],
    ['变量 Variables', stringifyExact(variables) ?? ''],
  ];
  const lines = [...rows, [], ...missingOf(stand), ...interfacesOf(stand)];
  const cells = lines.map((line, row) =>
    line
      .map((text, column) =>
        textCell(`${columnName(column)}${row + 1}`, text, column === 0 ? STYLES.heading : STYLES.wrapped),
      )
      .join(''),
  );
  const data = cells.map((line, row) => `<row r="${row + 1}">${line}</row>`).join('');
  return `${sheetStart(WIDTHS, false)}${data}${SHEET_END}`;
}

type Line = readonly string[];

function factsOf({
  state,
  rows,
  cursor,
  startedAt,
  endedAt,
  requestId,
  late,
}: ExportStanding): readonly Line[] {
  return [
    ['结果 Result', STATES[state]],
    ['行数 Rows', String(rows)],
    ['开始 Began', startedAt],
    ['结束 Ended', endedAt ?? ''],
    ['请求编号 Request id', requestId],
    ['续传游标 Cursor', cursor ?? ''],
    ['后补的数据接口 Came late', late.join('、')],
  ];
}

function missingOf({ missing }: ExportStanding): readonly Line[] {
  if (missing.length === 0) return [];
  return [
    ['缺失 Missing', '原因 Reason', '范围 Of'],
    ...missing.map(({ name, reason, of }) => [name, reason, of === 'cells' ? '单元格 cells' : '行 rows']),
    [],
  ];
}

function interfacesOf({ interfaces }: ExportStanding): readonly Line[] {
  return [
    ['数据接口 Interface', '部门 Department', '状态 State', '数据截至 As of', '说明 Reason'],
    ...interfaces.map(({ interface: name, department, state, asOf, reason }) => [
      name,
      department,
      COVERAGE_STATES[state] ?? state,
      asOf ?? '',
      reason ?? '',
    ]),
  ];
}
