import fc from 'fast-check';
import { atDepth } from '../../test/deep.js';
import { ALWAYS, all, type Condition } from '../condition.js';
import { evaluateCondition } from '../evaluate-condition.js';
import type { GroupTerm, TallyGroup } from '../source-adapter.js';
import type { SourceRow, SourceValue } from '../source-value.js';
import { anyCondition } from './arbitrary-requests.js';
import { wideBounds } from './contract-bounds.js';
import { CONTRACT_ROWS } from './contract-rows.js';
import type { ContractSubject } from './contract-subject.js';
import { cellAt, compareHeld, type HeldTable } from './held-table.js';
import { onlyWith, readHeld } from './read-held.js';

const shape = CONTRACT_ROWS.columns;
const columns = shape.map((column) => column.name);

/** Groups in a comparable form and order: the port promises none. */
function normalise(groups: readonly TallyGroup[]): string[] {
  return groups.map(({ key, count, max }) => `${key.map(spell)} × ${count}, max ${max.map(spell)}`).sort();
}

function spell(cell: SourceValue): string {
  if (cell instanceof Uint8Array) return `bytes ${Buffer.from(cell).toString('hex')}`;
  return cell === null ? 'null' : `${typeof cell} ${JSON.stringify(String(cell))}`;
}

function greatest(held: HeldTable, rows: readonly SourceRow[], column: string): SourceValue {
  return rows.reduce<SourceValue>((best, row) => {
    const cell = cellAt(held, row, column);
    return compareHeld(held, column, cell, best) > 0 ? cell : best;
  }, null);
}

function expectedTally(
  held: HeldTable,
  rows: readonly SourceRow[],
  groupBy: readonly GroupTerm[],
  max: readonly string[],
): TallyGroup[] {
  const groups = new Map<string, { key: SourceValue[]; rows: SourceRow[] }>();
  if (groupBy.length === 0) groups.set('', { key: [], rows: [] });
  for (const row of rows) {
    const key = groupBy.map(({ column }) => cellAt(held, row, column));
    const name = key.map(spell).join();
    const group = groups.get(name) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(name, group);
  }
  return [...groups.values()].map((group) => ({
    key: group.key,
    count: group.rows.length,
    max: max.map((column) => greatest(held, group.rows, column)),
  }));
}

export function describeTallyContract(subject: ContractSubject): void {
  const { adapter, held } = subject;
  const check = async (where: Condition, groupBy: readonly GroupTerm[], max: readonly string[]) => {
    const groups = await adapter().tally(
      { from: { name: 'contract_rows' }, where, groupBy, max, maxGroups: 1000 },
      wideBounds(),
    );
    const rows = held().rows.filter(evaluateCondition(where, held().columns));
    expect(normalise(groups)).toEqual(normalise(expectedTally(held(), rows, groupBy, max)));
  };

  test.each(columns)('tally() counts by the exact cells of %s', (column) =>
    onlyWith('tallies', subject, async () => {
      await check(ALWAYS, [{ column }], []);
    })(),
  );

  test.each(columns)('tally() finds the greatest %s of each group and of all', (column) =>
    onlyWith('tallies', subject, async () => {
      await check(ALWAYS, [{ column: 'label' }], [column]);
      await check(ALWAYS, [], [column, 'id']);
      await check({ kind: 'never' }, [], [column]);
      await check({ kind: 'never' }, [{ column }], [column]);
    })(),
  );

  test(
    'tally() counts under any condition',
    onlyWith('tallies', subject, async () => {
      const terms = fc.uniqueArray(fc.constantFrom(...columns), { maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(anyCondition, terms, async (where, names) => {
          await check(
            where,
            names.map((column) => ({ column })),
            ['amount', 'name'],
          );
        }),
        { numRuns: atDepth(40, 400) },
      );
    }),
  );

  describe('the newest row of each group', () => {
    const among: Condition = { kind: 'not', of: { kind: 'compare', column: 'name', op: 'eq', value: 'a' } };
    const from = { name: 'contract_rows', latest: { by: ['label'], newest: ['day', 'id'], among } };
    const newest = (): SourceRow[] => {
      const chosen = new Map<string, SourceRow>();
      for (const row of held().rows.filter(evaluateCondition(among, held().columns))) {
        const label = spell(cellAt(held(), row, 'label'));
        const best = chosen.get(label);
        if (best === undefined || isNewer(row, best)) chosen.set(label, row);
      }
      return [...chosen.values()];
    };
    const isNewer = (row: SourceRow, best: SourceRow): boolean => {
      const orders = ['day', 'id'].map((name) => {
        const [cell, other] = [cellAt(held(), row, name), cellAt(held(), best, name)];
        // Whoever picks rows out of texts knows no column's type: numbers are what reads as numbers.
        if (name === 'id' && !subject.adapter().capabilities.filters) return Number(cell) - Number(other);
        return compareHeld(held(), name, cell, other);
      });
      return (orders.find((order) => order !== 0) ?? 0) > 0;
    };

    test('is read, filtered after it was chosen', async () => {
      const filters: Condition[] = [
        ALWAYS,
        { kind: 'compare', column: 'size', op: 'gt', value: 0 },
        { kind: 'in', column: 'label', values: ['a', 'A', '嵊泗'] },
        all([
          { kind: 'in', column: 'label', values: ['a', 'A', 'a '] },
          { kind: 'isNull', column: 'day' },
        ]),
      ];
      for (const where of filters) {
        const rows = await readHeld(subject, { from, columns: ['id', 'bytes'], where });
        const wanted = newest()
          .filter(evaluateCondition(where, held().columns))
          .map((row) => [cellAt(held(), row, 'id'), cellAt(held(), row, 'bytes')])
          .sort((a, b) => compareHeld(held(), 'id', a[0] ?? null, b[0] ?? null));
        expect(rows).toEqual(wanted);
      }
    });

    test(
      'is tallied',
      onlyWith('tallies', subject, async () => {
        const where: Condition = { kind: 'not', of: { kind: 'isNull', column: 'day' } };
        const groups = await adapter().tally(
          { from, where, groupBy: [{ column: 'day' }], max: ['size'], maxGroups: 100 },
          wideBounds(),
        );
        const rows = newest().filter(evaluateCondition(where, held().columns));
        expect(normalise(groups)).toEqual(
          normalise(expectedTally(held(), rows, [{ column: 'day' }], ['size'])),
        );
      }),
    );
  });
}
