import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer } from '../../adapters/web/testing/test-server.js';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { until } from '../../gateway/testing/until.js';
import { Secret } from '../../runtime/config/secret.js';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import type { Incident } from '../../subgraphs/port/observation.js';
import { openEmbeddedHistory } from '../observe/history/embedded-history.js';
import type { HistoryStore } from '../observe/history/history-store.js';
import { type Notifier, openNotifier } from './notifier.js';
import type { ChannelSettings } from './notify-settings.js';
import { ROBOT_SECRET, ROBOT_TOKEN, startRobot, type TestRobot } from './testing/robot.js';
import { toldInFile } from './told-places.js';

const MINUTE = 60;
const HOUR = 3600;

let folder: string;
let clock: HandClock;
let robot: TestRobot;
let history: HistoryStore;
let notifier: Notifier;
let failures: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eg-notify-'));
  clock = new HandClock();
  robot = await startRobot(() => clock.ms);
  history = openEmbeddedHistory(join(folder, 'history.sqlite'));
  failures = [];
});
afterEach(async () => {
  await notifier.close();
  await history.close();
  await robot.close();
  rmSync(folder, { recursive: true, force: true });
});

function channel(more: Partial<ChannelSettings> = {}): ChannelSettings {
  return {
    name: 'duty',
    target: {
      kind: 'dingtalk',
      url: robot.url,
      token: new Secret(ROBOT_TOKEN),
      secret: new Secret(ROBOT_SECRET),
    },
    departments: null,
    causes: null,
    severity: null,
    quiet: [],
    perMinute: 20,
    escalate: null,
    ...more,
  };
}

async function open(...channels: readonly ChannelSettings[]): Promise<void> {
  notifier = await openNotifier({
    channels,
    watch: history,
    clock,
    place: toldInFile(join(folder, 'told.json')),
    observer: {
      sent: () => undefined,
      failed: (name, reason) => failures.push(`${name} ${reason}`),
      waiting: () => undefined,
    },
    onFailure: (what) => failures.push(what),
  });
  notifier.about([{ name: 'market.inspection', title: '检查', department: 'market' }]);
}

let count = 0;
async function happens(more: Partial<Incident> = {}): Promise<Incident> {
  count += 1;
  const incident: Incident = {
    id: `i${count}`,
    interface: 'market.inspection',
    cause: 'UNREACHABLE',
    about: null,
    severity: 'CRITICAL',
    since: clock.ms,
    until: null,
    detail: '无法连接。It cannot be reached.',
    heals: '恢复应答。It answers again.',
    requestId: 'r-1',
    times: 1,
    ...more,
  };
  await write(incident);
  return incident;
}

function write(...incidents: readonly Incident[]): Promise<void> {
  return history.write({ measurements: [], incidents, remembered: new Map() });
}

/** Turns the clock on, as the notifier's own timer would be. */
async function live(seconds: number, every = 10): Promise<void> {
  for (let passed = 0; passed < seconds; passed += every) {
    clock.pass(every);
    await notifier.pass();
  }
}

function titles(): readonly string[] {
  return robot.taken.map(({ title }) => title);
}

/** What was told of each, in the order of telling. */
function kinds(): readonly string[] {
  return titles().map((title) => /（(.+)）$/.exec(title)?.[1] ?? title);
}

describe('an incident', () => {
  it('is told once, and its end once', async () => {
    await open(channel());
    const incident = await happens();
    await live(5 * MINUTE);
    await write({ ...incident, detail: '仍然。Still.' });
    await live(5 * MINUTE);
    await write({ ...incident, until: clock.ms });
    await live(5 * MINUTE);
    expect(titles()).toEqual([
      '【严重】检查 market.inspection 无法连接 unreachable（发生）',
      '【严重】检查 market.inspection 无法连接 unreachable（已恢复）',
    ]);
    expect(robot.taken[0]?.text).toContain('- 情况 What：无法连接。It cannot be reached.');
    expect(robot.refused).toEqual([]);
  });

  it('that becomes worse is told once more, and whoever is told of the critical alone hears of it then', async () => {
    await open(channel(), channel({ name: 'leader', severity: 'CRITICAL' }));
    const incident = await happens({ cause: 'LATE', severity: 'WARNING' });
    await live(5 * MINUTE);
    expect(kinds()).toEqual(['发生']);
    await write({ ...incident, severity: 'CRITICAL', raisedAt: clock.ms });
    await live(5 * MINUTE);
    expect(kinds()).toEqual(['发生', '升为严重', '发生']);
    expect(titles()[1]).toMatch(/^【严重】/);
    await notifier.close();
    await open(channel());
    await live(5 * MINUTE);
    await write({ ...incident, severity: 'CRITICAL', raisedAt: clock.ms, until: clock.ms });
    await live(5 * MINUTE);
    expect(kinds()).toEqual(['发生', '升为严重', '发生', '已恢复']);
  });

  it('that comes again after its end was told is told again', async () => {
    await open(channel());
    const incident = await happens();
    await live(10);
    await write({ ...incident, until: clock.ms });
    await live(10);
    await write({ ...incident, times: 2 });
    await live(MINUTE);
    expect(kinds()).toEqual(['发生', '已恢复', '再次发生']);
  });

  it('whose end is found half an hour late is told to have ended', async () => {
    await open(channel());
    const incident = await happens();
    await live(HOUR, MINUTE);
    await write({ ...incident, until: clock.ms - HOUR / 2 });
    await live(MINUTE);
    expect(kinds()).toEqual(['发生', '已恢复']);
  });

  it('goes to the channels of its department, cause and severity alone', async () => {
    await open(
      channel({ name: 'health', departments: ['health'] }),
      channel({ name: 'codes', causes: ['CODES_UNKNOWN'] }),
      channel({ name: 'worst', severity: 'CRITICAL' }),
      channel({ name: 'market', departments: ['market'] }),
    );
    await happens({ severity: 'WARNING' });
    await live(MINUTE);
    expect(titles()).toHaveLength(1);
  });

  it('that had ended before there was a channel is not told', async () => {
    await happens({ since: clock.ms - HOUR * 1000, until: clock.ms - 1000 });
    await open(channel());
    await live(MINUTE);
    expect(titles()).toEqual([]);
  });
});

describe('quiet hours', () => {
  const quiet = [{ from: '22:00', to: '07:00' }];
  beforeEach(() => {
    clock.ms = Date.parse('2026-06-30T23:00:00+08:00');
  });

  it('keep what is no more than a warning to their end, with what ended meanwhile', async () => {
    await open(channel({ quiet }));
    await happens({ severity: 'WARNING', cause: 'SLOW', until: clock.ms + 60_000 });
    await happens({ severity: 'WARNING', cause: 'LATE', since: clock.ms + 1000 });
    await live(8 * HOUR - MINUTE, MINUTE);
    expect(titles()).toEqual([]);
    await live(2 * MINUTE, MINUTE);
    expect(kinds()).toEqual(['曾发生，已恢复', '发生']);
  });

  it('let through what is critical', async () => {
    await open(channel({ quiet }));
    await happens();
    await live(10);
    expect(kinds()).toEqual(['发生']);
  });
});

describe('what lasts too long', () => {
  it('is told to a further channel after a time, and its end to both', async () => {
    await open(
      channel({ name: 'duty', escalate: { afterMs: 30 * MINUTE * 1000, to: 'leader' } }),
      channel({ name: 'leader' }),
    );
    const short = await happens({ cause: 'LATE' });
    const long = await happens();
    await live(10 * MINUTE);
    await write({ ...short, until: clock.ms });
    await live(19 * MINUTE);
    expect(kinds()).toEqual(['发生', '发生', '已恢复']);
    await live(2 * MINUTE);
    expect(kinds().slice(3)).toEqual(['升级：仍未恢复']);
    await write({ ...long, until: clock.ms });
    await live(MINUTE);
    expect(kinds().slice(4)).toEqual(['已恢复', '已恢复']);
  });

  it('is escalated no more once somebody acknowledged it, unless it becomes worse; its end is told', async () => {
    await open(
      channel({ name: 'duty', escalate: { afterMs: 30 * MINUTE * 1000, to: 'leader' } }),
      channel({ name: 'leader' }),
    );
    const incident = await happens({ severity: 'WARNING' });
    await live(10 * MINUTE);
    const notes = { acknowledged: { at: clock.ms, by: 'idp/li', why: '已联系科室' } };
    await write({ ...incident, notes });
    await live(HOUR, MINUTE);
    expect(kinds()).toEqual(['发生']);
    const raised = { ...incident, notes, severity: 'CRITICAL', raisedAt: clock.ms } as const;
    await write(raised);
    await live(2 * MINUTE);
    expect(kinds().slice(1).sort()).toEqual(['升为严重', '升级：仍未恢复']);
    await write({ ...raised, until: clock.ms });
    await live(MINUTE);
    expect(kinds().slice(3)).toEqual(['已恢复', '已恢复']);
    expect(robot.taken.at(-1)?.text).toContain('知悉 Acknowledged：idp/li');
  });
});

describe('a storm', () => {
  it('is told within what a robot takes in a minute, the rest as a summary', async () => {
    await open(channel());
    for (let one = 0; one < 50; one++) await happens({ interface: `market.i${one}` });
    await live(MINUTE);
    expect(titles()).toHaveLength(20);
    expect(titles()[19]).toBe('另有 31 条通知 31 more notices');
    expect(robot.taken[19]?.text).toContain('其余 16 条');
    expect(robot.refused).toEqual([]);
    await live(5 * MINUTE);
    expect(titles()).toHaveLength(20);
  });
});

describe('a robot', () => {
  it('that was away is told all of it when it is back', async () => {
    await open(channel());
    robot.behaviour.isAway = true;
    const incident = await happens();
    await live(5 * MINUTE);
    // 10, 20, 40, 80 and 160 s apart.
    expect(failures).toHaveLength(5);
    await write({ ...incident, until: clock.ms });
    await happens({ cause: 'LATE' });
    robot.behaviour.isAway = false;
    await live(10 * MINUTE);
    expect(kinds()).toEqual(['曾发生，已恢复', '发生']);
  });

  it('that finds the sign wrong is not taken to have been told', async () => {
    const { target } = channel();
    await open(channel({ target: { ...target, secret: new Secret('SEC-of-another') } }));
    await happens();
    await live(MINUTE);
    expect(robot.taken).toEqual([]);
    expect(robot.refused).toContain(310_000);
    expect(failures[0]).toBe('duty errcode 310000');
  });

  it('that is told too much by others is left alone for ten minutes, and told then', async () => {
    await open(channel({ name: 'noise', perMinute: 40 }));
    for (let one = 0; one < 30; one++) await happens({ interface: `market.i${one}` });
    await live(10);
    expect(failures).toEqual(['noise errcode 130101']);
    await live(9 * MINUTE);
    expect(robot.refused).toEqual([130_101]);
    await live(2 * MINUTE);
    expect(titles()).toHaveLength(30);
  });
});

describe('a restart', () => {
  it('loses nothing and tells nothing twice, however the process ends', async () => {
    await open(channel());
    const told = await happens();
    await live(10);
    robot.behaviour.isAway = true;
    await happens({ cause: 'LATE' });
    await live(10);
    // It is not closed: what it knew is in its file or lost.
    const killed = notifier;
    robot.behaviour.isAway = false;
    await open(channel());
    await write({ ...told, until: clock.ms });
    await live(MINUTE);
    expect(kinds().toSorted()).toEqual(['发生', '发生', '已恢复']);
    await killed.close();
  });

  it('after a kill sends once more what was not answered, and nothing that was', async () => {
    await open(channel());
    await notifier.close();
    for (let one = 0; one < 3; one++) {
      await happens({ interface: `market.i${one}`, since: Date.now() + one - 60_000 });
    }
    const compiled = await compileSources();
    robot.behaviour.answers = 2;
    const words = [join(folder, 'history.sqlite'), join(folder, 'told.json'), robot.url];
    const program = compiled.pathOf('county/notify/testing/notify-until-killed.ts');
    const child = spawn(process.execPath, [program, ...words, ROBOT_TOKEN, ROBOT_SECRET], {
      stdio: 'inherit',
    });
    await until(() => robot.taken.length === 3 || child.exitCode !== null);
    child.kill('SIGKILL');
    await once(child, 'exit');
    robot.behaviour.answers = Number.POSITIVE_INFINITY;
    clock.ms = Date.now();
    await open(channel());
    await live(MINUTE);
    expect(titles().map((title) => /market\.i\d/.exec(title)?.[0])).toEqual([
      'market.i0',
      'market.i1',
      'market.i2',
      'market.i2',
    ]);
  }, 60_000);

  it('over a file that cannot be read tells what lasts again, and says so', async () => {
    await open(channel());
    await happens({ cause: 'LATE', until: clock.ms });
    await happens();
    await live(10);
    await notifier.close();
    writeFileSync(join(folder, 'told.json'), '{"startedAt":');
    clock.pass(10);
    await open(channel());
    await live(MINUTE);
    expect(failures).toEqual(['what was told could not be read']);
    expect(kinds().slice(2)).toEqual(['发生']);
  });

  it('does not tell again what ended long ago', async () => {
    await open(channel());
    await happens({ until: clock.ms + 1000 });
    await live(10);
    await live(4 * 24 * HOUR, HOUR);
    await open(channel());
    await live(MINUTE);
    expect(kinds()).toEqual(['曾发生，已恢复']);
  });
});

describe('a webhook', () => {
  it('that leads elsewhere is not followed', async () => {
    const elsewhere: string[] = [];
    const other = await startTestServer(({ url }, response) => {
      elsewhere.push(url ?? '');
      response.end();
    });
    const server = await startTestServer((_, response) => {
      response.writeHead(307, { location: other.url }).end();
    });
    try {
      const target = { kind: 'webhook', url: server.url, secret: new Secret('key-of-the-hook') } as const;
      await open(channel({ target }));
      await happens();
      await live(MINUTE);
      expect(failures[0]).toBe('duty HTTP 307');
      expect(elsewhere).toEqual([]);
    } finally {
      await server.close();
      await other.close();
    }
  });

  it('gets JSON that is signed, and the same id when it is sent again', async () => {
    const seen: { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }[] = [];
    let status = 500;
    const server = await startTestServer(({ headers }, response, body) => {
      seen.push({ headers, body });
      response.writeHead(status).end();
    });
    try {
      const target = {
        kind: 'webhook',
        url: `${server.url}/in?of=eg`,
        secret: new Secret('key-of-the-hook'),
      } as const;
      await open(channel({ target }));
      const { id } = await happens();
      await live(10);
      status = 204;
      await live(MINUTE);
      expect(failures).toEqual(['duty HTTP 500']);
      expect(seen).toHaveLength(2);
      for (const { headers, body } of seen) {
        const signed = `${headers['x-timestamp']}.${body}`;
        const expected = createHmac('sha256', 'key-of-the-hook').update(signed).digest('hex');
        expect(headers['x-signature']).toBe(`sha256=${expected}`);
        expect(headers['x-message-id']).toBe(`${id}/BEGAN/1`);
      }
      expect(JSON.parse(seen[1]?.body ?? '')).toMatchObject({
        kind: 'BEGAN',
        incident: id,
        interface: 'market.inspection',
        department: 'market',
        cause: 'UNREACHABLE',
        severity: 'CRITICAL',
        since: '2026-06-30T12:00:00+08:00',
        until: null,
      });
    } finally {
      await server.close();
    }
  });
});
