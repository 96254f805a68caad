import { ALWAYS } from '../../../adapters/condition.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import type { ServedInterface } from '../read/served-interface.js';

const MINUTES_PER_DAY = 1440;
/** How often a source is read whole by default, in minutes; one that grants few calls a day is read less often. */
const USUAL_MINUTES = 5;
/** Of a day's calls, what readings may use. */
const SHARE_OF_DAY = 0.5;

/**
 * Says where a snapshot would spare a source: one that cannot filter is read again for every query. It tells what that
 * would cost the source in calls a day.
 */
export async function snapshotGain(
  { compiled, rows: door }: ServedInterface,
  context: CallContext,
): Promise<readonly Problem[]> {
  const { mapping, adapter } = compiled;
  const { needs = [], rowsPerCall } = mapping.source.object;
  if (adapter.capabilities.filters || needs.length > 0 || mapping.snapshot !== undefined) return [];
  const { maxRowsScanned, perDay } = mapping.limits;
  const columns = mapping.key;
  const { length: rows } = await door.read(
    { columns, where: ALWAYS, orderBy: [], limit: maxRowsScanned },
    context,
  );
  // The page behind the last one is asked for as well where no total is told.
  const calls = rowsPerCall === undefined ? 1 : Math.floor(rows / rowsPerCall) + 1;
  const granted = perDay === undefined ? Number.POSITIVE_INFINITY : perDay * SHARE_OF_DAY;
  const minutes = Math.max(USUAL_MINUTES, Math.ceil((calls * MINUTES_PER_DAY) / granted));
  const callsPerDay = Math.ceil((calls * MINUTES_PER_DAY) / minutes);
  return [
    {
      rule: 'snapshot-gain',
      severity: 'warning',
      place: mapping.source.place,
      zh: `来源不能自行筛选，每次查询都要重读（现有 ${rows} 行）。如写 snapshot: { every: ${minutes}m }，查询只问快照，来源每天约 ${callsPerDay} 次调用。`,
      en: `The source cannot filter, so that every query reads it again (${rows} rows). With snapshot: { every: ${minutes}m } queries would ask what was read, for about ${callsPerDay} calls a day.`,
    },
  ];
}
