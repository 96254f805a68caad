import fc from 'fast-check';
import { atDepth } from '../../test/deep.js';
import { ALWAYS, type Condition } from '../condition.js';
import { evaluateCondition } from '../evaluate-condition.js';
import type { OrderTerm } from '../source-adapter.js';
import type { SourceRow, SourceValue } from '../source-value.js';
import { anyCondition, anyOrder } from './arbitrary-requests.js';
import { wideBounds } from './contract-bounds.js';
import { CONTRACT_ROWS } from './contract-rows.js';
import type { ContractSubject } from './contract-subject.js';
import { namesOf } from './held-table.js';
import { onlyWith } from './read-held.js';
import { compareRows, reverseOrder, sortKey } from './reference-order.js';

const columns = CONTRACT_ROWS.columns.map((column) => column.name);

export function describeOrderContract(subject: ContractSubject): void {
  const { adapter, held } = subject;
  const readPage = (
    where: Condition,
    orderBy: readonly OrderTerm[],
    limit: number,
    after?: readonly SourceValue[],
  ): Promise<readonly SourceRow[]> =>
    adapter().read(
      {
        from: { name: 'contract_rows' },
        columns: namesOf(held()),
        where,
        orderBy,
        limit,
        ...(after === undefined ? {} : { after }),
      },
      wideBounds(),
    );

  const walk = async (
    where: Condition,
    orderBy: readonly OrderTerm[],
    limit: number,
  ): Promise<SourceRow[]> => {
    const keys = orderBy.map((term) => sortKey(term, held().columns));
    const all: SourceRow[] = [];
    for (;;) {
      const last = all.at(-1);
      const after = last === undefined ? undefined : keys.map((key) => key(last));
      const page = await readPage(where, orderBy, limit, after);
      expect(page.length).toBeLessThanOrEqual(limit);
      all.push(...page);
      if (page.length < limit || all.length > 1000) return all;
    }
  };

  const expected = (where: Condition, orderBy: readonly OrderTerm[]): SourceRow[] =>
    held().rows.filter(evaluateCondition(where, held().columns)).sort(compareRows(orderBy, held().columns));
  const ids = (rows: readonly SourceRow[]): unknown[] => rows.map((row) => row[0]);

  describe.each(columns.slice(1))('order by %s', (column) => {
    test.each([
      ['asc', 'first'],
      ['asc', 'last'],
      ['desc', 'first'],
      ['desc', 'last'],
    ] as const)('%s with nulls %s, whole and in pages', (direction, nulls) =>
      onlyWith('orders', subject, async () => {
        const orderBy: OrderTerm[] = [
          { column, direction, nulls },
          { column: 'id', direction: 'asc', nulls: 'excluded' },
        ];
        const wanted = ids(expected(ALWAYS, orderBy));
        expect(ids(await readPage(ALWAYS, orderBy, 1000))).toEqual(wanted);
        expect(ids(await walk(ALWAYS, orderBy, 17))).toEqual(wanted);
      })(),
    );

    test(
      'with nulls excluded by the filter',
      onlyWith('orders', subject, async () => {
        const where: Condition = { kind: 'not', of: { kind: 'isNull', column } };
        for (const direction of ['asc', 'desc'] as const) {
          const orderBy: OrderTerm[] = [
            { column, direction, nulls: 'excluded' },
            { column: 'id', direction, nulls: 'excluded' },
          ];
          const wanted = ids(expected(where, orderBy));
          expect(ids(await walk(where, orderBy, 23))).toEqual(wanted);
        }
      }),
    );
  });

  test(
    'cells that fail the guard sort as null',
    onlyWith('orders', subject, async () => {
      const guard: Condition = { kind: 'matches', column: 'name', pattern: '[0-9]{4}-[0-9]{2}-[0-9]{2}' };
      for (const nulls of ['first', 'last'] as const) {
        const orderBy: OrderTerm[] = [
          { column: 'name', direction: 'desc', nulls, guard },
          { column: 'id', direction: 'desc', nulls: 'excluded' },
        ];
        const wanted = ids(expected(ALWAYS, orderBy));
        expect(ids(await walk(ALWAYS, orderBy, 40))).toEqual(wanted);
      }
    }),
  );

  test(
    'pages of any size in any order add up to one read, forwards and backwards',
    onlyWith('orders', subject, async () => {
      await fc.assert(
        fc.asyncProperty(
          anyCondition,
          anyOrder,
          fc.integer({ min: 1, max: 60 }),
          async (where, orderBy, size) => {
            const wanted = expected(where, orderBy);
            const limit = Math.max(size, Math.ceil(wanted.length / 12));
            expect(ids(await readPage(where, orderBy, 1000))).toEqual(ids(wanted));
            expect(ids(await walk(where, orderBy, limit))).toEqual(ids(wanted));
            expect(ids(await walk(where, reverseOrder(orderBy), limit))).toEqual(ids(wanted).reverse());
          },
        ),
        { numRuns: atDepth(30, 300) },
      );
    }),
  );

  test(
    'pages of one row lose and repeat nothing',
    onlyWith('orders', subject, async () => {
      const orderBy: OrderTerm[] = [
        { column: 'amount', direction: 'desc', nulls: 'first' },
        { column: 'name', direction: 'asc', nulls: 'last' },
        { column: 'id', direction: 'asc', nulls: 'excluded' },
      ];
      const where: Condition = { kind: 'compare', column: 'id', op: 'lte', value: 60 };
      expect(ids(await walk(where, orderBy, 1))).toEqual(ids(expected(where, orderBy)));
    }),
  );
}
