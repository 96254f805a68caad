import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../gateway/testing/until.js';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import { findFreePort } from '../../test/databases/guarded-server.js';
import { openRelay, type Relay } from '../../test/databases/open-relay.js';
import { type RedisServer, startRedis } from '../../test/databases/start-redis.js';
import { findTool } from '../../test/deploy/find-tool.js';
import { openPostgresHistory } from '../observe/history/postgres/postgres-history.js';
import { openTestHistories, type TestHistories } from '../observe/history/testing/test-histories.js';
import type { HoldRow, HoldStore } from './hold-store.js';
import { type KeptPauses, keepPauses } from './keep-pauses.js';
import { openRedisHolds } from './redis-holds.js';

const NAME = 'market.case';

const redisProgram = findTool('redis-server', 'redis-server');

let histories: TestHistories;
let redis: RedisServer | null = null;
let redisPort = 0;
let folder: string;
let count = 0;
let machines: Machine[];

/** One of several that serve the same county. */
interface Machine extends KeptPauses {
  readonly clock: HandClock;
  readonly relay: Relay;
  /** What it was told of the store: that it is away, or not. */
  readonly told: boolean[];
  pausedWhy(): string | null;
  stored(): Promise<readonly HoldRow[]>;
  /** Hears what others did, as often as the store is left alone after it was away. */
  hearAll(): Promise<void>;
  close(): Promise<void>;
}

beforeAll(async () => {
  histories = await openTestHistories();
  redisPort = await findFreePort();
  if (redisProgram !== null) redis = await startRedis(redisProgram, redisPort);
  folder = mkdtempSync(join(tmpdir(), 'shared-pauses-'));
}, 120_000);
afterAll(async () => {
  await histories.close();
  await redis?.kill();
  rmSync(folder, { recursive: true });
}, 60_000);
beforeEach(() => {
  count += 1;
  machines = [];
});
afterEach(() => Promise.all(machines.map((machine) => machine.close())));

/** Where machines keep it, reached by a way that can be cut. */
interface OpenedStore {
  readonly relay: Relay;
  readonly store: HoldStore;
  close(): Promise<void>;
}

async function openInPostgres(): Promise<OpenedStore> {
  const relay = await openRelay(histories.serverUrl);
  const url = new URL(relay.url);
  url.username = '';
  const address = { ...histories.addressOf(`pauses ${count}`), url: url.href };
  const history = openPostgresHistory(address, 'one');
  return { relay, store: history.holds as HoldStore, close: () => history.close() };
}

async function openInRedis(): Promise<OpenedStore> {
  const relay = await openRelay(`redis://127.0.0.1:${redisPort}`);
  const address = { url: relay.url, user: null, password: null, authority: null, prefix: `pauses-${count}` };
  const store = await openRedisHolds(address);
  return { relay, store, close: async () => store.close() };
}

/** @param name of the machine; one that is opened again is started again. */
async function openMachineOn(open: () => Promise<OpenedStore>, name: string): Promise<Machine> {
  const { relay, store, close } = await open();
  const clock = new HandClock();
  const told: boolean[] = [];
  const own = join(folder, `${count}-${name}`);
  mkdirSync(own, { recursive: true });
  const kept = keepPauses({
    folder: own,
    clock,
    shared: { store, onAway: (error) => told.push(error !== null) },
  });
  let isClosed = false;
  const machine: Machine = {
    ...kept,
    clock,
    relay,
    told,
    pausedWhy: () => kept.pauses.of(NAME, 'interface')?.why ?? null,
    stored: () => store.exchange([]),
    hearAll: () =>
      until(async () => {
        await kept.hear();
        return told.at(-1) !== true;
      }),
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      kept.stop();
      await close();
      await relay.cut().catch(() => undefined);
    },
  };
  machines.push(machine);
  await kept.hear();
  return machine;
}

function pause(machine: Machine, why: string) {
  const since = machine.clock.now().getTime();
  return { why, by: 'idp/li', since, until: since + 3_600_000 };
}

const STORES: readonly [string, () => Promise<OpenedStore>][] = [
  ['PostgreSQL', openInPostgres],
  ...(redisProgram === null ? [] : ([['Redis', openInRedis]] as [string, typeof openInRedis][])),
];

describe.each(STORES)('machines that share what is held back in %s', (_, open) => {
  const openMachine = (name: string): Promise<Machine> => openMachineOn(open, name);

  it('hold back what was paused at one of them, and serve it when another one resumes it', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    expect(await one.set(NAME, 'interface', pause(one, '检修'))).toBe('ALL');
    expect(await other.hear()).toBe(true);
    expect(other.pausedWhy()).toBe('检修');
    expect(other.pauses.of(NAME, 'source')).toBeNull();
    expect(await other.hear()).toBe(false);
    expect(await other.set(NAME, 'interface', null)).toBe('ALL');
    await one.hear();
    expect(one.pausedWhy()).toBeNull();
  });

  it('hear by themselves', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    const heard = new Promise<void>((resolve) => other.start(resolve));
    await one.set(NAME, 'interface', pause(one, '检修'));
    await heard;
    expect(other.pausedWhy()).toBe('检修');
  });

  it('find it when they are started, with or without what they knew', async () => {
    const one = await openMachine('one');
    await one.set(NAME, 'interface', pause(one, '检修'));
    const other = await openMachine('other');
    expect(other.pausedWhy()).toBe('检修');
    await other.close();
    await one.set(NAME, 'interface', null);
    expect((await openMachine('other')).pausedWhy()).toBeNull();
  });

  it('go by what was said last, though clocks differ', async () => {
    const ahead = await openMachine('ahead');
    const behind = await openMachine('behind');
    ahead.clock.pass(600);
    await ahead.set(NAME, 'interface', pause(ahead, '检修'));
    // It has not heard of that.
    await behind.set(NAME, 'interface', null);
    await ahead.hear();
    expect([ahead.pausedWhy(), behind.pausedWhy()]).toEqual([null, null]);
  });

  it('forget what was said more than a month ago', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    await one.set(NAME, 'interface', pause(one, '检修'));
    for (const machine of [one, other]) machine.clock.pass(33 * 86_400);
    expect(await other.hear()).toBe(false);
    await one.set('market.licence', 'interface', pause(one, '检修'));
    expect((await one.stored()).map((row) => row.interface)).toEqual(['market.licence']);
  });

  it('call a source anew whose breaker was closed at another one', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    await one.set(NAME, 'source', pause(one, '过载'));
    await other.hear();
    expect(other.pauses.of(NAME, 'source')).toMatchObject({ why: '过载' });
    expect(other.pauses.breakerClosedAt(NAME)).toBeNull();
    other.clock.pass(60);
    await one.set(NAME, 'source', null);
    await other.hear();
    expect(other.pauses.of(NAME, 'source')).toBeNull();
    expect(other.pauses.breakerClosedAt(NAME)).toBe(other.clock.now().getTime());
  });
});

describe.each(STORES)('a machine that cannot reach %s', (_, open) => {
  const openMachine = (name: string): Promise<Machine> => openMachineOn(open, name);

  it('says that others do not know, holds back all the same, and tells them afterwards', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    await one.relay.cut();
    expect(await one.set(NAME, 'interface', pause(one, '检修'))).toBe('HERE');
    expect(one.pausedWhy()).toBe('检修');
    expect(one.told).toEqual([true]);
    await other.hear();
    expect(other.pausedWhy()).toBeNull();
    await one.relay.mend();
    await one.hearAll();
    expect(one.told).toEqual([true, false]);
    await other.hear();
    expect(other.pausedWhy()).toBe('检修');
  });

  it('gives up what others said otherwise later', async () => {
    const one = await openMachine('one');
    const other = await openMachine('other');
    await one.relay.cut();
    await one.set(NAME, 'interface', pause(one, '检修'));
    other.clock.pass(60);
    await other.set(NAME, 'interface', pause(other, '迁移'));
    await one.relay.mend();
    await one.hearAll();
    await other.hear();
    expect([one.pausedWhy(), other.pausedWhy()]).toEqual(['迁移', '迁移']);
  });

  it('starts with what it knew', async () => {
    const one = await openMachine('one');
    await one.set(NAME, 'interface', pause(one, '检修'));
    await one.close();
    const again = keepPauses({
      folder: join(folder, `${count}-one`),
      clock: one.clock,
      shared: {
        store: {
          put: () => Promise.reject(new Error('away')),
          exchange: () => Promise.reject(new Error('away')),
        },
        onAway: () => undefined,
      },
    });
    expect(await again.hear()).toBe(false);
    expect(again.pauses.of(NAME, 'interface')).toMatchObject({ why: '检修' });
  });
});

(redisProgram === null ? test.skip : test)('a Redis that has lost everything is told again', async () => {
  const one = await openMachineOn(openInRedis, 'one');
  await one.set(NAME, 'interface', pause(one, '检修'));
  expect(await one.hear()).toBe(false);
  await redis?.kill();
  redis = await startRedis(redisProgram ?? '', redisPort);
  await until(async () => {
    await one.hear();
    return one.told.at(-1) !== true && (await one.stored()).length > 0;
  });
  const other = await openMachineOn(openInRedis, 'other');
  expect(other.pausedWhy()).toBe('检修');
});

test('machines that share nothing of this, though they are several, are told that others do not know', async () => {
  const clock = new HandClock();
  const kept = keepPauses({ folder: null, clock, shared: null, areOthersUntold: true });
  const since = clock.now().getTime();
  const asked = { why: '检修', by: 'idp/li', since, until: since + 1000 };
  expect(await kept.set(NAME, 'interface', asked)).toBe('HERE');
  expect(kept.pauses.of(NAME, 'interface')).toMatchObject({ why: '检修' });
});
