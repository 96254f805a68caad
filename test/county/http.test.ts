import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core';
import { createGateway, type Gateway } from '../../gateway/create-gateway.js';
import { createLogger } from '../../gateway/observe/logger.js';
import { createMetrics } from '../../gateway/observe/metrics.js';
import { exampleQuery } from './ask.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';

interface Recent {
  readonly inspections: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly id: string; readonly date: string }[];
    readonly coverage: readonly {
      readonly interface: string;
      readonly state: string;
      readonly asOf: string;
    }[];
  };
}

let county: StoredCounty;
let gateway: Gateway;

beforeAll(async () => {
  county = await openSqliteCounty({ seed: 6, size: 'tiny' });
  const readFreshness = (): Promise<readonly []> => Promise.resolve([]);
  gateway = await createGateway({
    supergraphSdl: county.executor.supergraphSdl,
    subgraph: ({ name }) => {
      const port = county.county.subgraphs.get(name);
      if (port === undefined) throw new Error(`no subgraph ${name}`);
      return port;
    },
    address: { host: '127.0.0.1', port: 0 },
    clock: county.clock,
    logger: createLogger('silent'),
    metrics: createMetrics(county.clock, readFreshness),
    readFreshness,
  });
}, 120_000);

afterAll(async () => {
  await gateway?.close();
  await county?.close();
});

describe('the county over HTTP', () => {
  it('answers a plain POST as curl sends it', async () => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: exampleQuery('recent-inspections') }),
    });
    expect(response.status).toBe(200);
    const { data, errors } = (await response.json()) as { readonly data: Recent; readonly errors?: unknown };
    expect(errors).toBeUndefined();
    const expected = [...county.world.inspections].filter(({ date }) => date >= '2026-01-01');
    expect(data.inspections.totalCount).toBe(expected.length);
    const dates = data.inspections.nodes.map(({ date }) => date);
    expect(dates).toEqual(
      expected
        .map(({ date }) => date)
        .sort()
        .reverse()
        .slice(0, 20),
    );
    expect(data.inspections.coverage.map(({ interface: name, state }) => [name, state])).toEqual([
      ['health.inspection', 'LIVE'],
      ['marine.inspection', 'LIVE'],
      ['market.inspection', 'LIVE'],
      ['supervision.inspection', 'LIVE'],
    ]);
  });

  it('answers Apollo Client the same', async () => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: gateway.url, fetch }),
      cache: new InMemoryCache(),
    });
    const { data } = await client.query<Recent>({ query: gql(exampleQuery('recent-inspections')) });
    const { data: direct } = await county.ask(exampleQuery('recent-inspections'));
    expect(data?.inspections.nodes.map(({ id }) => id)).toEqual(
      (direct as unknown as Recent).inspections.nodes.map(({ id }) => id),
    );
    client.stop();
  });

  it.each([
    ['{ inspections(first: -1) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ inspections(first: 5, last: 5) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ inspections(where: {date: {from: "2026-13-01"}}) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ inspections(after: "forged") { totalCount } }', 'CURSOR_INVALID'],
    ['{ subject(by: {}) { id } }', 'BAD_USER_INPUT'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('refuses %s with %s', async (query, code) => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { errors } = (await response.json()) as {
      readonly errors: readonly { readonly extensions: { readonly code: string } }[];
    };
    expect(errors[0]?.extensions.code).toBe(code);
  });
});
