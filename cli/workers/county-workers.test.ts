import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { until } from '../../gateway/testing/until.js';
import { atDepth } from '../../test/deep.js';
import { openTemporaryProject, type Serving, type TemporaryProject } from '../testing/temporary-project.js';

const PURPOSE = '许可-00225-001';
const QUERIES = join(import.meta.dirname, '../../examples/queries');
const PARTICIPANTS = 'subgraphs/departments/joint/participant.yaml';
/** Enough for connections, which go to workers in turn, to reach both. */
const TIMES = 4;
/** One process more takes its time to start. */
const COMPARES_WITH_ONE = atDepth(false, true);

let project: TemporaryProject;
let token: string;
let systemToken: string;
/** What one process answers; null: that is not compared. */
let alone: ReadonlyMap<string, string> | null = null;
let serving: Serving;

const folder = (...path: readonly string[]): string => join(project.root, 'var', 'demo', 'tiny-1', ...path);

beforeAll(async () => {
  project = openTemporaryProject(await compileSources());
  if (COMPARES_WITH_ONE) {
    const one = await project.serve(['start', '--port', '0']);
    await readTokens();
    alone = await askExamplesWhenRead(one.url);
    await one.stop();
  }
  serving = await project.serve(['start', '--port', '0', '--workers', '2'], { LOG_LEVEL: 'info' });
  if (!COMPARES_WITH_ONE) await readTokens();
}, 180_000);

async function readTokens(): Promise<void> {
  token = (await project.run(['token', '--role', 'analyst', '--purpose', PURPOSE])).out.trim();
  systemToken = (await project.run(['token', '--role', 'system'])).out.trim();
}

/** What answers for keys is asked for them in the background. */
async function askExamplesWhenRead(url: string): Promise<ReadonlyMap<string, string>> {
  await until(async () => !(await ask<Kept>(url, KEPT)).data.interfaces.some(isUnread));
  return askExamples(url);
}

afterAll(async () => {
  await serving?.stop();
  project?.remove();
});

interface Kept {
  readonly interfaces: readonly { readonly snapshot: { readonly version: string | null } | null }[];
}
const KEPT = '{ interfaces { snapshot { version } } }';
const isUnread = ({ snapshot }: Kept['interfaces'][number]): boolean => snapshot?.version === null;

interface Answer<Data> {
  readonly data: Data;
  readonly errors?: unknown;
}

/** Asks until it is answered: a caller has a rate, and a busy machine refuses. */
async function ask<Data>(url: string, query: string): Promise<Answer<Data>> {
  for (;;) {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-purpose': encodeURIComponent(PURPOSE),
        connection: 'close',
      },
      body: JSON.stringify({ query }),
    });
    const answer = (await response.json()) as Answer<Data>;
    if (response.status !== 429 && response.status !== 503) return answer;
    await sleep(200);
  }
}

/** What all workers answer. */
function askAll<Data, T>(query: string, read: (data: Data) => T): Promise<readonly T[]> {
  return Promise.all(
    Array.from({ length: TIMES }, async () => read((await ask<Data>(serving.url, query)).data)),
  );
}

/** Differs from run to run: times, what follows from the moment of the last look, and cursors, which are sealed. */
const PASSING = new Set(['tookMs', 'asOf', 'lookedAt', 'endCursor', 'freshest', 'undated']);

async function askExamples(url: string): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  for (const file of readdirSync(QUERIES)) {
    const answer = await ask(url, readFileSync(join(QUERIES, file), 'utf8'));
    answers.set(
      file,
      JSON.stringify(answer, (key, value: unknown) => (PASSING.has(key) ? null : value)),
    );
  }
  return answers;
}

async function metrics(): Promise<string> {
  const response = await fetch(new URL('/metrics', serving.url), {
    headers: { connection: 'close', authorization: `Bearer ${systemToken}` },
    // A connection that is on its way to a worker while that is killed gets no answer.
    signal: AbortSignal.timeout(2000),
  });
  return response.text();
}

async function pids(): Promise<readonly number[]> {
  return [...(await metrics()).matchAll(/^graph_worker_pid\{pid="(\d+)"\} 1$/gm)].map(([, pid]) =>
    Number(pid),
  );
}

function hasSaid(pattern: RegExp): boolean {
  try {
    return serving.said(pattern) !== '';
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const COUNT_OF = (name: string, wanted = ''): string =>
  `{ inspections(where: { interface: ["${name}"] }${wanted}, first: 1) { totalCount } }`;
interface Counted {
  readonly inspections: { readonly totalCount: number };
}
const countIn = ({ inspections }: Counted): number => inspections.totalCount;

describe('start --workers 2', () => {
  it('answers every example alike in all processes, and as one process does', async () => {
    const together = await askExamplesWhenRead(serving.url);
    const others = [await askExamples(serving.url), ...(alone === null ? [] : [alone])];
    for (const other of others) expect(Object.fromEntries(together)).toEqual(Object.fromEntries(other));
    expect([...together.values()].filter((text) => text.startsWith('{"data":{'))).toHaveLength(together.size);
  });

  it('serves a file in all processes that was dropped meanwhile', async () => {
    const query =
      '{ licences(where: { interface: ["culture.entertainment-permit"] }, first: 1) { totalCount } }';
    const read = (data: { readonly licences: { readonly totalCount: number } }) => data.licences.totalCount;
    const [before = 0] = await askAll(query, read);
    const text = readFileSync(folder('culture', '娱乐场所许可证20260629.csv'), 'utf8');
    const [, row = ''] = text.split('\n');
    writeFileSync(
      folder('culture', '娱乐场所许可证20260630.csv'),
      `${text}${row.replace(/,3309221\d+,/, ',33092216009999,')}\n`,
    );
    await until(async () => (await askAll(query, read)).every((count) => count === before + 1));
  });

  it('reads a source for whoever wants it younger, and all processes serve what was read', async () => {
    const query = COUNT_OF('health.inspection');
    const [before = 0] = await askAll(query, countIn);
    const source = new Database(folder('health.sqlite'));
    source.prepare('DELETE FROM jcxx WHERE jcid = (SELECT min(jcid) FROM jcxx)').run();
    source.close();
    const { data } = await ask<Counted>(serving.url, COUNT_OF('health.inspection', ', maxAge: 0'));
    expect(countIn(data)).toBe(before - 1);
    expect(await askAll(query, countIn)).toEqual(Array(TIMES).fill(before - 1));
  });

  it('reads its files again in all processes, and none of them where they have a mistake', async () => {
    const file = join(project.root, PARTICIPANTS);
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.replace('key: [', 'key： ['));
    serving.tell('SIGHUP');
    await until(() => hasSaid(/(Not replaced)/));
    expect(await metrics()).toContain('graph_replacement_refused 1\n');
    expect(await askAll('{ interfaces { name } }', (data: unknown) => data !== null)).toEqual(
      Array(TIMES).fill(true),
    );
    writeFileSync(
      file,
      whole.replace('title: 综合查一次平台', 'title: 新平台').replace('perMinute: 600', 'perMinute: 5'),
    );
    serving.tell('SIGHUP');
    await until(async () =>
      (
        await askAll(
          '{ interfaces { name title } }',
          (data: { readonly interfaces: readonly { readonly name: string; readonly title: string }[] }) =>
            data.interfaces.find(({ name }) => name === 'joint.participant')?.title.startsWith('新平台'),
        )
      ).every(Boolean),
    );
    // The keeper says so when all workers have said it.
    await until(async () => (await metrics()).includes('graph_replacement_refused 0\n'));
    const text = await metrics();
    expect(text).toContain('graph_workers_wanted 2\n');
    expect(text).toMatch(/^graph_index_built_timestamp_seconds\{of="county"\} 1\d{9}/m);
    expect(text).toMatch(/^graph_snapshot_read_timestamp_seconds\{interface="health\.inspection"\} 1\d{9}/m);
  });

  it('asks a source no more often in all than its quota lets one process', async () => {
    const called = (text: string): number =>
      [
        ...text.matchAll(
          /^graph_source_duration_seconds_count\{interface="joint\.participant",[^}]*outcome="ok"\} (\d+)$/gm,
        ),
      ].reduce((sum, [, count]) => sum + Number(count), 0);
    const before = called(await metrics());
    const asked = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        ask(
          serving.url,
          `{ jointChecks(first: ${index + 1}) { nodes { id joint { participants { department } } } } }`,
        ),
      ),
    );
    const after = called(await metrics());
    expect(after - before).toBeGreaterThan(0);
    expect(after - before).toBeLessThanOrEqual(5);
    expect(asked.filter(({ errors }) => errors !== undefined).length).toBeGreaterThan(5);
  });

  it('puts another process in the place of one that is lost, and of all of them when it is told so', async () => {
    const before = await pids();
    expect(before).toHaveLength(2);
    process.kill(before[0] ?? 0, 'SIGKILL');
    await until(async () => {
      const now = await pids().catch((): readonly number[] => []);
      return now.length === 2 && !now.includes(before[0] ?? 0);
    });
    const lost = await pids();
    serving.tell('SIGUSR2');
    await until(async () => (await pids().catch(() => lost)).every((pid) => !lost.includes(pid)));
    expect((await askAll(COUNT_OF('market.inspection'), countIn)).every((count) => count > 0)).toBe(true);
  });

  it('ends all of them with the one that keeps the county, and has recorded what they answered in one trail', async () => {
    const workers = await pids();
    serving.tell('SIGKILL');
    await serving.ended;
    await until(() => workers.every((pid) => !isAlive(pid)));
    const key = join(project.root, 'var', 'demo-keys', 'audit-key');
    const words = ['audit', 'verify', join(project.root, 'var', 'demo-audit'), '--key', `file:${key}`];
    const { code, out } = await project.run(words);
    expect(out).toMatch(/\d{3} 条记录 records/);
    expect(code).toBe(0);
  });
});

describe('start --workers 2 refuses', () => {
  it('a trial, and a store of snapshots that it does not know to share', async () => {
    const trial = await project.run(['start', '--port', '0', '--workers', '2', '--also', 'nowhere.yaml']);
    expect(trial).toMatchObject({ code: 2, err: expect.stringContaining('--also is a trial') });
    const settings = join(project.root, 'gateway.yaml');
    writeFileSync(settings, 'snapshots: { store: clickhouse, url: "http://127.0.0.1:1", database: d }\n');
    const other = await project.run(['start', '--port', '0', '--workers', '2', '--gateway', settings]);
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('ClickHouse') });
  });
});
