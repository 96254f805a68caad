import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { createLocalSubgraph } from '../../../subgraphs/port/local-subgraph.js';
import { buildSubgraph } from '../../../subgraphs/port/subgraph-schema.js';
import { SupergraphInvalid } from '../../plan/supergraph-invalid.js';
import { askExecutor } from '../../testing/ask-executor.js';
import { createRecordingObserver, type RecordingObserver } from '../../testing/recording-observer.js';
import { composeShop, openShopSubgraph } from '../../testing/shop-graph.js';
import { createEngine } from '../create-engine.js';
import type { Executor } from '../executor.js';
import { createApolloEngine } from './apollo-engine.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.8",
  import: ["@key", "@external", "@context", "@fromContext"])\n`;

/** What a berth costs depends on the flag of the ship above it. */
const HARBOUR = `${LINK}
  type Query { ships: [Ship!]! }
  type Ship @key(fields: "id") @context(name: "ship") { id: ID! flag: String! berths: [Berth!]! }
  type Berth @key(fields: "id") { id: ID! fee(flag: String @fromContext(field: "$ship { flag }")): String! }`;

describe('@fromContext', () => {
  it.each([
    ['compiled', 'Berth.fee uses @fromContext, which is not served'],
    ['apollo', 'https://specs.apollo.dev/context/v0.1 is for: SECURITY but is unsupported'],
  ] as const)('is refused at the start by the engine %s', async (engine, reason) => {
    const { supergraphSdl } = composeServices([{ name: 'harbour', url: '', typeDefs: parse(HARBOUR) }]);
    const open = createEngine(engine, {
      supergraphSdl: supergraphSdl ?? '',
      observer: createRecordingObserver(),
      subgraph: ({ name }) => createLocalSubgraph(name, buildSubgraph(HARBOUR, {})),
    });
    await expect(open).rejects.toThrow(SupergraphInvalid);
    await expect(open).rejects.toThrow(reason);
  });
});

describe('createApolloEngine()', () => {
  let engine: Executor;
  let observer: RecordingObserver;
  beforeEach(async () => {
    observer = createRecordingObserver();
    engine = await createApolloEngine({
      supergraphSdl: composeShop(),
      observer,
      subgraph: ({ name }) => openShopSubgraph(name),
    });
  });
  afterEach(() => engine.close());

  it('shows public errors alone, with subgraph and interface', async () => {
    const { data, errors } = await askExecutor(engine, {
      query: '{ broken brokenPublicly products { inStock } }',
    });
    expect(data).toMatchObject({ broken: null, products: [{ inStock: 10 }, {}, null, { inStock: null }] });
    expect(errors).toMatchObject([
      { path: ['broken'], extensions: { code: 'INTERNAL', subgraph: 'products', requestId: 'req-1' } },
      { path: ['brokenPublicly'], extensions: { code: 'SOURCE_UNAVAILABLE', subgraph: 'products' } },
      {
        path: ['products', 3, 'inStock'],
        extensions: { code: 'SOURCE_TIMEOUT', subgraph: 'stock', interface: 'stock.level' },
      },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/ECONNREFUSED|SELECT/);
    expect(observer.hiddenErrors.map(({ error }) => String(error)).join()).toContain('ECONNREFUSED');
    expect(observer.subgraphCalls.map(({ subgraph, outcome }) => `${subgraph} ${outcome}`)).toEqual([
      'products partial',
      'stock partial',
    ]);
  });

  it('refuses variables that do not fit before it asks a subgraph', async () => {
    const query = 'query ($id: ID!) { product(id: $id) { id } }';
    const answer = await askExecutor(engine, { query });
    expect(answer).not.toHaveProperty('data');
    expect(answer.errors?.[0]?.message).toContain('"$id" of required type "ID!" was not provided');
    expect(observer.subgraphCalls).toEqual([]);
  });

  it('answers at the deadline without a subgraph that takes longer', async () => {
    const started = Date.now();
    const { data, errors } = await askExecutor(engine, {
      query: '{ slow(ms: 10000) reviews { text } }',
      budgetMs: 500,
    });
    expect(Date.now() - started).toBeLessThan(3000);
    expect(data).toEqual({ slow: null, reviews: [{ text: 'good' }, { text: 'bad' }] });
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_TIMEOUT', subgraph: 'products' } }]);
  });

  it('asks nothing for a caller who has left', async () => {
    const { data } = await askExecutor(engine, {
      query: '{ products { title } }',
      signal: AbortSignal.abort(),
    });
    expect(data).toEqual({ products: null });
    expect(observer.subgraphCalls.map(({ outcome }) => outcome)).toEqual(['SUBGRAPH_TIMEOUT']);
  });

  it('says why a supergraph cannot be loaded', async () => {
    const open = createApolloEngine({
      supergraphSdl: 'type Query { a: Int }',
      observer,
      subgraph: ({ name }) => openShopSubgraph(name),
    });
    await expect(open).rejects.toThrow(SupergraphInvalid);
  });

  it('passes on why a subgraph cannot be reached', async () => {
    const open = createApolloEngine({
      supergraphSdl: composeShop(),
      observer,
      subgraph: () => {
        throw new TypeError('its URL must be http://');
      },
    });
    await expect(open).rejects.toThrow(new TypeError('its URL must be http://'));
  });
});
