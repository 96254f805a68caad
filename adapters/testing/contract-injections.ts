import { ALWAYS, type Condition } from '../condition.js';
import type { ReadRequest } from '../source-adapter.js';
import { SourceRejected } from '../source-error.js';
import type { ContractSubject } from './adapter-contract.js';
import { wideBounds } from './contract-bounds.js';
import { expectedIds } from './contract-filters.js';
import { CONTRACT_ROWS } from './contract-rows.js';
import { INJECTIONS } from './injections.js';

const BY_ID = [{ column: 'id', direction: 'asc', nulls: 'excluded' }] as const;

function requestWhere(where: Condition): ReadRequest {
  return { from: { name: 'contract_rows' }, columns: ['id'], where, orderBy: BY_ID, limit: 1000 };
}

/** Every place of a request in which a column can be named. */
function requestsNaming(column: string): ReadRequest[] {
  const plain = requestWhere(ALWAYS);
  const latest = { by: ['label'], newest: ['id'], among: ALWAYS };
  return [
    { ...plain, columns: [column] },
    { ...plain, where: { kind: 'isNull', column } },
    { ...plain, where: { kind: 'compare', column, op: 'eq', value: 1 } },
    { ...plain, where: { kind: 'inTuples', columns: [column], tuples: [[1]] } },
    { ...plain, orderBy: [{ column, direction: 'asc', nulls: 'first' }] },
    { ...plain, orderBy: [{ ...BY_ID[0], nulls: 'last', guard: { kind: 'isNull', column } }] },
    { ...plain, from: { name: 'contract_rows', latest: { ...latest, by: [column] } } },
    { ...plain, from: { name: 'contract_rows', latest: { ...latest, newest: [column] } } },
    { ...plain, from: { name: 'contract_rows', latest: { ...latest, among: { kind: 'isNull', column } } } },
  ];
}

export function describeInjectionContract({ adapter }: ContractSubject): void {
  const countRows = async (): Promise<unknown> => {
    const [group] = await adapter().tally(
      { from: { name: 'contract_rows' }, where: ALWAYS, groupBy: [], maxGroups: 1 },
      wideBounds(),
    );
    return group?.count;
  };

  describe.each(INJECTIONS.map((text) => [JSON.stringify(text).slice(0, 60), text]))(
    'the text %s',
    (_, text) => {
      test('is no name of an object or column', async () => {
        const renamed: ReadRequest = { ...requestWhere(ALWAYS), from: { name: text } };
        await expect(adapter().describe(text, wideBounds())).rejects.toBeInstanceOf(SourceRejected);
        await expect(adapter().read(renamed, wideBounds())).rejects.toBeInstanceOf(SourceRejected);
        for (const request of requestsNaming(text)) {
          await expect(adapter().read(request, wideBounds())).rejects.toBeInstanceOf(SourceRejected);
        }
        const tally = { from: { name: 'contract_rows' }, where: ALWAYS, maxGroups: 9 };
        for (const request of [
          { ...tally, groupBy: [{ column: text }] },
          { ...tally, groupBy: [], max: [text] },
        ]) {
          await expect(adapter().tally(request, wideBounds())).rejects.toBeInstanceOf(SourceRejected);
        }
      });

      test('is a value like any other', async () => {
        const conditions: Condition[] = [
          ...(['eq', 'gt', 'lte'] as const).map(
            (op): Condition => ({ kind: 'compare', column: 'label', op, value: text }),
          ),
          { kind: 'compare', column: 'size', op: 'eq', value: text },
          { kind: 'in', column: 'label', values: [text, 'a'] },
          { kind: 'in', column: 'id', values: [text, '1'] },
          {
            kind: 'inTuples',
            columns: ['label', 'id'],
            tuples: [
              [text, text],
              ['', 1],
            ],
          },
          { kind: 'contains', column: 'label', text },
        ];
        for (const where of conditions) {
          const rows = await adapter().read(requestWhere(where), wideBounds());
          expect({ where, ids: rows.map((row) => row[0]) }).toEqual({ where, ids: expectedIds(where) });
        }
        await adapter().read({ ...requestWhere(ALWAYS), after: [1] }, wideBounds());
        const after: ReadRequest = {
          ...requestWhere(ALWAYS),
          orderBy: [{ column: 'label', direction: 'asc', nulls: 'last' }],
          after: [text],
          limit: 1000,
        };
        const following = await adapter().read(after, wideBounds());
        expect(following).toHaveLength(
          expectedIds({ kind: 'compare', column: 'label', op: 'gt', value: text }).length,
        );
      });

      test('is a pattern or refused as one', async () => {
        const where: Condition = { kind: 'matches', column: 'label', pattern: text };
        const reading = adapter().read(requestWhere(where), wideBounds());
        const outcome = await reading.then(
          (rows) => rows.map((row) => row[0]),
          (error: unknown) => error,
        );
        if (Array.isArray(outcome)) expect(outcome).toEqual(expectedIds(where));
        else expect(outcome).toBeInstanceOf(SourceRejected);
      });
    },
  );

  test('none of them has changed a row', async () => {
    expect(await countRows()).toBe(CONTRACT_ROWS.rows.length);
  });
}
