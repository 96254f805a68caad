import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { AT_ONCE } from '../../gateway/http/listener/ending.js';
import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { createSubgraphServer } from '../../subgraphs/port/serve-subgraph.js';
import { openTestCounty, type TestCounty } from '../../test/county/open-test-county.js';
import { openSqliteCounty, type StoredCounty } from '../../test/county/stored-county.js';
import { runCommand } from '../run-command.js';
import { testIo } from '../testing/test-io.js';
import { verbs } from '../verbs.js';

/** Departments and registry on one machine, the hub on another, the gateway on a third, as far as HTTP is concerned. */
let departments: StoredCounty;
let hub: TestCounty;
const servers: FastifyInstance[] = [];
const pools = createOriginPools();
let folder: string;
let url: string;
let stop: () => Promise<unknown>;

beforeAll(async () => {
  departments = await openSqliteCounty({ seed: 6, size: 'tiny' });
  const addresses = new Map<string, string>();
  const serve = async (name: string, { county, clock }: TestCounty): Promise<void> => {
    const schema = county.schemas.get(name);
    if (schema === undefined) throw new Error(`there is no ${name}`);
    const server = await createSubgraphServer(schema, clock, { tellsCalls: true });
    servers.push(server);
    addresses.set(name, `${await server.listen({ port: 0, host: '127.0.0.1' })}/graphql`);
  };
  for (const name of departments.county.schemas.keys()) if (name !== 'hub') await serve(name, departments);
  hub = await openTestCounty({
    connections: new Map(),
    today: departments.world.today,
    elsewhere: (name) => {
      const address = addresses.get(name);
      return address === undefined ? null : createRemoteSubgraph({ name, url: address, pools });
    },
  });
  await serve('hub', hub);
  folder = mkdtempSync(join(tmpdir(), 'eg-remote-calls-'));
  const supergraph = join(folder, 'supergraph.graphql');
  const sdl = readFileSync(join(findProjectRoot(), 'schema', 'supergraph.graphql'), 'utf8');
  writeFileSync(
    supergraph,
    sdl.replaceAll(
      /@join__graph\(name: "([^"]+)", url: "[^"]*"\)/g,
      (_, name: string) => `@join__graph(name: "${name}", url: "${addresses.get(name)}")`,
    ),
  );
  let tellStop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    tellStop = resolve;
  });
  const complaints: string[] = [];
  url = await new Promise<string>((resolve, reject) => {
    const io = testIo({
      environment: { LOG_LEVEL: 'silent' },
      say: (line) => resolve(line.replace('GraphQL: ', '')),
      untilStopped: async () => {
        await stopped;
        return AT_ONCE;
      },
    });
    const words = ['serve', '--open', '--supergraph', supergraph, '--port', '0'];
    const exit = runCommand(words, verbs, io, (text) => complaints.push(text));
    exit.then(() => reject(new Error(complaints.join(''))), reject);
    stop = () => {
      tellStop();
      return exit;
    };
  });
}, 180_000);

afterAll(async () => {
  await stop?.();
  await Promise.all(servers.map((server) => server.close()));
  await pools.close();
  await hub?.close();
  await departments?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Call {
  readonly interface: string;
  readonly origin: string;
  readonly startMs: number;
  readonly tookMs: number;
  readonly rows: number;
  readonly outcome: string;
}
interface Reported {
  readonly request: {
    readonly id: string;
    readonly tookMs: number;
    readonly at: string;
    readonly outcome: string;
    readonly calls: readonly Call[];
    readonly steps: readonly {
      readonly subgraph: string;
      readonly startMs: number;
      readonly tookMs: number;
    }[];
  } | null;
  readonly codeLists?: readonly { readonly name: string }[];
}

async function ask<Data>(query: string, id?: string): Promise<{ id: string; text: string; data: Data }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      prefer: 'wait=20',
      ...(id !== undefined && { 'x-request-id': id }),
    },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  const { data } = JSON.parse(text) as { readonly data: Data };
  return { id: response.headers.get('x-request-id') ?? '', text, data };
}

const REPORT = (id: string): string => `request(id: "${id}") { id at tookMs outcome
  steps { subgraph startMs tookMs outcome }
  calls { interface operation origin startMs tookMs rows outcome retries } }`;
const LIST = `{ inspections(first: 20) { nodes { id subject { name } market { disposal } } coverage { interface rows } } }`;

describe('a request whose subgraphs are on other machines', () => {
  it('has the calls of all of them, within the steps that they were made for', async () => {
    const asked = await ask<object>(LIST);
    // What is told between machines is no part of what a caller gets.
    const ofOne = await ask<object>('{ inspections(first: 3) { nodes { id } } }');
    for (const { text } of [asked, ofOne]) expect(text).not.toMatch(/"(?:calls|origin|retries|startMs)"/);
    const reported = (await ask<Reported>(`{ ${REPORT(ofOne.id)} }`)).data.request;
    expect(reported?.calls.map((call) => call.interface)).toContain('market.inspection');
    const { request } = (await ask<Reported>(`{ ${REPORT(asked.id)} }`)).data;
    expect(request).toMatchObject({ id: asked.id, outcome: 'OK', at: expect.stringMatching(/^\d{4}-/) });
    const calls = request?.calls ?? [];
    const names = new Set(calls.map((call) => call.interface));
    // The hub has others asked for its lists, and the gateway asks for facets itself.
    for (const name of ['market.inspection', 'supervision.inspection']) expect(names).toContain(name);
    expect(calls.some(({ rows }) => rows > 0)).toBe(true);
    expect(calls.every(({ outcome }) => outcome === 'ok')).toBe(true);
    const inHub = request?.steps.find(({ subgraph }) => subgraph === 'hub');
    for (const call of calls) {
      expect(call.startMs).toBeGreaterThanOrEqual(inHub?.startMs ?? Number.POSITIVE_INFINITY);
      expect(call.startMs + call.tookMs).toBeLessThanOrEqual((request?.tookMs ?? 0) + 1);
    }
  });

  it('is told beside what the hub answers itself, and not to be there where it is not', async () => {
    const { id } = await ask<object>(LIST);
    const { data } = await ask<Reported>(`{ codeLists(name: "market/check-result") { name } ${REPORT(id)} }`);
    expect(data.codeLists?.length).toBe(1);
    expect(data.request?.calls.length).toBeGreaterThan(0);
    expect((await ask<Reported>(`{ ${REPORT('nobody')} }`)).data).toEqual({ request: null });
  });
});
