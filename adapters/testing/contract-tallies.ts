import fc from 'fast-check';
import { compareCells } from '../compare-cells.js';
import { ALWAYS, all, type Condition } from '../condition.js';
import { evaluateCondition, hasText } from '../evaluate-condition.js';
import type { GroupTerm, SourceRow, SourceValue, TallyGroup } from '../source-adapter.js';
import type { ContractSubject } from './adapter-contract.js';
import { anyCondition } from './arbitrary-requests.js';
import { wideBounds } from './contract-bounds.js';
import { CONTRACT_ROWS } from './contract-rows.js';
import { DELIVERED_ROWS } from './contract-values.js';

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

function cellAt(row: SourceRow, column: string): SourceValue {
  return row[columns.indexOf(column)] ?? null;
}

function groupCell(row: SourceRow, { column, prefix }: GroupTerm): SourceValue {
  const cell = cellAt(row, column);
  if (prefix === undefined || cell === null) return cell;
  return [...String(cell)].slice(0, prefix).join('');
}

function greatest(rows: readonly SourceRow[], column: string): SourceValue {
  const type = shape.find((each) => each.name === column)?.type ?? 'text';
  return rows.reduce<SourceValue>((best, row) => {
    const cell = cellAt(row, column);
    return best === null || (cell !== null && compareCells(cell, best, type) > 0) ? (cell ?? best) : best;
  }, null);
}

function expectedTally(
  rows: readonly SourceRow[],
  groupBy: readonly GroupTerm[],
  max: readonly string[],
): TallyGroup[] {
  const groups = new Map<string, { key: SourceValue[]; rows: SourceRow[] }>();
  if (groupBy.length === 0) groups.set('', { key: [], rows: [] });
  for (const row of rows) {
    const key = groupBy.map((term) => groupCell(row, term));
    const name = key.map(spell).join();
    const group = groups.get(name) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(name, group);
  }
  return [...groups.values()].map((group) => ({
    key: group.key,
    count: group.rows.length,
    max: max.map((column) => greatest(group.rows, column)),
  }));
}

export function describeTallyContract({ adapter }: ContractSubject): void {
  const check = async (where: Condition, groupBy: readonly GroupTerm[], max: readonly string[]) => {
    const groups = await adapter().tally(
      { from: { name: 'contract_rows' }, where, groupBy, max, maxGroups: 1000 },
      wideBounds(),
    );
    const rows = DELIVERED_ROWS.filter(evaluateCondition(where, shape));
    expect(normalise(groups)).toEqual(normalise(expectedTally(rows, groupBy, max)));
  };

  test.each(columns)('tally() counts by the exact cells of %s', async (column) => {
    await check(ALWAYS, [{ column }], []);
  });

  test.each(shape.filter(({ type }) => hasText(type)).map(({ name }) => name))(
    'tally() groups by the beginning of %s',
    async (column) => {
      for (const prefix of [1, 4, 7, 10]) await check(ALWAYS, [{ column, prefix }], []);
    },
  );

  test.each(columns)('tally() finds the greatest %s of each group and of all', async (column) => {
    await check(ALWAYS, [{ column: 'label', prefix: 1 }], [column]);
    await check(ALWAYS, [], [column, 'id']);
    await check({ kind: 'never' }, [], [column]);
    await check({ kind: 'never' }, [{ column }], [column]);
  });

  test('tally() counts under any condition', async () => {
    const terms = fc.uniqueArray(fc.constantFrom(...columns), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(anyCondition, terms, async (where, names) => {
        await check(
          where,
          names.map((column) => ({ column })),
          ['amount', 'name'],
        );
      }),
      { numRuns: 40 },
    );
  });

  describe('the newest row of each group', () => {
    const among: Condition = { kind: 'not', of: { kind: 'compare', column: 'name', op: 'eq', value: 'a' } };
    const from = { name: 'contract_rows', latest: { by: ['label'], newest: ['day', 'id'], among } };
    const newest = (): SourceRow[] => {
      const chosen = new Map<string, SourceRow>();
      for (const row of DELIVERED_ROWS.filter(evaluateCondition(among, shape))) {
        const label = spell(cellAt(row, 'label'));
        const best = chosen.get(label);
        if (best === undefined || isNewer(row, best)) chosen.set(label, row);
      }
      return [...chosen.values()];
    };
    const isNewer = (row: SourceRow, best: SourceRow): boolean => {
      const [left, right] = [cellAt(row, 'day') ?? '', cellAt(best, 'day') ?? ''];
      if (left !== right) return String(left) > String(right);
      return Number(cellAt(row, 'id')) > Number(cellAt(best, 'id'));
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
        const rows = await adapter().read(
          {
            from,
            columns: ['id', 'bytes'],
            where,
            orderBy: [{ column: 'id', direction: 'asc', nulls: 'excluded' }],
            limit: 1000,
          },
          wideBounds(),
        );
        const wanted = newest()
          .filter(evaluateCondition(where, shape))
          .map((row) => [cellAt(row, 'id'), cellAt(row, 'bytes')])
          .sort((a, b) => Number(a[0]) - Number(b[0]));
        expect(rows).toEqual(wanted);
      }
    });

    test('is tallied', async () => {
      const where: Condition = { kind: 'not', of: { kind: 'isNull', column: 'day' } };
      const groups = await adapter().tally(
        { from, where, groupBy: [{ column: 'day', prefix: 4 }], max: ['size'], maxGroups: 100 },
        wideBounds(),
      );
      const rows = newest().filter(evaluateCondition(where, shape));
      expect(normalise(groups)).toEqual(
        normalise(expectedTally(rows, [{ column: 'day', prefix: 4 }], ['size'])),
      );
    });
  });
}
