import { ALWAYS, type Condition } from '../condition.js';
import type { ReadRequest } from '../source-adapter.js';
import { SourceRejected } from '../source-error.js';
import { wideBounds } from './contract-bounds.js';
import type { ContractSubject } from './contract-subject.js';
import { BY_ID, expectedIds } from './held-table.js';
import { INJECTIONS } from './injections.js';
import { readHeld } from './read-held.js';

function requestWhere(where: Condition): ReadRequest {
  return { from: { name: 'contract_rows' }, columns: ['id'], where, orderBy: BY_ID, limit: 1000 };
}

/** Every place of a request in which a column can be named, of a source that sorts or does not. */
function requestsNaming(column: string, orders: boolean): ReadRequest[] {
  const plain: ReadRequest = orders ? requestWhere(ALWAYS) : { ...requestWhere(ALWAYS), orderBy: [] };
  const latest = { by: ['label'], newest: ['id'], among: ALWAYS };
  return [
    { ...plain, columns: [column] },
    { ...plain, where: { kind: 'isNull', column } },
    { ...plain, where: { kind: 'compare', column, op: 'eq', value: 1 } },
    { ...plain, where: { kind: 'inTuples', columns: [column], tuples: [[1]] } },
    { ...plain, orderBy: [{ column, direction: 'asc', nulls: 'first' }] },
    {
      ...plain,
      orderBy: [{ column: 'id', direction: 'asc', nulls: 'last', guard: { kind: 'isNull', column } }],
    },
    { ...plain, from: { name: 'contract_rows', latest: { ...latest, by: [column] } } },
    { ...plain, from: { name: 'contract_rows', latest: { ...latest, newest: [column] } } },
    { ...plain, from: { name: 'contract_rows', latest: { ...latest, among: { kind: 'isNull', column } } } },
  ];
}

export function describeInjectionContract(subject: ContractSubject): void {
  const { adapter, held } = subject;
  const orders = () => adapter().capabilities.orders;

  const countRows = async (): Promise<unknown> => {
    if (!adapter().capabilities.tallies) {
      return (await readHeld(subject, { columns: ['id'], where: ALWAYS })).length;
    }
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
        const [plain] = requestsNaming('id', orders());
        const renamed: ReadRequest = { ...(plain ?? requestWhere(ALWAYS)), from: { name: text } };
        await expect(adapter().describe(text, wideBounds())).rejects.toBeInstanceOf(SourceRejected);
        await expect(adapter().read(renamed, wideBounds())).rejects.toBeInstanceOf(SourceRejected);
        for (const request of requestsNaming(text, orders())) {
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
          { kind: 'startsWith', column: 'label', text },
          { kind: 'startsWith', column: 'size', text },
        ];
        for (const where of conditions) {
          const rows = await readHeld(subject, { columns: ['id'], where });
          expect({ where, ids: rows.map((row) => row[0]) }).toEqual({
            where,
            ids: expectedIds(held(), where),
          });
        }
        if (!orders()) return;
        await adapter().read({ ...requestWhere(ALWAYS), after: [1] }, wideBounds());
        const after: ReadRequest = {
          ...requestWhere(ALWAYS),
          orderBy: [{ column: 'label', direction: 'asc', nulls: 'last' }],
          after: [text],
          limit: 1000,
        };
        const following = await adapter().read(after, wideBounds());
        expect(following).toHaveLength(
          expectedIds(held(), { kind: 'compare', column: 'label', op: 'gt', value: text }).length,
        );
      });

      test('is a pattern or refused as one', async () => {
        const where: Condition = { kind: 'matches', column: 'label', pattern: text };
        const reading = readHeld(subject, { columns: ['id'], where });
        const outcome = await reading.then(
          (rows) => rows.map((row) => row[0]),
          (error: unknown) => error,
        );
        if (Array.isArray(outcome)) expect(outcome).toEqual(expectedIds(held(), where));
        else expect(outcome).toBeInstanceOf(SourceRejected);
      });
    },
  );

  test('none of them has changed a row', async () => {
    expect(await countRows()).toBe(held().rows.length);
  });
}
