import { buildSchema, type ExecutionResult } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { publicError } from '../../runtime/errors.js';
import { createLocalSubgraph } from '../../subgraphs/port/local-subgraph.js';
import { startOwnTime } from '../../test/own-time.js';
import { askExecutor, type Question } from '../testing/ask-executor.js';
import { type OpenedShop, openShop } from '../testing/open-shop.js';
import { createRecordingObserver } from '../testing/recording-observer.js';
import type { Execute } from '../testing/shop-graph.js';
import { createExecutor } from './create-executor.js';

let opened: OpenedShop;
/** Answers of subgraphs that the running test replaces; the others run for real in this process. */
let replacements: Readonly<Record<string, Execute>> = {};

beforeAll(async () => {
  const replaceable =
    (name: string) =>
    (own: Execute): Execute =>
    (request, context) =>
      (replacements[name] ?? own)(request, context);
  const names = ['products', 'stock', 'reviews'];
  opened = await openShop(Object.fromEntries(names.map((name) => [name, replaceable(name)])));
});
afterAll(() => opened.executor.close());

function shop(replaced: Readonly<Record<string, Execute>> = {}) {
  replacements = replaced;
  const { executor, observer } = opened;
  for (const events of [observer.plans, observer.subgraphCalls, observer.hiddenErrors]) events.splice(0);
  const ask = (query: string, options: Omit<Question, 'query'> = {}) =>
    askExecutor(executor, { query, ...options });
  return { ask, observer, executor };
}

const dead: Execute = () => Promise.resolve({ errors: [publicError('SUBGRAPH_UNAVAILABLE')] });

function brief({ errors = [] }: ExecutionResult) {
  return errors.map(({ path, extensions }) => ({
    path: path?.join('.'),
    code: extensions?.code,
    from: extensions?.subgraph,
  }));
}

describe('createExecutor()', () => {
  it('joins keys, @requires, @provides and interfaces', async () => {
    const { ask } = shop();
    expect(
      await ask(
        `{ product(id: "1") { title weight inStock shipping seller { name rating } reviews { text seller { name rating } } } }`,
      ),
    ).toEqual({
      data: {
        product: {
          title: 'Net',
          weight: 3,
          inStock: 10,
          shipping: 7,
          seller: { name: 'Wang', rating: 5 },
          reviews: [{ text: 'a', seller: { name: 'Wang', rating: 5 } }],
        },
      },
    });
    expect(
      await ask('{ items { __typename id ... on Product { inStock } ... on Gift { wrapping } } }'),
    ).toEqual({
      data: {
        items: [
          { __typename: 'Product', id: '1', inStock: 10 },
          { __typename: 'Gift', id: 'g', wrapping: 'red' },
        ],
      },
    });
    expect(await ask('{ reviews { product { title } seller { name } } }')).toEqual({
      data: {
        reviews: [
          { product: { title: 'Net' }, seller: { name: 'Wang' } },
          { product: { title: 'Buoy' }, seller: { name: 'Li' } },
        ],
      },
    });
  });

  it('places errors of entities where the query has them, past nulls and through aliases', async () => {
    const { ask } = shop();
    const result = await ask('{ all: products { id stock: inStock } }');
    expect(result.data).toEqual({
      all: [{ id: '1', stock: 10 }, { id: '2', stock: 20 }, null, { id: '4', stock: null }],
    });
    expect(result.errors).toHaveLength(1);
    expect(result.errors?.[0]).toMatchObject({
      path: ['all', 3, 'stock'],
      extensions: { code: 'SOURCE_TIMEOUT', subgraph: 'stock', interface: 'stock.level', retryable: true },
    });
  });

  it('places errors by entity even when entities of other types stand between', async () => {
    const { ask } = shop({
      products: () =>
        Promise.resolve({
          data: {
            items: [
              { __typename: 'Gift', id: '4' },
              { __typename: 'Product', id: '4' },
            ],
          },
        }),
    });
    const result = await ask('{ items { id ... on Product { inStock } } }');
    expect(brief(result)).toEqual([{ path: 'items.1.inStock', code: 'SOURCE_TIMEOUT', from: 'stock' }]);
  });

  it('masks what a subgraph did not mean for callers, and tells it to the observer', async () => {
    const { ask, observer } = shop();
    const result = await ask('{ broken products { id shipping } }');
    expect(JSON.stringify(result)).not.toMatch(/ECONNREFUSED|SELECT|db row|CUSTOM|internal:/);
    expect(brief(result)).toEqual([
      { path: 'broken', code: 'INTERNAL', from: 'products' },
      { path: 'products.1.shipping', code: 'INTERNAL', from: 'stock' },
    ]);
    expect(result.errors?.[0]?.message).toContain('req-1');
    expect(observer.hiddenErrors.map(({ error }) => String(error))).toEqual([
      expect.stringContaining('ECONNREFUSED'),
      expect.stringContaining('weight of db row'),
    ]);
  });

  it('passes on what a subgraph says publicly', async () => {
    const { ask } = shop();
    const result = await ask('{ brokenPublicly(text: "改日再试。Try again.") }');
    expect(result.errors?.[0]?.message).toBe(
      '数据源暂不可用。The source does not answer. 改日再试。Try again.',
    );
  });

  it('answers without a dead subgraph, with one located error', async () => {
    const { ask, observer } = shop({ stock: dead });
    const many = await ask('{ products { title inStock } }');
    expect(many.data?.products).toContainEqual({ title: 'Net', inStock: null });
    expect(brief(many)).toEqual([{ path: 'products', code: 'SUBGRAPH_UNAVAILABLE', from: 'stock' }]);
    const one = await ask('{ product(id: "1") { title inStock } reviews { text } }');
    expect(one.data).toMatchObject({ product: { title: 'Net', inStock: null }, reviews: [{}, {}] });
    expect(brief(one)).toEqual([{ path: 'product.inStock', code: 'SUBGRAPH_UNAVAILABLE', from: 'stock' }]);
    expect(observer.subgraphCalls).toContainEqual(
      expect.objectContaining({ subgraph: 'stock', outcome: 'SUBGRAPH_UNAVAILABLE' }),
    );
  });

  it('leaves a slow subgraph behind', async () => {
    const never: Execute = () => new Promise(() => undefined);
    const { ask } = shop({ products: never });
    const time = startOwnTime();
    const result = await ask('{ slow(ms: 9000) reviews { text } }', { budgetMs: 1000 });
    expect(time.stop()).toBeLessThan(1200);
    expect(result.data).toMatchObject({ slow: null, reviews: [{ text: 'good' }, { text: 'bad' }] });
    expect(brief(result)).toContainEqual({ path: 'slow', code: 'SUBGRAPH_TIMEOUT', from: 'products' });
  });

  it('keeps time for the steps that follow one that takes all it may', async () => {
    const atTheDeadline: Execute = async (_, { deadline }) => {
      await new Promise((resolve) => setTimeout(resolve, deadline - Date.now()));
      return { data: { product: { __typename: 'Product', id: '1', title: 'Net' } } };
    };
    const { ask } = shop({ products: atTheDeadline });
    expect(await ask('{ product(id: "1") { title inStock } }', { budgetMs: 1000 })).toEqual({
      data: { product: { title: 'Net', inStock: 10 } },
    });
  });

  it('aborts the call it gives up, and tells subgraphs how long they have', async () => {
    const seen: CallContext[] = [];
    const { ask } = shop({
      products: (_, context) => {
        seen.push(context);
        return new Promise(() => undefined);
      },
    });
    const latest = Date.now() + 500;
    await ask('{ products { title inStock } }', { budgetMs: 500 });
    expect(seen[0]?.signal.aborted).toBe(true);
    // Others wait for this step, so it is told less than the whole budget.
    expect(seen[0]?.deadline).toBeLessThan(latest);
  });

  it('refuses an answer with another number of entities than asked for', async () => {
    const { ask } = shop({ stock: () => Promise.resolve({ data: { _entities: [{ inStock: 1 }] } }) });
    const result = await ask('{ products { id inStock } }');
    expect(result.data?.products).toEqual([
      { id: '1', inStock: null },
      { id: '2', inStock: null },
      null,
      { id: '4', inStock: null },
    ]);
    expect(brief(result)).toEqual([{ path: 'products', code: 'SUBGRAPH_MALFORMED', from: 'stock' }]);
  });

  it('explains a null that may not be', async () => {
    const { ask } = shop({ reviews: () => Promise.resolve({ data: { reviews: [{ id: null }] } }) });
    const result = await ask('{ reviews { id } }');
    expect(result.data).toBeNull();
    expect(brief(result)).toMatchObject([{ code: 'SUBGRAPH_MALFORMED' }]);
    expect(result.extensions).toBeUndefined();
  });

  it('keeps the place of an error that takes all data with it', async () => {
    const { ask } = shop({
      products: () =>
        Promise.resolve({
          data: null,
          errors: [publicError('SOURCE_UNAVAILABLE', undefined, { path: ['items', 0, 'id'] })],
        }),
    });
    const result = await ask('{ items { id } reviews { text } }');
    expect(brief(result)).toEqual([{ path: 'items.0.id', code: 'SOURCE_UNAVAILABLE', from: 'products' }]);
  });

  it('survives a port that rejects', async () => {
    const { ask } = shop({ stock: () => Promise.reject(new Error('secret')) });
    const result = await ask('{ product(id: "1") { inStock } }');
    expect(brief(result)).toEqual([{ path: 'product.inStock', code: 'INTERNAL', from: 'stock' }]);
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it('plans each operation once', async () => {
    const { ask, observer } = shop();
    const document = 'query A { products { id } } query B { reviews { id } }';
    await ask(document, { operationName: 'A' });
    await ask(document, { operationName: 'A' });
    const other = await ask(document, { operationName: 'B' });
    expect(other.data).toHaveProperty('reviews');
    expect(observer.plans.map(({ cached }) => cached)).toEqual([false, true, false]);
  });

  it('returns no data for variables that do not fit', async () => {
    const { ask } = shop();
    const result = await ask('query ($id: ID!) { product(id: $id) { id } }');
    expect(result).not.toHaveProperty('data');
    expect(result.errors?.[0]?.message).toContain('$id');
  });

  it('gives up when the deadline has passed', async () => {
    const { ask } = shop();
    expect(brief(await ask('{ products { id } }', { budgetMs: 0 }))).toMatchObject([
      { code: 'REQUEST_TIMEOUT' },
    ]);
  });

  it('says what is wrong with a supergraph that is none', async () => {
    const options = {
      observer: createRecordingObserver(),
      subgraph: () => createLocalSubgraph('x', buildSchema('type Query { a: Int }')),
    };
    await expect(createExecutor({ ...options, supergraphSdl: 'type Query { a: Int }' })).rejects.toThrow(
      'Cannot load the supergraph',
    );
    await expect(createExecutor({ ...options, supergraphSdl: 'not graphql' })).rejects.toThrow(
      'Cannot load the supergraph',
    );
  });
});
