import { askExecutor } from '../../../gateway/testing/ask-executor.js';
import { openGraph as openExecutor } from '../../../gateway/testing/open-graph.js';
import { type Graph, openGraph, type Part } from '../open-graph.js';

interface Berth {
  readonly pier: { readonly code: string };
  readonly length?: number;
  readonly width?: number;
}

/** Berths are entered by a key whose field a third subgraph has. */
const piers: Part = {
  sdl: `type Query { berth: Berth berths: [Berth] mixed: Mixed } union Mixed = Berth | Buoy type Buoy { depth: Int }
    type Berth @key(fields: "pier { code }") @key(fields: "own") { own: ID! pier: Pier length: Int width: Int }
    type Pier @key(fields: "id") { id: ID! code: ID @external }`,
  resolvers: {
    Query: {
      berth: () => ({ own: 1, pier: { id: 1 }, length: 7, width: 2 }),
      berths: () => [
        { own: 1, pier: { id: 1 }, length: 7, width: 2 },
        { own: 2, pier: { id: 2 }, length: null, width: 3 },
      ],
      mixed: () => ({ __typename: 'Berth', own: 1, pier: { id: 1 }, length: 7 }),
    },
  },
};
const codes: Part = {
  sdl: 'type Pier @key(fields: "id") { id: ID! code: ID @shareable }',
  resolvers: { Pier: { __resolveReference: (pier: { id: string }) => ({ ...pier, code: `p${pier.id}` }) } },
};
const fees: Part = {
  sdl: `type Query { cheapest: Berth }
    type Berth @key(fields: "pier { code }") { pier: Pier @shareable length: Int @external width: Int @external
      fee: Int @requires(fields: "length") area: Int @requires(fields: "length width") tax: Int }
    type Pier { code: ID @shareable }`,
  resolvers: {
    Query: { cheapest: () => ({ pier: { code: 'p1' } }) },
    Berth: {
      __resolveReference: (berth: Berth) => ({ ...berth, tax: 9 }),
      fee: ({ length }: Berth) => (length ?? 0) * 2,
      area: ({ length, width }: Berth) => (length ?? 0) * (width ?? 0),
    },
  },
};

describe('an operation that the planner fails on', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ piers, codes, fees });
  });
  afterAll(() => graph.close());

  it.each<[string, unknown]>([
    ['{ berth { tax } }', { berth: { tax: 9 } }],
    ['{ berth { fee } }', { berth: { fee: 14 } }],
    ['{ berth { fee tax length } }', { berth: { fee: 14, tax: 9, length: 7 } }],
    ['{ mixed { ... on Berth { fee } } }', { mixed: { fee: 14 } }],
    [
      '{ berths { area fee pier { code } } }',
      {
        berths: [
          { area: 14, fee: 14, pier: { code: 'p1' } },
          { area: 0, fee: 0, pier: { code: 'p2' } },
        ],
      },
    ],
    ['{ berth { f: fee l: length } b: berth { fee } }', { berth: { f: 14, l: 7 }, b: { fee: 14 } }],
  ])('is planned another way: %s', async (query, wanted) => {
    expect(await graph.ask(query)).toEqual({ data: wanted });
  });

  it('is refused when the other way would leave out what a field requires', async () => {
    const { executor, observer } = await openExecutor({ piers, codes, fees });
    // `fees` gives the fee of its own berth by itself: without its length, which nobody has.
    const query = '{ cheapest { fee } berth { fee } }';
    for (const _ of ['planned', 'remembered']) {
      const { data, errors } = await askExecutor(executor, { query, budgetMs: 10_000 });
      expect({ data, errors }).toMatchObject({
        data: null,
        errors: [{ extensions: { code: 'QUERY_NOT_PLANNED', retryable: false } }],
      });
    }
    expect(observer.hiddenErrors.map(({ code }) => code)).toEqual(['QUERY_NOT_PLANNED', 'QUERY_NOT_PLANNED']);
    expect(observer.plans.length).toBeLessThan(3);
    await executor.close();
  });
});
