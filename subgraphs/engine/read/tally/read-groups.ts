import type { Condition } from '../../../../adapters/condition.js';
import type { GroupTerm, TallyGroup } from '../../../../adapters/source-adapter.js';
import { SourceTooLarge } from '../../../../adapters/source-error.js';
import type { SourceValue } from '../../../../adapters/source-value.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import { keyText } from '../../compile/row-id.js';
import type { InterfaceRows } from '../served-interface.js';

/** A distinct tuple of cells, and how many rows hold it. */
type CellGroup = Pick<TallyGroup, 'key' | 'count'>;

interface GroupsRequest {
  readonly columns: readonly string[];
  readonly where: Condition;
  /** Only tuples that at least so many rows hold. Default 1; a source that cannot count gives them all. */
  readonly atLeast?: number;
  /** More groups than this fail; default `limits.maxRowsScanned`. */
  readonly maxGroups?: number;
}

/**
 * Distinct tuples of cells with their counts; counted here, within `limits.maxRowsScanned`, where the source cannot.
 *
 * @throws {SourceTooLarge} when that bound is not enough.
 */
export async function readGroups(
  { compiled, rows: door }: InterfaceRows,
  { columns, where, atLeast, maxGroups = compiled.mapping.limits.maxRowsScanned }: GroupsRequest,
  context: CallContext,
): Promise<readonly CellGroup[]> {
  const { mapping } = compiled;
  if (compiled.adapter.capabilities.tallies) {
    const groupBy = columns.map((column): GroupTerm => ({ column }));
    return door.tally({ where, groupBy, maxGroups, ...(atLeast !== undefined && { atLeast }) }, context);
  }
  const { maxRowsScanned } = mapping.limits;
  const rows = await door.read({ columns, where, orderBy: [], limit: maxRowsScanned + 1 }, context);
  const groups = groupRows(rows);
  if (rows.length <= maxRowsScanned && groups.length <= maxGroups) return groups;
  throw new SourceTooLarge(
    `Cannot count rows of ${mapping.interface}: at most ${maxRowsScanned} rows and ${maxGroups} groups may be counted here, but there are more`,
  );
}

function groupRows(rows: readonly (readonly SourceValue[])[]): readonly CellGroup[] {
  const groups = new Map<string, { readonly key: readonly SourceValue[]; count: number }>();
  for (const key of rows) {
    const name = JSON.stringify(key.map((cell) => (cell === null ? null : [typeof cell, keyText(cell)])));
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { key, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()];
}
