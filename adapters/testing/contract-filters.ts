import fc from 'fast-check';
import type { Condition } from '../condition.js';
import { evaluateCondition } from '../evaluate-condition.js';
import type { SourceRow } from '../source-adapter.js';
import type { ContractSubject } from './adapter-contract.js';
import { anyCondition, PATTERNS } from './arbitrary-requests.js';
import { wideBounds } from './contract-bounds.js';
import { CONTRACT_ROWS, TEXTS, VALUES } from './contract-rows.js';
import { DELIVERED_ROWS } from './contract-values.js';

/** The ids of the rows for which the condition holds, worked out in memory. */
export function expectedIds(condition: Condition): unknown[] {
  const holds = evaluateCondition(condition, CONTRACT_ROWS.columns);
  return DELIVERED_ROWS.filter(holds).map((row: SourceRow) => row[0]);
}

export function describeFilterContract({ adapter }: ContractSubject): void {
  const idsWhere = async (where: Condition): Promise<unknown[]> => {
    const rows = await adapter().read(
      {
        from: { name: 'contract_rows' },
        columns: ['id'],
        where,
        orderBy: [{ column: 'id', direction: 'asc', nulls: 'excluded' }],
        limit: 1000,
      },
      wideBounds(),
    );
    return rows.map((row) => row[0]);
  };

  /** One statement for many conditions: which of them hold, row by row. */
  const check = async (conditions: readonly Condition[]) => {
    for (const condition of conditions) {
      const found = await idsWhere(condition);
      expect({ condition, found }).toEqual({ condition, found: expectedIds(condition) });
    }
  };

  describe.each(CONTRACT_ROWS.columns.map((column) => column.name))('filters on %s', (column) => {
    test('compare with a value of any kind', async () => {
      await check(
        VALUES.flatMap((value): Condition[] => [
          { kind: 'compare', column, op: 'eq', value },
          { kind: 'compare', column, op: 'lt', value },
          { kind: 'not', of: { kind: 'compare', column, op: 'gte', value } },
        ]),
      );
    });

    test('find empty cells and the others', async () => {
      await check([
        { kind: 'isNull', column },
        { kind: 'not', of: { kind: 'isNull', column } },
        { kind: 'compare', column, op: 'eq', value: '' },
      ]);
    });

    test('find cells among many values', async () => {
      await check([
        { kind: 'in', column, values: [] },
        { kind: 'in', column, values: VALUES },
        { kind: 'not', of: { kind: 'in', column, values: VALUES.slice(0, 40) } },
      ]);
    });

    test('match patterns and contain texts', async () => {
      await check([
        ...PATTERNS.map((pattern): Condition => ({ kind: 'matches', column, pattern })),
        ...TEXTS.map((text): Condition => ({ kind: 'contains', column, text })),
      ]);
    });
  });

  test('conditions nest, and null is false before and true after a negation', async () => {
    await fc.assert(
      fc.asyncProperty(anyCondition, async (condition) => {
        expect(await idsWhere(condition)).toEqual(expectedIds(condition));
      }),
      { numRuns: 250 },
    );
  });

  test('a thousand conditions are not too deep', async () => {
    const of = Array.from(
      { length: 1500 },
      (_, index): Condition => ({
        kind: 'compare',
        column: 'size',
        op: 'eq',
        value: index * 12,
      }),
    );
    expect(await idsWhere({ kind: 'any', of })).toEqual(expectedIds({ kind: 'any', of }));
  });

  test.each([1, 2, 37, 500])('%i keys and tuples are answered in one call', async (count) => {
    const ids = Array.from({ length: count }, (_, index) => index * 3 + 1);
    const keys: Condition = { kind: 'in', column: 'id', values: ids.map(String) };
    expect(await idsWhere(keys)).toEqual(expectedIds(keys));
    const tuples = ids.map((id) => {
      const row = CONTRACT_ROWS.rows[(id - 1) % CONTRACT_ROWS.rows.length];
      return [row?.[2] ?? '', row?.[0] ?? 0];
    });
    const pairs: Condition = { kind: 'inTuples', columns: ['label', 'id'], tuples };
    expect(await idsWhere(pairs)).toEqual(expectedIds(pairs));
  });
}
