import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core';
import { createGateway, type Gateway } from '../../gateway/create-gateway.js';
import { createLogger } from '../../gateway/observe/logger.js';
import { createMetrics } from '../../gateway/observe/metrics.js';
import { testContext } from '../../subgraphs/engine/testing/small-department.js';
import type { InterfaceOutcome } from '../../subgraphs/port/interface-outcome.js';
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
/** What the last look at the sources found. */
let standing: ReadonlyMap<string, InterfaceOutcome> = new Map();

beforeAll(async () => {
  county = await openSqliteCounty({ seed: 6, size: 'tiny' });
  const readFreshness = (): Promise<readonly []> => Promise.resolve([]);
  gateway = await createGateway({
    access: 'open',
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
    standing: () => standing,
  });
}, 120_000);

afterAll(async () => {
  await gateway?.close();
  await county?.close();
});

const TILE = '{ caseStats(by: [DEPARTMENT], measures: [COUNT]) { buckets { key count } } }';

async function look(): Promise<void> {
  const context = testContext(30_000);
  const found = await county.county.refreshFreshness({ ...context, today: county.clock.today() });
  standing = new Map(found.map((one) => [one.interface, one]));
}

function poll(etag?: string): Promise<Response> {
  return fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(etag !== undefined && { 'if-none-match': etag }) },
    body: JSON.stringify({ query: TILE }),
  });
}

describe('a tile that is polled over HTTP', () => {
  it('asks no source again while nothing has changed, and gets the answer anew when something has', async () => {
    await look();
    // The first answer of a document is Apollo Server's.
    const untagged = await poll();
    expect(untagged.headers.get('etag')).toBeNull();
    const first = await poll();
    const etag = first.headers.get('etag') ?? '';
    expect([first.headers.get('cache-control'), etag]).toEqual([
      'private, no-cache',
      expect.stringMatching(/^"/),
    ]);
    county.sourceCalls.splice(0);
    const again = await poll(etag);
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const other = await poll('"another"');
    expect([other.status, await other.json()]).toEqual([200, await first.json()]);
    expect(county.sourceCalls).toEqual([]);
    const [name = '', outcome] = [...standing].find(([each]) => each === 'marine.case') ?? [];
    standing = new Map([
      ...standing,
      [name, { ...(outcome as InterfaceOutcome), asOf: '2026-06-30T23:59:59+08:00' }],
    ]);
    expect((await poll(etag)).status).toBe(200);
    expect(county.sourceCalls.length).toBeGreaterThan(0);
  });

  it('always gets a fresh answer without If-None-Match', async () => {
    await look();
    await poll();
    county.sourceCalls.splice(0);
    expect((await poll()).status).toBe(200);
    expect(county.sourceCalls.length).toBeGreaterThan(0);
  });
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
      ['agriculture.inspection', 'LIVE'],
      ['comprehensive.inspection', 'LIVE'],
      ['emergency.inspection', 'LIVE'],
      ['environment.inspection', 'LIVE'],
      ['health.inspection', 'LIVE'],
      ['marine.inspection', 'LIVE'],
      ['market.inspection', 'LIVE'],
      ['supervision.inspection', 'LIVE'],
      ['transport.inspection', 'LIVE'],
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
