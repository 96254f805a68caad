import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { until } from '../../gateway/testing/until.js';
import { openTemporaryProject, type Serving, type TemporaryProject } from '../testing/temporary-project.js';

let project: TemporaryProject;
let serving: Serving;
const tokens = new Map<string, string>();

beforeAll(async () => {
  project = openTemporaryProject(await compileSources());
  serving = await project.serve(['start', '--port', '0', '--workers', '2']);
  for (const role of ['analyst', 'data-centre', 'audit', 'department-engineer']) {
    const limits = role === 'department-engineer' ? ['--department', 'market'] : [];
    tokens.set(role, (await project.run(['token', '--role', role, ...limits])).out.trim());
  }
}, 180_000);

afterAll(async () => {
  await serving?.stop();
  project?.remove();
});

interface Answered<Data> {
  readonly id: string;
  readonly data: Data;
}

async function ask<Data>(role: string, query: string, id?: string): Promise<Answered<Data>> {
  const response = await fetch(serving.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${tokens.get(role)}`,
      // So that the next one goes to another worker.
      connection: 'close',
      ...(id !== undefined && { 'x-request-id': id }),
    },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as { readonly data: Data };
  return { id: response.headers.get('x-request-id') ?? '', data };
}

interface Reported {
  readonly request: {
    readonly memory: string;
    readonly role: string;
    readonly outcome: string;
    readonly operation: string | null;
    readonly documentHash: string | null;
    readonly errors: readonly string[];
    readonly masks: readonly string[];
    readonly steps: readonly { readonly subgraph: string; readonly outcome: string }[] | null;
    readonly calls:
      | readonly { readonly interface: string; readonly rows: number; readonly origin: string }[]
      | null;
    readonly coverage: readonly { readonly interface: string; readonly state: string | null }[];
  } | null;
}

const REPORT = (id: string): string => `{ request(id: ${JSON.stringify(id)}) {
  memory role operation documentHash outcome errors masks cost tookMs at
  steps { subgraph startMs tookMs outcome }
  calls { interface operation origin startMs tookMs rows outcome retries }
  coverage { interface state asOf reason } } }`;

/** Each worker in turn. */
async function askAll(role: string, id: string): Promise<readonly Reported['request'][]> {
  const found = [];
  for (let time = 0; time < 4; time += 1) found.push((await ask<Reported>(role, REPORT(id))).data.request);
  return found;
}

const LIST =
  'query Latest { inspections(first: 5, orderBy: [{date: DESC}]) { nodes { id department } coverage { state } } }';

describe('request(id:)', () => {
  it('tells the data centre how anybody’s request went, whichever worker is asked', async () => {
    const { id } = await ask('analyst', LIST);
    const found = await askAll('data-centre', id);
    for (const report of found) {
      expect(report).toMatchObject({ memory: 'MEMORY', role: 'analyst', operation: 'Latest', outcome: 'OK' });
      expect(report?.documentHash).toMatch(/^[0-9a-f]{64}$/);
      expect(report?.steps?.map(({ subgraph }) => subgraph)).toContain('hub');
      expect(report?.calls?.length).toBeGreaterThan(1);
      expect(report?.calls?.some(({ rows }) => rows > 0)).toBe(true);
      expect(report?.coverage.length).toBeGreaterThan(5);
      expect(report?.coverage.every(({ state }) => state !== null)).toBe(true);
    }
  });

  it('tells a caller of his own requests alone, and of others what it tells of none', async () => {
    const { id } = await ask('analyst', LIST);
    expect(await askAll('analyst', id)).toEqual(Array.from({ length: 4 }, () => expect.objectContaining({})));
    expect(await askAll('department-engineer', id)).toEqual([null, null, null, null]);
    expect(await askAll('data-centre', 'there-is-none')).toEqual([null, null, null, null]);
  });

  it('names what was denied and masked', async () => {
    const { id } = await ask(
      'department-engineer',
      '{ complaints(first: 1) { nodes { id category } coverage { state } } subjects(first: 1) { nodes { phone } } }',
      'masked-and-denied',
    );
    expect(id).toBe('masked-and-denied');
    const [report] = await askAll('audit', id);
    expect(report).toMatchObject({ role: 'department-engineer' });
    expect([...(report?.errors ?? []), ...(report?.masks ?? [])].length).toBeGreaterThan(0);
  });

  it('is printed by the command, as a table or as JSON', async () => {
    const { id } = await ask('analyst', LIST);
    const words = ['request', id, '--url', new URL('/', serving.url).href];
    const staff = { GRAPH_TOKEN: tokens.get('data-centre') ?? '' };
    const { code, out } = await project.run(words, staff);
    expect(code).toBe(0);
    expect(out).toMatch(/outcome +OK/);
    expect(out).toMatch(/\bhub +\d/);
    const told = await project.run([...words, '--format', 'json'], staff);
    expect(JSON.parse(told.out)).toMatchObject({ id, operation: 'Latest' });
    const other = { GRAPH_TOKEN: tokens.get('department-engineer') ?? '' };
    expect(await project.run(words, other)).toMatchObject({ code: 1, out: '' });
  }, 60_000);

  it('tells of a request before a restart from the audit, those who may see everybody’s', async () => {
    const { id } = await ask('analyst', LIST, 'before-the-restart');
    await serving.stop();
    serving = await project.serve(['start', '--port', '0', '--workers', '2']);
    await until(async () => (await ask<Reported>('data-centre', REPORT(id))).data?.request != null);
    for (const report of await askAll('audit', id)) {
      expect(report).toMatchObject({ memory: 'AUDIT', role: 'analyst', operation: 'Latest', steps: null });
      expect(report?.coverage.length).toBeGreaterThan(5);
    }
    expect(await askAll('analyst', id)).toEqual([null, null, null, null]);
  }, 120_000);
});
