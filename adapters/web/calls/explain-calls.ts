import type { ReadRequest } from '../../source-adapter.js';
import { SourceError } from '../../source-error.js';
import type { Paging } from '../asked-object.js';
import { firstPage } from '../rows/read-pages.js';
import type { WebProtocol } from '../web-protocol.js';
import type { PlannedCall } from './group-calls.js';

const SHOWN_CALLS = 3;

/** What a read would send, and what it would pick here out of the answers. A read that is refused says why. */
export function explainCalls(
  protocol: WebProtocol,
  paging: Paging | undefined,
  { from, where, limit }: ReadRequest,
  plan: () => readonly PlannedCall[],
): string {
  const lines = [`-- ${from.name}`];
  try {
    const calls = plan();
    for (const { parameters } of calls.slice(0, SHOWN_CALLS)) {
      lines.push(protocol.explain(firstPage(parameters, paging)));
    }
    if (calls.length > SHOWN_CALLS) {
      const more = calls.length - SHOWN_CALLS;
      lines.push(`-- 另有 ${more} 次类似调用 / and ${more} more calls like these`);
    }
    if (paging !== undefined) lines.push(`-- 逐页读取 / read page by page: ${paging.style}`);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    lines.push(`-- ${error.detail ?? ''}`, `-- ${error.message}`);
  }
  const picked = JSON.stringify(from.latest === undefined ? where : { where, latest: from.latest }, spell);
  lines.push(`-- 取回后在此筛选，至多 ${limit} 行 / picked here, at most ${limit} rows: ${picked}`);
  return lines.join('\n');
}

function spell(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? `0x${Buffer.from(value).toString('hex')}` : value;
}
