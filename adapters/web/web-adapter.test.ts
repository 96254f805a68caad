import fc from 'fast-check';
import { ALWAYS, all, type Condition } from '../condition.js';
import { evaluateCondition } from '../evaluate-condition.js';
import type { HttpDefinition } from '../rest/http-definition.js';
import type { CallBounds, ReadRequest, SourceObject } from '../source-adapter.js';
import type { AskedParameter } from '../source-object.js';
import type { SourceRow, SourceValue } from '../source-value.js';
import { wideBounds } from '../testing/contract-bounds.js';
import type { Paging } from './asked-object.js';
import { type ArrayProtocol, createArrayProtocol } from './testing/array-protocol.js';
import { createWebAdapter } from './web-adapter.js';

const COLUMNS = ['a', 'b', 'c', 'id'];
const SHAPE = COLUMNS.map((name) => ({ name, type: 'text' as const }));
const CELLS = ['1', '2', 'x,y', '', '嵊'];
const VALUES = [...CELLS, '3', '\ud83d', 2];

const DEFINITION: HttpDefinition = {
  kind: 'http',
  method: 'GET',
  path: '/rows',
  send: 'query',
  fixed: new Map([['v', '1']]),
  ask: [],
  needs: [],
  probe: new Map(),
  rows: ['$'],
};

const column = fc.constantFrom('a', 'b', 'c');
const value = fc.constantFrom(...VALUES);
const nestedCondition = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      kind: fc.constant('compare' as const),
      column,
      op: fc.constantFrom(
        'eq' as const,
        'eq' as const,
        'lt' as const,
        'lte' as const,
        'gt' as const,
        'gte' as const,
      ),
      value,
    }),
    fc.record({ kind: fc.constant('in' as const), column, values: fc.array(value, { maxLength: 4 }) }),
    fc.record({
      kind: fc.constant('inTuples' as const),
      columns: fc.constantFrom(['a', 'b'], ['b', 'a'], ['a', 'a'], ['c', 'a']),
      tuples: fc.array(fc.tuple(value, value), { maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('isNull' as const), column }),
    fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
    fc.record({ kind: fc.constant('all' as const), of: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('any' as const), of: fc.array(tie('condition'), { maxLength: 3 }) }),
  ),
})).condition;

/** What can be asked by most often: equalities, and combinations of two of them. */
const pinned: fc.Arbitrary<Condition> = fc.record({
  kind: fc.constant('in' as const),
  column,
  values: fc.oneof(
    { weight: 5, arbitrary: fc.subarray(['1', '2', '嵊'], { minLength: 1 }) },
    fc.array(fc.constantFrom(...CELLS), { minLength: 1, maxLength: 3 }),
  ),
});
const bound: fc.Arbitrary<Condition> = fc.record({
  kind: fc.constant('compare' as const),
  column,
  op: fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
  value: fc.constantFrom(...CELLS),
});
const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  nestedCondition,
  pinned,
  bound,
  fc.record({
    kind: fc.constantFrom('all' as const, 'any' as const),
    of: fc.array(fc.oneof(pinned, pinned, bound, nestedCondition), { minLength: 2, maxLength: 3 }),
  }),
);

const asked: fc.Arbitrary<AskedParameter[]> = fc
  .uniqueArray(
    fc.record({
      column,
      by: fc.constantFrom('key' as const, 'keys' as const, 'from' as const, 'to' as const),
      most: fc.constantFrom(1, 2, 100),
    }),
    { selector: ({ column: name, by }) => `${name} ${by}`, minLength: 1, maxLength: 4 },
  )
  .map((list) => list.map((one) => ({ ...one, param: `${one.column}-${one.by}` })));

const paging: fc.Arbitrary<Paging | null> = fc.constantFrom<(Paging | null)[]>(
  null,
  { style: 'page', param: 'p', first: 0, size: 3 },
  { style: 'page', param: 'p', first: 1, size: 2, total: 'n' },
  { style: 'offset', param: 'o', size: 4, total: 'n' },
  { style: 'offset', param: 'o', size: 3 },
  { style: 'cursor', param: 'k', next: 'next', size: 2 },
);
const cell: fc.Arbitrary<SourceValue> = fc.option(fc.constantFrom(...CELLS), { nil: null });
const table = fc
  .array(fc.tuple(cell, cell, cell), { maxLength: 20 })
  .map((rows) => rows.map((row, index): SourceRow => [...row, String(index)]));

const LATEST: SourceObject['latest'] = {
  by: ['a'],
  newest: ['b', 'id'],
  among: { kind: 'not', of: { kind: 'compare', column: 'c', op: 'eq', value: '2' } },
};

function newestOf(rows: readonly SourceRow[]): SourceRow[] {
  const best = new Map<SourceValue | undefined, SourceRow>();
  for (const row of rows.filter((each) => each[2] !== '2')) {
    const known = best.get(row[0]);
    if (known === undefined || isNewer(row, known)) best.set(row[0], row);
  }
  return [...best.values()];
}

/** UTF-8 sorts by code point, as the port has it. */
function isNewer(row: SourceRow, known: SourceRow): boolean {
  const [a, b] = [row[1] ?? null, known[1] ?? null];
  if (a === b) return String(row[3]) > String(known[3]);
  if (a === null || b === null) return b === null;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))) > 0;
}

function open(definition: Partial<HttpDefinition>, rows: readonly SourceRow[]) {
  const whole = { ...DEFINITION, ...definition };
  const held = rows.map((row) => new Map(COLUMNS.map((name, index) => [name, textOrNull(row[index])])));
  const protocol: ArrayProtocol = createArrayProtocol(whole, held);
  const adapter = createWebAdapter(protocol, {
    interface: 'x',
    definition: whole,
    columns: COLUMNS,
    key: ['id'],
  });
  const read = (
    where: Condition,
    request: Partial<ReadRequest> = {},
    bounds: Pick<CallBounds, 'maxRows'> = {},
  ) =>
    adapter.read(
      { from: { name: 'x' }, columns: COLUMNS, where, orderBy: [], limit: 1000, ...request },
      { ...wideBounds(), ...bounds },
    );
  return { adapter, protocol, read };
}

const textOrNull = (cell: SourceValue | undefined) => (cell == null ? null : String(cell));
const byId = (rows: readonly SourceRow[]) => [...rows].sort((a, b) => Number(a[3]) - Number(b[3]));

describe('createWebAdapter()', () => {
  it('gives exactly the rows of any condition, whatever the source can be asked by', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyCondition,
        asked,
        paging,
        table,
        fc.boolean(),
        async (where, ask, pages, rows, latest) => {
          const { read } = open({ ask, ...(pages !== null && { paging: pages }) }, rows);
          const from = { name: 'x', ...(latest && { latest: LATEST }) };
          const wanted = (latest ? newestOf(rows) : rows).filter(evaluateCondition(where, SHAPE));
          expect(byId(await read(where, { from }))).toEqual(byId(wanted));
        },
      ),
      { numRuns: 600 },
    );
  });

  it('gives exactly the rows, or refuses with what to filter by, where the source must be asked', async () => {
    const sayable = (row: SourceRow) => row.every((cell) => cell !== '' && cell !== 'x,y');
    await fc.assert(
      fc.asyncProperty(anyCondition, asked, table, async (where, ask, rows) => {
        const [first] = ask;
        fc.pre(first !== undefined);
        const held = rows.filter(sayable);
        const { read, protocol } = open({ ask, needs: [first?.param ?? ''] }, held);
        const answer = await read(where).catch((error: unknown) => error);
        if (!Array.isArray(answer)) {
          expect(answer).toMatchObject({ code: 'SOURCE_REJECTED', filterBy: [first?.column] });
          expect(protocol.sent).toEqual([]);
          return;
        }
        expect(byId(answer)).toEqual(byId(held.filter(evaluateCondition(where, SHAPE))));
        expect(protocol.sent.every((parameters) => parameters.has(first?.param ?? ''))).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it('stops early, and never runs more than eight exchanges at once', async () => {
    const rows = Array.from(
      { length: 100 },
      (_, index): SourceRow => [String(index), null, null, String(index)],
    );
    const { read, protocol } = open({ ask: [{ param: 'a', column: 'a', by: 'key' }] }, rows);
    const where: Condition = { kind: 'in', column: 'a', values: rows.map(([a]) => a ?? '') };
    expect(await read(where, { limit: 3 })).toHaveLength(3);
    expect(protocol.sent.length).toBeLessThanOrEqual(16);
    expect(await read(where)).toHaveLength(100);
  });

  it('gives a complete answer whose last page passes the most rows, and refuses one that is not', async () => {
    const rows = Array.from({ length: 9 }, (_, index): SourceRow => ['1', null, null, String(index)]);
    const { read, protocol } = open({ paging: { style: 'page', param: 'p', first: 1, size: 3 } }, rows);
    expect(await read(ALWAYS, { limit: 4 }, { maxRows: 5 })).toHaveLength(4);
    expect(protocol.sent.map((parameters) => parameters.get('p'))).toEqual(['1', '2']);
    await expect(read(ALWAYS, { limit: 7 }, { maxRows: 5 })).rejects.toMatchObject({
      code: 'SOURCE_TOO_LARGE',
    });
    expect(await read(ALWAYS, { limit: 9 }, { maxRows: 9 })).toHaveLength(9);
  });

  it('sends the bounds of a range, and no more of a strict one than it means', async () => {
    const ask: AskedParameter[] = [
      { param: 'since', column: 'a', by: 'from', fill: '0000-00-00 00' },
      { param: 'until', column: 'a', by: 'to' },
    ];
    const { read, protocol } = open({ ask }, []);
    const bound = (op: 'lt' | 'lte' | 'gt' | 'gte', text: string): Condition => ({
      kind: 'compare',
      column: 'a',
      op,
      value: text,
    });
    await read(all([bound('gte', '2026-06-01'), bound('lt', '2026-07-01 00')]));
    await read(all([bound('gt', '2026-05-01 00'), bound('gte', '2026-04-01 00')]));
    await read({ kind: 'any', of: [bound('gte', '2026-06-01 00'), bound('lt', '2026-07-01 00')] });
    expect(protocol.sent.map((parameters) => [parameters.get('since'), parameters.get('until')])).toEqual([
      ['2026-06-01 00', '2026-07-01 00'],
      ['2026-05-01 00', undefined],
      [undefined, undefined],
    ]);
  });

  it('sends a separate call for each part of a disjunction, and none for what no row can be', async () => {
    const { read, protocol } = open({ ask: [{ param: 'a', column: 'a', by: 'keys', most: 2 }] }, []);
    const among = (...values: string[]): Condition => ({ kind: 'in', column: 'a', values });
    await read({ kind: 'any', of: [among('1', '2'), among('2', '3')] });
    expect(protocol.sent.map((parameters) => parameters.get('a'))).toEqual(['1,2', '3']);
    await read({ kind: 'never' });
    expect(protocol.sent).toHaveLength(2);
  });

  it('refuses a thousand and one calls', async () => {
    const { read } = open({ ask: [{ param: 'a', column: 'a', by: 'key' }] }, []);
    const values = Array.from({ length: 1001 }, (_, index) => `${index}`);
    await expect(read({ kind: 'in', column: 'a', values })).rejects.toMatchObject({
      code: 'SOURCE_TOO_LARGE',
    });
    expect(await read({ kind: 'in', column: 'a', values: values.slice(1) })).toEqual([]);
  });

  it('asks by the cheaper side when two are pinned', async () => {
    const ask: AskedParameter[] = [
      { param: 'a', column: 'a', by: 'key' },
      { param: 'b', column: 'b', by: 'keys' },
    ];
    const { read, protocol } = open({ ask }, []);
    const many = (name: string): Condition => ({ kind: 'in', column: name, values: ['1', '2', '3'] });
    await read(all([many('a'), many('b')]));
    expect(protocol.sent.map((parameters) => [...parameters])).toEqual([
      [
        ['v', '1'],
        ['b', '1,2,3'],
      ],
    ]);
  });

  it('gives a row once that several calls send', async () => {
    const ask: AskedParameter[] = ['a', 'b'].map((name) => ({ param: name, column: name, by: 'key' }));
    const { read, protocol } = open({ ask }, [['1', '2', null, '0']]);
    const eq = (name: string, text: string): Condition => ({ kind: 'in', column: name, values: [text] });
    expect(await read({ kind: 'any', of: [eq('a', '1'), eq('b', '2')] })).toEqual([['1', '2', null, '0']]);
    expect(protocol.sent).toHaveLength(2);
  });

  it('asks only for what all parts of a conjunction allow', async () => {
    const { read, protocol } = open({ ask: [{ param: 'a', column: 'a', by: 'key' }] }, []);
    const among = (...values: string[]): Condition => ({ kind: 'in', column: 'a', values });
    await read(all([among('1', '2'), among('2', '3')]));
    await read(all([among('1'), among('3')]));
    expect(protocol.sent.map((parameters) => parameters.get('a'))).toEqual(['2']);
  });

  it('passes every exchange through the guard, and gives each its own deadline', async () => {
    const rows = Array.from({ length: 7 }, (_, index): SourceRow => [null, null, null, String(index)]);
    const { adapter } = open({ paging: { style: 'page', param: 'p', first: 1, size: 3 } }, rows);
    const waits: number[] = [];
    const guard = async <T>(send: () => Promise<T>): Promise<T> => {
      waits.push(waits.length);
      await new Promise((resolve) => setTimeout(resolve, 120));
      return send();
    };
    const request = { from: { name: 'x' }, columns: ['id'], where: ALWAYS, orderBy: [], limit: 1000 };
    expect(await adapter.read(request, { ...wideBounds(), timeoutMs: 100, guard })).toHaveLength(7);
    // The last of them shows that nothing follows.
    expect(waits).toEqual([0, 1, 2, 3]);
  });
});
