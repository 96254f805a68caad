import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FoundNumbers, WantedNumber } from '../../feed/registry-port.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { OpenIndex } from './open-index.js';
import { letOthersRun, partsOf } from './take-turns.js';

/** Numbers looked up without a pause. */
const PART = 200;
/** A text that more rows hold is no number of one document. */
const MAX_ROWS = 200;

/** Rows of a kind that held the numbers when they were read. */
export async function findNumbers(
  { db, sources }: OpenIndex,
  kind: RowKind,
  wanted: readonly WantedNumber[],
  context: CallContext,
): Promise<FoundNumbers> {
  const known = sources.filter((source) => source.kind === kind);
  const names = JSON.stringify(known.map((source) => source.interface));
  const select = db.prepare<[string, string, string, number], { interface: string; key: string }>(
    `SELECT number.interface AS interface, number.key AS key FROM json_each(?) source
     CROSS JOIN number ON number.interface = source.value AND number.field = ? AND number.number = ? LIMIT ?`,
  );
  const rows: (readonly string[] | null)[] = [];
  for (const [index, part] of partsOf(wanted, PART).entries()) {
    if (index > 0) await letOthersRun(context);
    for (const { field, number } of part) {
      const found = select.all(names, field, number, MAX_ROWS + 1);
      rows.push(found.length > MAX_ROWS ? null : found.map((row) => `${row.interface}:${row.key}`));
    }
  }
  return {
    rows,
    read: known.flatMap(({ interface: name, mark, numbers }) =>
      mark === null ? [] : [{ interface: name, mark, fields: numbers }],
    ),
  };
}
