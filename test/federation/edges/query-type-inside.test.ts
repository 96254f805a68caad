import { publicError } from '../../../runtime/errors.js';
import { type Graph, openGraph, type Part, placesOf } from '../open-graph.js';

const orders: Part = {
  sdl: `type Query { orderCount: Int viewer: Query pages: [Query!] gone: Query order: Order }
    type Mutation { cancel(id: ID!): Cancelled }
    type Cancelled { id: ID! query: Query }
    type Order @key(fields: "id") { id: ID! query: Query }`,
  resolvers: {
    Query: {
      orderCount: () => 7,
      viewer: () => ({}),
      pages: () => [{}, {}],
      gone: () => null,
      order: () => ({ id: '1', query: {} }),
    },
    Mutation: { cancel: (_: unknown, { id }: { id: string }) => ({ id, query: {} }) },
  },
};
const weather: Part = {
  sdl: `type Query { town(name: String!): String degrees: Int! storm: String place: Place root: Query }
    type Place { name: String wind: Int } type Order @key(fields: "id") { id: ID! weight: Int }`,
  resolvers: {
    Query: {
      town: (_: unknown, { name }: { name: string }) => name,
      degrees: () => 21,
      storm: () => {
        throw publicError('SOURCE_UNAVAILABLE');
      },
      place: () => ({ name: 'S', wind: 3 }),
      root: () => ({}),
    },
    Order: { weight: () => 5 },
  },
};

describe('a field of the type Query inside an answer', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ orders, weather });
  });
  afterAll(() => graph.close());

  it.each<[string, string, unknown]>([
    [
      "a mutation's payload",
      'mutation { cancel(id: 1) { id query { orderCount town(name: "x") } } }',
      { cancel: { id: '1', query: { orderCount: 7, town: 'x' } } },
    ],
    [
      'one name at the root and below',
      '{ town(name: "a") viewer { orderCount town(name: "b") viewer { town(name: "c") } } }',
      { town: 'a', viewer: { orderCount: 7, town: 'b', viewer: { town: 'c' } } },
    ],
    [
      'in a list',
      '{ pages { town(name: "p") degrees } }',
      { pages: [1, 2].map(() => ({ town: 'p', degrees: 21 })) },
    ],
    ['an object that is null', '{ gone { town(name: "p") } }', { gone: null }],
    [
      'of an entity',
      '{ order { weight query { degrees } } }',
      { order: { weight: 5, query: { degrees: 21 } } },
    ],
    [
      'to and fro',
      '{ viewer { root { viewer { degrees orderCount } } } }',
      { viewer: { root: { viewer: { degrees: 21, orderCount: 7 } } } },
    ],
    [
      'objects of its own in each place',
      '{ pages { place { name } } place { wind } }',
      {
        pages: [{ place: { name: 'S' } }, { place: { name: 'S' } }],
        place: { wind: 3 },
      },
    ],
    [
      'introspection',
      '{ viewer { __typename __type(name: "Order") { name } a: __type(name: "Place") { name } } a: __type(name: "Cancelled") { name } }',
      {
        viewer: { __typename: 'Query', __type: { name: 'Order' }, a: { name: 'Place' } },
        a: { name: 'Cancelled' },
      },
    ],
  ])('has its own fields: %s', async (_, query, wanted) => {
    expect(await graph.ask(query)).toEqual({ data: wanted });
  });

  it('has its own errors', async () => {
    const answer = await graph.ask('{ storm pages { storm orderCount } }');
    expect(answer.data).toEqual({ storm: null, pages: [1, 2].map(() => ({ storm: null, orderCount: 7 })) });
    expect(placesOf(answer)).toEqual(['pages.0.storm', 'pages.1.storm', 'storm']);
  });

  it('is null where a field that must not be null fails', async () => {
    const failing = await openGraph({
      orders,
      weather: {
        ...weather,
        resolvers: {
          ...weather.resolvers,
          Query: {
            degrees: () => {
              throw publicError('SOURCE_TIMEOUT');
            },
          },
        },
      },
    });
    const answer = await failing.ask('{ pages { degrees } viewer { degrees } orderCount }');
    expect(answer.data).toEqual({ pages: null, viewer: null, orderCount: 7 });
    expect(placesOf(answer)).toEqual(['pages.0.degrees', 'pages.1.degrees', 'viewer.degrees']);
    await failing.close();
  });
});
