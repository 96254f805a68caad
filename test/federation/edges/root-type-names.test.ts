import { type Graph, openGraph, type Part } from '../open-graph.js';

const orders: Part = {
  sdl: `schema { query: OrdersQuery mutation: OrdersMutation }
    type OrdersQuery implements Start { orderCount: Int viewer: OrdersQuery start: Start }
    type OrdersMutation { cancel: Cancelled }
    interface Start { orderCount: Int } type Order implements Start { orderCount: Int }
    type Cancelled { query: OrdersQuery }`,
  resolvers: {
    OrdersQuery: {
      orderCount: () => 7,
      viewer: () => ({}),
      start: () => ({ __typename: 'OrdersQuery' }),
    },
    OrdersMutation: { cancel: () => ({ query: {} }) },
  },
};
const weather: Part = {
  sdl: `schema { query: WeatherQuery mutation: WeatherMutation }
    type WeatherQuery { degrees: Int around: WeatherQuery } type WeatherMutation { measure: Int }`,
  resolvers: {
    WeatherQuery: { degrees: () => 21, around: () => ({}) },
    WeatherMutation: { measure: () => 3 },
  },
};

describe('subgraphs with names of their own for root types', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ orders, weather });
  });
  afterAll(() => graph.close());

  it.each<[string, unknown]>([
    ['{ __typename orderCount degrees }', { __typename: 'Query', orderCount: 7, degrees: 21 }],
    [
      '{ viewer { __typename orderCount around { __typename degrees } degrees } }',
      {
        viewer: {
          __typename: 'Query',
          orderCount: 7,
          around: { __typename: 'Query', degrees: 21 },
          degrees: 21,
        },
      },
    ],
    [
      'mutation { __typename cancel { query { __typename degrees viewer { degrees } } } measure }',
      {
        __typename: 'Mutation',
        cancel: { query: { __typename: 'Query', degrees: 21, viewer: { degrees: 21 } } },
        measure: 3,
      },
    ],
    ['{ start { __typename orderCount } }', { start: { __typename: 'Query', orderCount: 7 } }],
    ['{ ... on Query { viewer { ... on Query { orderCount } } } }', { viewer: { orderCount: 7 } }],
  ])('answer %s', async (query, wanted) => {
    expect(await graph.ask(query)).toEqual({ data: wanted });
  });
});
