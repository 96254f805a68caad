import { parse } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../runtime/call/caller.js';
import { type OpenedShop, openShop } from '../testing/open-shop.js';
import type { Executor } from './executor.js';
import { shareAnswers } from './share-answers.js';

let shop: OpenedShop;
let shared: Executor;
beforeAll(async () => {
  shop = await openShop();
  shared = shareAnswers(shop.executor);
});
beforeEach(() => void shop.observer.subgraphCalls.splice(0));
afterAll(() => shared.close());

function ask(query: string, context: Partial<CallContext> = {}, variables = {}) {
  return shared.execute(
    { document: parse(query), documentId: query, operationName: undefined, variables },
    {
      requestId: 'r',
      caller: ANONYMOUS,
      signal: new AbortController().signal,
      deadline: Date.now() + 2000,
      today: '2026-06-30',
      ...context,
    },
  );
}

describe('shareAnswers()', () => {
  it('carries identical queries that run at once out once, and later ones anew', async () => {
    const [first, second] = await Promise.all([ask('{ slow(ms: 20) }'), ask('{ slow(ms: 20) }')]);
    expect(second).toEqual(first);
    expect(shop.observer.subgraphCalls).toHaveLength(1);
    await ask('{ slow(ms: 20) }');
    expect(shop.observer.subgraphCalls).toHaveLength(2);
  });

  it.each<[string, Partial<CallContext>, object]>([
    ['caller', { caller: { ...ANONYMOUS, name: 'other' } }, { ms: 20 }],
    ['day', { today: '2026-07-01' }, { ms: 20 }],
    ['variables', {}, { ms: 21 }],
  ])('tells queries with another %s apart', async (_, context, variables) => {
    const query = 'query ($ms: Int!) { slow(ms: $ms) }';
    await Promise.all([ask(query, {}, { ms: 20 }), ask(query, context, variables)]);
    expect(shop.observer.subgraphCalls).toHaveLength(2);
  });

  it('lets one who leaves leave alone', async () => {
    const leaving = new AbortController();
    const [left, stayed] = await Promise.all([
      ask('{ slow(ms: 60) }', { signal: leaving.signal }),
      ask('{ slow(ms: 60) }'),
      new Promise<void>((resolve) => setTimeout(() => resolve(leaving.abort()), 10)),
    ]);
    expect(left.errors).toMatchObject([{ extensions: { code: 'REQUEST_TIMEOUT' } }]);
    expect(stayed).toMatchObject({ data: '{"slow":"late"}', errors: [] });
  });
});
