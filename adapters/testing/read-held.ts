import { atDepth } from '../../test/deep.js';
import type { Condition } from '../condition.js';
import type { SourceObject } from '../source-adapter.js';
import { SourceRejected } from '../source-error.js';
import type { SourceRow } from '../source-value.js';
import { wideBounds } from './contract-bounds.js';
import type { ContractSubject } from './contract-subject.js';
import { BY_ID } from './held-table.js';
import { compareRows } from './reference-order.js';

interface HeldRead {
  readonly from?: SourceObject;
  /** The first is `id`. */
  readonly columns: readonly string[];
  readonly where: Condition;
}

/** The rows by id: sorted by the source, or here where it cannot sort. */
export async function readHeld(
  { adapter, held }: ContractSubject,
  { from = { name: 'contract_rows' }, columns, where }: HeldRead,
): Promise<readonly SourceRow[]> {
  const orders = adapter().capabilities.orders;
  const request = { from, columns, where, orderBy: orders ? BY_ID : [], limit: 1000 };
  const rows = await adapter().read(request, wideBounds());
  return orders ? rows : [...rows].sort(compareRows(BY_ID, held().columns));
}

/** A test of what only a source with this capability does; any other must refuse it. */
export function onlyWith(
  capability: 'orders' | 'tallies',
  { adapter }: ContractSubject,
  work: () => Promise<void>,
): () => Promise<void> {
  return async () => {
    if (adapter().capabilities[capability]) return work();
    const [from, where] = [{ name: 'contract_rows' }, { kind: 'always' } as const];
    const refused =
      capability === 'orders'
        ? adapter().read({ from, columns: ['id'], where, orderBy: BY_ID, limit: 10 }, wideBounds())
        : adapter().tally({ from, where, groupBy: [], maxGroups: 10 }, wideBounds());
    await expect(refused).rejects.toBeInstanceOf(SourceRejected);
  };
}

/**
 * All of the values for a source that evaluates conditions itself, fewer where a call takes long. Where rows are picked in
 * memory by the reference itself, fewer show as much. The next column has other ones.
 *
 * @param place the column's.
 */
export function sampleFor<T>(
  { adapter, source }: ContractSubject,
  values: readonly T[],
  place: number,
): readonly T[] {
  const { filters } = adapter().capabilities;
  const step = !filters ? atDepth(18, 3) : source().isSlow === true ? atDepth(5, 1) : 1;
  return values.filter((_, index) => index % step === place % step);
}
