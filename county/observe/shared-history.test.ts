import pg from 'pg';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import { openSmallDepartment } from '../../subgraphs/engine/testing/small-department.js';
import { UNOBSERVED } from '../../subgraphs/port/source-observer.js';
import { historyOf } from '../../subgraphs/port/watched-parts.js';
import { createWorkingDays } from '../../subgraphs/values/dates/working-days.js';
import { openRelay, type Relay } from '../../test/databases/open-relay.js';
import { startPgbouncer } from '../../test/databases/start-pgbouncer.js';
import { systemContext } from '../system-context.js';
import { openPostgresHistory } from './history/postgres/postgres-history.js';
import { openTestHistories, type TestHistories } from './history/testing/test-histories.js';
import { type CountyObserver, openObserver } from './observer.js';
import type { HistoryStanding } from './parts/look-at-history.js';
import { BatchTable, TABLE_MAPPING } from './testing/batch-table.js';

const NAME = 'market.inspection';
const workingDays = createWorkingDays([]);

let histories: TestHistories;
let clock: HandClock;
let table: BatchTable;
let schema: string;
let count = 0;
let opened: Machine[];

/** One of several that serve the same county. */
interface Machine {
  readonly observer: CountyObserver;
  readonly failures: string[];
  /** How its history was with each look. */
  readonly standings: HistoryStanding[];
  readonly relay: Relay;
  /** Looks and does what is due. */
  look(): Promise<void>;
  /** The history's server does not answer it any more. */
  close(): Promise<void>;
}

beforeAll(async () => {
  histories = await openTestHistories();
}, 120_000);
afterAll(() => histories.close(), 60_000);
beforeEach(() => {
  clock = new HandClock();
  table = new BatchTable(clock, workingDays.isWorkingDay);
  count += 1;
  schema = `shared "history" ${count}`;
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((machine) => machine.close()));
  await table.close();
});

/** @param name of the machine. */
async function openMachine(name: string, relayed?: Relay): Promise<Machine> {
  const relay = relayed ?? (await openRelay(histories.serverUrl));
  const failures: string[] = [];
  const standings: HistoryStanding[] = [];
  const address = { ...histories.addressOf(schema), url: withoutAccount(relay.url) };
  const observer = await openObserver({
    clock,
    workingDays,
    store: openPostgresHistory(address, name),
    history: historyOf('gateway'),
    onHistory: (standing) => standings.push(standing),
    onFailure: (what) => failures.push(what),
  });
  const department = openSmallDepartment([TABLE_MAPPING], new Map([['market', table.adapter]]), {
    clock,
    observer: observer.watching(UNOBSERVED),
  });
  observer.observe({
    departments: [{ served: department.served, broken: [] }],
    drops: async () => [],
    registry: { asOf: () => null, coverage: async () => [] },
  });
  let isClosed = false;
  const machine: Machine = {
    observer,
    failures,
    standings,
    relay,
    look: async () => {
      const context = systemContext(clock, 'look', 10_000);
      observer.looked(await department.feed.freshness(context), context.requestId);
      await observer.tick();
    },
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await observer.close();
      await relay.cut().catch(() => undefined);
    },
  };
  opened.push(machine);
  return machine;
}

function withoutAccount(text: string): string {
  const url = new URL(text);
  url.username = '';
  return url.href;
}

/** Turns the clock on by half minutes, in which each machine looks. */
async function live(looks: number, ...machines: readonly Machine[]): Promise<void> {
  for (let look = 0; look < looks; look++) {
    clock.pass(30);
    for (const machine of machines) await machine.look();
  }
}

async function looksKept({ observer }: Machine): Promise<readonly number[]> {
  const points = await observer.watch.history({
    interface: NAME,
    measure: 'REACHABLE',
    about: null,
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
  });
  expect(points.every((point) => point.count === 1)).toBe(true);
  return points.map(({ at }) => at);
}

async function onServer(text: string): Promise<void> {
  const client = new pg.Client(histories.serverUrl);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Until the server takes connections of it again: it is left alone for some seconds after it was away. */
async function reached(machine: Machine): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const isThere = await looksKept(machine).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the history was not reached again');
}

describe('machines that share a history', () => {
  it('observe one at a time, and say the same', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    table.goAway();
    await live(10, one, other);
    expect([one.observer.isObserving(), other.observer.isObserving()]).toEqual([true, false]);
    expect(await looksKept(other)).toHaveLength(10);
    const incidents = await one.observer.watch.incidents({ limit: 10 });
    expect(incidents).toMatchObject([{ cause: 'UNREACHABLE', until: null, times: 1 }]);
    expect(await other.observer.watch.incidents({ limit: 10 })).toEqual(incidents);
    const health = one.observer.watch.health(NAME);
    expect(health?.state).toBe('DOWN');
    expect(other.observer.watch.health(NAME)).toEqual(health);
    expect(await other.observer.watch.serviceLevel(NAME)).toEqual(
      await one.observer.watch.serviceLevel(NAME),
    );
  });

  it('note what somebody says of an incident, whichever of them he asks', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    table.goAway();
    await live(10, one, other);
    const [{ id } = { id: '' }] = await one.observer.watch.incidents({ limit: 10 });
    const acknowledged = { at: clock.ms, by: 'idp/li', why: '已联系科室' };
    expect(await other.observer.note(['none'], { acknowledged })).toEqual([]);
    expect(await other.observer.note([id], { acknowledged })).toEqual([id]);
    expect(await one.observer.watch.incidents({ limit: 10 })).toMatchObject([
      { id, notes: { acknowledged } },
    ]);
    await live(2, one, other);
    const sent = { at: clock.ms, by: 'idp/li' };
    expect(await one.observer.note([id], { sent })).toEqual([id]);
    table.comeBack();
    await live(10, one, other);
    expect(await other.observer.watch.incidents({ limit: 10 })).toMatchObject([
      { id, until: expect.any(Number), notes: { acknowledged, sent } },
    ]);
  });

  it('go on with what the one knew that has gone', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    table.goAway();
    await live(10, one, other);
    const [before] = await one.observer.watch.incidents({ limit: 10 });
    await one.close();
    await live(1, other);
    expect(other.observer.isObserving()).toBe(true);
    await live(4, other);
    table.comeBack();
    await live(10, other);
    expect(await other.observer.watch.incidents({ limit: 10 })).toEqual([
      { ...before, detail: expect.any(String), until: expect.any(Number) },
    ]);
    expect(await looksKept(other)).toHaveLength(25);
  });

  it('take over from one that hangs, whose findings count no more', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    await live(5, one, other);
    // It neither goes nor says that it is there.
    await onServer(`UPDATE "${schema.replaceAll('"', '""')}".turn SET seen = seen - interval '1 minute'`);
    await live(5, other);
    expect(other.observer.isObserving()).toBe(true);
    await live(5, one, other);
    expect(one.observer.isObserving()).toBe(false);
    expect(await looksKept(one)).toHaveLength(15);
  });
});

describe('a process whose history hangs', () => {
  it('ends in some seconds all the same', async () => {
    const one = await openMachine('one');
    await live(4, one);
    one.relay.hang();
    table.goAway();
    clock.pass(30);
    const looking = one.look();
    const started = performance.now();
    await one.close();
    await looking;
    // Two seconds until it is cut, of the five that a statement may take.
    expect(performance.now() - started).toBeLessThan(4500);
  });
});

describe('a history behind a pooler', () => {
  it('is refused, since locks would be somebody else’s', async () => {
    const pooler = await startPgbouncer(histories.serverUrl, 'transaction');
    const address = { ...histories.addressOf(schema), url: withoutAccount(pooler.url) };
    const store = openPostgresHistory(address, 'one');
    await expect(store.turns?.take(clock.ms)).rejects.toThrow(/without a pooler/);
    await store.close();
    await pooler.stop();
  }, 60_000);
});

describe('machines whose history is away', () => {
  it('serve on, say so once, and write all of it afterwards', async () => {
    const one = await openMachine('one');
    await live(4, one);
    await one.relay.cut();
    table.goAway();
    await live(10, one);
    expect(one.failures.filter((what) => what === 'history not written')).toHaveLength(1);
    expect(one.failures.filter((what) => what === 'history not read')).toHaveLength(1);
    expect(one.observer.watch.health(NAME)?.state).toBe('DOWN');
    expect(await one.observer.watch.incidents({ isOpen: true, limit: 10 })).toMatchObject([
      { cause: 'UNREACHABLE' },
      { interface: 'history.gateway', cause: 'HISTORY_AWAY', severity: 'WARNING' },
    ]);
    expect(one.standings.at(-1)).toEqual({ writing: false, reading: false });
    await expect(one.observer.watch.incidents({ limit: 10 })).rejects.toThrow();
    await one.relay.mend();
    await live(1, one);
    await reached(one);
    expect(await looksKept(one)).toHaveLength(15);
    expect(await one.observer.watch.incidents({ limit: 10, interfaces: [NAME] })).toMatchObject([
      { cause: 'UNREACHABLE' },
    ]);
  });

  it('count nothing twice when it comes back to another one first', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    await live(4, one, other);
    await one.relay.cut();
    // The other one takes over with its next look.
    await live(6, one, other);
    expect(other.observer.isObserving()).toBe(true);
    await one.relay.mend();
    await live(2, one, other);
    await reached(one);
    expect([one.observer.isObserving(), other.observer.isObserving()]).toEqual([false, true]);
    expect(await looksKept(one)).toHaveLength(12);
  });

  it('observe each for itself where nobody can be asked, and one of them writes it', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    await live(4, one, other);
    await Promise.all([one.relay.cut(), other.relay.cut()]);
    table.goAway();
    await live(10, one, other);
    expect(other.observer.watch.health(NAME)?.state).toBe('DOWN');
    // It tells nobody: the other one may.
    expect(other.observer.isObserving()).toBe(false);
    await Promise.all([one.relay.mend(), other.relay.mend()]);
    await live(1, other, one);
    await reached(one);
    await live(2, other, one);
    expect(await looksKept(one)).toHaveLength(17);
    expect(await one.observer.watch.incidents({ limit: 10, interfaces: [NAME] })).toMatchObject([
      { cause: 'UNREACHABLE' },
    ]);
  });

  it('begin without it', async () => {
    const relay = await openRelay(histories.serverUrl);
    await relay.cut();
    const one = await openMachine('one', relay);
    table.goAway();
    await live(6, one);
    expect(one.observer.watch.health(NAME)?.state).toBe('DOWN');
    await relay.mend();
    await live(2, one);
    await reached(one);
    expect(await one.observer.watch.incidents({ limit: 10, interfaces: [NAME] })).toMatchObject([
      { cause: 'UNREACHABLE', until: null },
    ]);
    expect(await looksKept(one)).toHaveLength(8);
  });
});
