import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { localIssuer } from '../../gateway/access/identity/local-issuer.js';
import { IN_PEACE } from '../../gateway/http/listener/ending.js';
import { type CompiledSources, compileSources } from '../../gateway/testing/compiled-sources.js';
import { openRemoteShop, type RemoteShop } from '../../gateway/testing/remote-shop.js';
import { until } from '../../gateway/testing/until.js';
import { openTemporaryProject, type Serving, type TemporaryProject } from '../testing/temporary-project.js';

let compiled: CompiledSources;
let shop: RemoteShop;
let project: TemporaryProject;
let file: string;
let whole: string;

beforeAll(async () => {
  compiled = await compileSources();
  shop = await openRemoteShop(compiled);
  project = openTemporaryProject(compiled);
  file = join(project.root, 'supergraph.graphql');
  whole = readFileSync(shop.supergraphFile, 'utf8');
  writeFileSync(file, whole);
}, 120_000);
afterAll(async () => {
  project?.remove();
  await shop?.close();
});
beforeEach(() => writeFileSync(file, whole));

/** The same graph with another description: it is served as another one. */
const withAnother = (): string =>
  whole.replace('broken: String', 'broken: String @deprecated(reason: "gone")');

function serve(words: readonly string[] = []): Promise<Serving> {
  return project.serve(['serve', '--open', '-s', file, '--port', '0', ...words], { LOG_LEVEL: 'info' });
}

async function ask(url: string, query = '{ products { title } }', headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return {
    status: response.status,
    connection: response.headers.get('connection'),
    text: await response.text(),
  };
}

/** Why `broken` is deprecated, as the graph that serves says. */
async function reasonOf(url: string): Promise<string | null> {
  const query = '{ __type(name: "Query") { fields(includeDeprecated: true) { name deprecationReason } } }';
  interface Shown {
    readonly __type: {
      readonly fields: readonly { readonly name: string; readonly deprecationReason: string | null }[];
    };
  }
  let shown: Shown | null = null;
  // A machine that is busy with other things may not plan it in time.
  await until(async () => {
    const { text } = await ask(url, query, { connection: 'close' });
    shown = JSON.parse(text).data ?? null;
    return shown !== null;
  });
  const { fields } = (shown as Shown | null)?.__type ?? { fields: [] };
  return fields.find(({ name }) => name === 'broken')?.deprecationReason ?? null;
}

/** A connection that is on its way to a worker while that is killed gets no answer: whoever asks has a limit. */
async function metricsOf(url: string): Promise<string> {
  const signal = AbortSignal.timeout(2000);
  const response = await fetch(new URL('/metrics', url), { headers: { connection: 'close' }, signal });
  return response.text();
}

/** Asks again and again on kept connections until it is told to stop. @returns what was not answered as it must be. */
function keepAsking(url: string): {
  stop(): Promise<{ readonly asked: number; readonly lost: readonly string[] }>;
} {
  let isOver = false;
  let asked = 0;
  const lost: string[] = [];
  const caller = async (): Promise<void> => {
    while (!isOver) {
      asked += 1;
      try {
        const { status, text } = await ask(url);
        if (status !== 200 || !text.includes('"Net"')) lost.push(`${status} ${text}`);
      } catch (error) {
        lost.push(String(error instanceof Error ? (error.cause ?? error) : error));
      }
    }
  };
  const callers = [caller(), caller(), caller()];
  return {
    stop: async () => {
      isOver = true;
      await Promise.all(callers);
      return { asked, lost };
    },
  };
}

describe('serve', () => {
  it('reads its supergraph again at SIGHUP without a failed request, and refuses one that cannot be served', async () => {
    const serving = await serve();
    const asking = keepAsking(serving.url);
    writeFileSync(file, withAnother());
    serving.tell('SIGHUP');
    await until(async () => (await reasonOf(serving.url)) === 'gone');
    writeFileSync(file, 'type Query { broken');
    serving.tell('SIGHUP');
    await until(async () =>
      /graph_replacements_total\{outcome="refused"\} 1/.test(await metricsOf(serving.url)),
    );
    expect(await reasonOf(serving.url)).toBe('gone');
    const { asked, lost } = await asking.stop();
    expect(lost).toEqual([]);
    expect(asked).toBeGreaterThan(3);
    const { code, out } = await serving.stop();
    expect(code).toBe(0);
    expect(out).toMatch(/没有更换，原有的继续服务。Not replaced/);
  });

  it('reads it again by itself with --watch', async () => {
    const serving = await serve(['--watch']);
    expect(await reasonOf(serving.url)).not.toBe('gone');
    writeFileSync(file, withAnother());
    await until(async () => (await reasonOf(serving.url)) === 'gone');
    expect((await serving.stop()).code).toBe(0);
  });

  it('answers at SIGTERM what it has accepted, tells others to come back, and ends with 0', async () => {
    const serving = await serve();
    const slow = ask(serving.url, '{ slow(ms: 1500) }');
    await until(async () => /graph_plan_lookups_total/.test(await metricsOf(serving.url)));
    await ask(serving.url);
    serving.tell('SIGTERM');
    await until(async () => (await ask(serving.url)).status === 503);
    expect(await ask(serving.url)).toMatchObject({ status: 503, connection: 'close' });
    expect((await fetch(new URL('/health/ready', serving.url))).status).toBe(503);
    expect(await slow).toMatchObject({ status: 200, text: expect.stringContaining('"slow"') });
    expect((await serving.ended).code).toBe(0);
  });
});

describe('serve --workers 2', () => {
  let serving: Serving;
  beforeAll(async () => {
    serving = await serve(['--workers', '2']);
  }, 60_000);
  afterAll(() => serving?.stop());

  /** Processes that have answered, as their logs cannot be seen from here. */
  const pidsOf = async (): Promise<ReadonlySet<string>> => {
    const lines = (await metricsOf(serving.url)).split('\n');
    return new Set(lines.filter((line) => line.startsWith('graph_worker_pid{')));
  };

  it('counts what all of them answer', async () => {
    const before = countOf(await metricsOf(serving.url));
    for (let index = 0; index < 10; index += 1)
      await ask(serving.url, '{ products { title } }', { connection: 'close' });
    const after = await metricsOf(serving.url);
    expect(countOf(after) - before).toBe(10);
    expect(after).toContain('\ngraph_workers 2\n');
    expect((await pidsOf()).size).toBe(2);
  });

  it('puts another one in the place of one that is lost, which knows what was asked before anybody asks it', async () => {
    const [first = ''] = await pidsOf();
    process.kill(pidIn(first), 'SIGKILL');
    await until(async () => {
      const pids = await pidsOf().catch(() => new Set<string>());
      return pids.size === 2 && !pids.has(first);
    });
    // It has a pid before it serves.
    await until(async () => plannedIn(await metricsOf(serving.url)) === 2);
    expect((await ask(serving.url)).status).toBe(200);
  });

  it('renews all of them at SIGUSR2 without a failed request', async () => {
    const before = await pidsOf();
    const asking = keepAsking(serving.url);
    serving.tell('SIGUSR2');
    await until(async () => {
      const pids = await pidsOf();
      return pids.size === 2 && [...pids].every((pid) => !before.has(pid));
    });
    expect((await asking.stop()).lost).toEqual([]);
  });

  it('has all of them read the supergraph again', async () => {
    writeFileSync(file, withAnother());
    serving.tell('SIGHUP');
    await until(async () => {
      const reasons = await Promise.all(Array.from({ length: 8 }, () => reasonOf(serving.url)));
      return reasons.every((reason) => reason === 'gone');
    });
  });

  it('answers at SIGTERM whoever has connected by then, even where no worker comes to read for seconds', async () => {
    const pids = [...(await pidsOf())].map(pidIn);
    serving.tell('SIGTERM');
    // Both have been told: each new connection is the next one's.
    for (let told = 0; told < 2; )
      told = (await ask(serving.url, undefined, { connection: 'close' })).status === 503 ? told + 1 : 0;
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const answers = Array.from({ length: 20 }, () => ask(serving.url, undefined, { connection: 'close' }));
    // So long that they find their time over before they find what was sent to them.
    await sleep(IN_PEACE.lingerMs);
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    for (const { status } of await Promise.all(answers)) expect(status).toBe(503);
    expect((await serving.ended).code).toBe(0);
  });
});

describe('serve --workers 2, guarded', () => {
  const KEY = { KEY: 'k'.repeat(64) };
  let headers: Record<string, string>;
  let words: readonly string[];
  beforeAll(async () => {
    const { settings, issueToken } = await localIssuer(join(project.root, 'keys'));
    const token = await issueToken({ role: 'analyst', name: 'li', validFor: 86_400_000 });
    headers = { authorization: `Bearer ${token}`, connection: 'close' };
    const { name, issuer, audiences, algorithms } = settings;
    const keys = { file: 'file' in settings.keys ? settings.keys.file : '' };
    const [audience] = audiences;
    const access = { issuers: { [name]: { issuer, audience, algorithms, keys } } };
    const key = '$' + '{env:KEY}';
    const gateway = {
      limits: { rate: 1, burst: 40 },
      audit: { folder: join(project.root, 'audit'), sign: { with: 'hmac', key }, subjectKey: key },
    };
    // JSON is YAML.
    writeFileSync(join(project.root, 'access.yaml'), JSON.stringify(access));
    writeFileSync(join(project.root, 'gateway.yaml'), JSON.stringify(gateway));
    words = ['--access', join(project.root, 'access.yaml'), '--gateway', join(project.root, 'gateway.yaml')];
  });

  it('counts a caller once, records all in one trail, and answers health on a port of its own', async () => {
    const serving = await project.serve(
      ['serve', '-s', file, '--port', '0', '--workers', '2', '--health-port', '0', ...words],
      { ...KEY, LOG_LEVEL: 'warn' },
    );
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 120 }, () => ask(serving.url, '{ products { title } }', headers)),
    );
    const counted = (status: number): number => answers.filter((one) => one.status === status).length;
    const seconds = Math.ceil((performance.now() - began) / 1000);
    expect(counted(200) + counted(429)).toBe(120);
    expect(counted(200)).toBeGreaterThan(0);
    expect(counted(200)).toBeLessThanOrEqual(40 + seconds);
    const health = serving.said(/Health and metrics: (\S+)\/health\/live/);
    expect((await fetch(`${health}/health/live`)).status).toBe(200);
    expect((await fetch(`${health}/metrics`)).status).toBe(401);
    expect((await serving.stop()).code).toBe(0);
    const verified = await project.run(
      ['audit', 'verify', join(project.root, 'audit'), '--key', 'env:KEY'],
      KEY,
    );
    expect([verified.code, verified.err]).toEqual([0, '']);
    // One more for whoever asked for metrics and was not let in.
    expect(verified.out).toContain(`${counted(200) + 1} 条记录`);
  });
});

function countOf(metrics: string): number {
  const counts = metrics.matchAll(/^graph_request_duration_seconds_count\{[^}]*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

function plannedIn(metrics: string): number {
  return Number(/^graph_plan_lookups_total\{found="false"\} (\d+)$/m.exec(metrics)?.[1]);
}

function pidIn(line: string): number {
  return Number(/pid="(\d+)"/.exec(line)?.[1]);
}
