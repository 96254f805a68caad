import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { until } from '../../gateway/testing/until.js';
import {
  type Ended,
  openTemporaryProject,
  type Serving,
  type TemporaryProject,
} from '../testing/temporary-project.js';

/** Runs a command that asks the gateway. */
const hand = (role: string, words: readonly string[]): Promise<Ended> =>
  project.run([...words, '--url', new URL('/', serving.url).href], { GRAPH_TOKEN: tokens.get(role) ?? '' });

const PAUSED = 'market.inspection';
const CUT_OFF = 'transport.inspection';

let project: TemporaryProject;
let serving: Serving;
const tokens = new Map<string, string>();
/** When a county of the demo begins. */
const NOON = Date.parse('2026-06-30T12:00:00+08:00');

const start = (): Promise<Serving> => project.serve(['start', '--port', '0', '--workers', '2']);

beforeAll(async () => {
  project = openTemporaryProject(await compileSources());
  serving = await start();
  breakSource();
  for (const role of ['analyst', 'data-centre']) {
    tokens.set(role, (await project.run(['token', '--role', role])).out.trim());
  }
}, 180_000);

afterAll(async () => {
  await serving?.stop();
  project?.remove();
});

/** Its department renames a column that is read: an incident, and a correction, as soon as that is found. */
const BROKEN = 'environment.credit';
function breakSource(): void {
  const file = join(project.root, 'var', 'demo', 'tiny-1', 'environment.sqlite');
  const database = new Database(file);
  database.exec('alter table hb_qyxypj rename column dsc_biz_timestamp to changed_at');
  database.close();
}

interface Answered<Data> {
  readonly data: Data;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

async function ask<Data>(role: string, query: string): Promise<Answered<Data>> {
  const response = await fetch(serving.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${tokens.get(role)}`,
      // So that the next one goes to another worker.
      connection: 'close',
    },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answered<Data>;
}

const pause = (seconds: number, name = PAUSED): string =>
  `mutation { pauseInterface(interface: "${name}", why: "停机检修", until: "${new Date(NOON + seconds * 1000).toISOString()}") { name paused { why by until } } }`;
const RESUME = `mutation { resumeInterface(interface: "${PAUSED}", why: "检修完毕") { paused { why } } }`;

interface Listed {
  readonly inspections: {
    readonly totalCount: number | null;
    readonly coverage: readonly {
      readonly interface: string;
      readonly state: string;
      readonly reason: string | null;
    }[];
  };
}
const LIST = `{ inspections(where: {interface: ["${PAUSED}"]}, first: 1) { totalCount coverage { interface state reason } } }`;

/** What each worker says of it. */
async function coverage(name = PAUSED): Promise<readonly (string | null)[]> {
  const found = [];
  for (let time = 0; time < 4; time += 1) {
    const { data } = await ask<Listed>('analyst', LIST.replace(PAUSED, name));
    const [one] = data.inspections.coverage;
    found.push(one?.state === 'MISSING' ? one.reason : (one?.state ?? null));
  }
  return found;
}

const ALL_PAUSED = Array.from({ length: 4 }, () => expect.stringMatching(/^INTERFACE_PAUSED: .*至 .*Until/));

const ALL_CUT_OFF = Array.from({ length: 4 }, () => expect.stringMatching(/^SOURCE_CUT_OFF: .*至 .*Until/));

const CHANGED = /REQUESTS +INFO +WARN +2026-06-30T12:/;

interface Watched {
  readonly interfaces: readonly {
    readonly name: string;
    readonly state: string;
    readonly paused: { readonly why: string; readonly by: string } | null;
    readonly breakerOpened: { readonly why: string } | null;
  }[];
}

async function watched(one = PAUSED): Promise<Watched['interfaces'][number] | undefined> {
  const query = '{ interfaces { name state paused { why by } breakerOpened { why } } }';
  const { data } = await ask<Watched>('data-centre', query);
  return data.interfaces.find(({ name }) => name === one);
}

function auditText(): string {
  const folder = join(project.root, 'var', 'demo-audit');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

describe('pauseInterface', () => {
  it('is refused whoever may not, without a reason, by GET, and for a time that is not ahead', async () => {
    expect((await ask('analyst', pause(600))).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await ask('data-centre', pause(-600))).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await ask('data-centre', pause(40 * 86_400))).errors?.[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
    expect((await ask('data-centre', pause(600, 'no.such'))).errors?.[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
    const silent = pause(600).replace('停机检修', ' ');
    expect((await ask('data-centre', silent)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const search = `${serving.url}?query=${encodeURIComponent(pause(600))}`;
    const byGet = await fetch(search, { headers: { authorization: `Bearer ${tokens.get('data-centre')}` } });
    expect(byGet.status).toBe(405);
    expect(await coverage()).toEqual(['LIVE', 'LIVE', 'LIVE', 'LIVE']);
  });

  it('holds in all workers at once, is told with its reason, and is no incident', async () => {
    const { data, errors } = await ask<{ pauseInterface: Watched['interfaces'][number] }>(
      'data-centre',
      pause(3600),
    );
    expect(errors).toBeUndefined();
    expect(data.pauseInterface.paused).toMatchObject({
      why: '停机检修',
      by: expect.stringContaining('data-centre'),
    });
    expect(await coverage()).toEqual(ALL_PAUSED);
    expect(await watched()).toMatchObject({ state: 'PAUSED', paused: { why: '停机检修' } });
    const { data: told } = await ask<{ incidents: unknown[] }>(
      'data-centre',
      `{ incidents(where: {interface: ["${PAUSED}"]}) { cause } }`,
    );
    expect(told.incidents).toEqual([]);
    expect(auditText()).toContain('interface-paused');
    expect(auditText()).toContain('停机检修');
  });

  it('is said by status, and can be done and undone from the shell', async () => {
    const { code, out } = await hand('data-centre', ['status', PAUSED]);
    expect(code).toBe(0);
    expect(out).toMatch(/PAUSED/);
    expect(out).toContain('停机检修');
    expect(await hand('data-centre', ['resume', PAUSED, '--why', '检修完毕'])).toMatchObject({ code: 0 });
    expect(await coverage()).toEqual(['LIVE', 'LIVE', 'LIVE', 'LIVE']);
    const asked = ['pause', PAUSED, '--why', '再次检修', '--until', '2026-06-30T15:00'];
    expect(await hand('analyst', asked)).toMatchObject({
      code: 2,
      err: expect.stringContaining('FORBIDDEN'),
    });
    const paused = await hand('data-centre', [...asked, '--format', 'json']);
    expect(JSON.parse(paused.out)).toMatchObject({
      name: PAUSED,
      paused: { until: '2026-06-30T15:00:00+08:00' },
    });
    expect(await coverage()).toEqual(ALL_PAUSED);
    expect((await hand('data-centre', ['status'])).out).toContain('再次检修');
    expect((await hand('data-centre', ['incidents', '--open'])).code).toBe(0);
    expect((await hand('data-centre', ['drift', PAUSED])).code).toBe(0);
    expect((await hand('data-centre', ['drift', 'no.such'])).code).toBe(1);
  }, 60_000);

  it('is not the only hand: levels of the log change in all workers for a while, recorded', async () => {
    await ask('analyst', 'query Untold { interfaces { name } }');
    const words = ['log-level', 'info', '--part', 'requests', '--for', '10m'];
    expect(await hand('analyst', words)).toMatchObject({
      code: 2,
      err: expect.stringContaining('FORBIDDEN'),
    });
    expect(await hand('data-centre', words)).toMatchObject({ code: 0, out: expect.stringMatching(CHANGED) });
    for (let time = 0; time < 4; time += 1) {
      await ask('analyst', 'query Told { interfaces { name } }');
      expect((await hand('data-centre', ['log-level'])).out).toMatch(CHANGED);
    }
    expect((await hand('analyst', ['log-level'])).code).toBe(1);
    expect(auditText()).toContain('log-level-set');
  }, 60_000);

  it('notes who sees to an incident, that a correction was sent, and what its department answered', async () => {
    const list = `{ incidents(where: {open: true, interface: ["${BROKEN}"]}) { id acknowledged { by why } } }`;
    type Incidents = { incidents: readonly { id: string; acknowledged: { why: string } | null }[] };
    const found = async () => (await ask<Incidents>('data-centre', list)).data.incidents;
    await until(async () => (await found()).length > 0);
    const [{ id } = { id: '' }] = await found();
    const words = ['acknowledge', id, '--why', '已联系科室'];
    expect(await hand('analyst', words)).toMatchObject({
      code: 2,
      err: expect.stringContaining('FORBIDDEN'),
    });
    expect(await hand('data-centre', words)).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('已联系科室'),
    });
    expect((await hand('data-centre', ['acknowledge', 'none', '--why', 'x'])).code).toBe(2);
    expect(await found()).toMatchObject([{ id, acknowledged: { why: '已联系科室' } }]);
    expect((await hand('data-centre', ['incidents', '--open'])).out).toContain('已联系科室');

    const corrections = '{ corrections { id state sent { by } answer { accepted text } } }';
    const file = join(project.root, 'bulletin.html');
    const week = ['corrections', '--department', 'environment', '--week', '2026-W27', '--format', 'html'];
    const written = await hand('data-centre', [...week, '--out', file]);
    expect(written).toMatchObject({ code: 0, out: expect.stringContaining('Noted as sent: 1') });
    expect(readFileSync(file, 'utf8')).toContain('已联系科室');
    expect((await ask('data-centre', corrections)).data).toMatchObject({
      corrections: [
        { id, state: 'SENT', sent: { by: expect.stringContaining('data-centre') }, answer: null },
      ],
    });
    const answer = await hand('data-centre', ['answer-correction', id, '--accepted', '本周改回']);
    expect(answer).toMatchObject({ code: 0, err: '' });
    expect((await ask('data-centre', corrections)).data).toMatchObject({
      corrections: [{ id, state: 'ANSWERED', answer: { accepted: true, text: '本周改回' } }],
    });
    const actions = /incident-acknowledged[\s\S]*corrections-sent[\s\S]*correction-answered/;
    expect(auditText()).toMatch(actions);
  }, 120_000);

  it('outlives files that are read again, and a restart, as a breaker does that was opened', async () => {
    const opened = await hand('data-centre', ['breaker', 'open', CUT_OFF, '--why', '来源过载']);
    expect(opened).toMatchObject({ code: 0, err: '', out: expect.stringContaining('2026-07-31T12:') });
    serving.tell('SIGHUP');
    await ask('data-centre', '{ interfaces { name } }');
    expect(await coverage()).toEqual(ALL_PAUSED);
    expect(await coverage(CUT_OFF)).toEqual(ALL_CUT_OFF);
    const { err } = await serving.stop();
    expect(err.match(/"operation":"Told"/g)).toHaveLength(4);
    expect(err).not.toContain('Untold');
    serving = await start();
    expect((await hand('data-centre', ['log-level'])).out).not.toMatch(CHANGED);
    expect(await coverage()).toEqual(ALL_PAUSED);
    expect(await coverage(CUT_OFF)).toEqual(ALL_CUT_OFF);
  }, 120_000);

  it('ends when it is resumed', async () => {
    const { errors } = await ask('data-centre', RESUME);
    expect(errors).toBeUndefined();
    expect(await coverage()).toEqual(['LIVE', 'LIVE', 'LIVE', 'LIVE']);
    expect(auditText()).toContain('interface-resumed');
  });
});

describe('openBreaker', () => {
  it('is told apart from a pause and from a fault, and ends in all workers when it is closed', async () => {
    expect(await watched(CUT_OFF)).toMatchObject({
      state: 'CUT_OFF',
      paused: null,
      breakerOpened: { why: '来源过载' },
    });
    expect((await hand('data-centre', ['status', CUT_OFF])).out).toMatch(/CUT_OFF[\s\S]*来源过载/);
    const forbidden = await hand('analyst', ['breaker', 'close', CUT_OFF, '--why', '恢复']);
    expect(forbidden).toMatchObject({ code: 2, err: expect.stringContaining('FORBIDDEN') });
    const closed = await hand('data-centre', ['breaker', 'close', CUT_OFF, '--why', '恢复']);
    expect(closed).toMatchObject({ code: 0, err: '' });
    expect(await coverage(CUT_OFF)).toEqual(['LIVE', 'LIVE', 'LIVE', 'LIVE']);
    expect(await watched(CUT_OFF)).toMatchObject({ breakerOpened: null });
    const { data } = await ask<{ incidents: unknown[] }>(
      'data-centre',
      `{ incidents(where: {interface: ["${CUT_OFF}"]}) { cause } }`,
    );
    expect(data.incidents).toEqual([]);
    expect(auditText()).toMatch(/breaker-opened[\s\S]*breaker-closed/);
  }, 60_000);
});
