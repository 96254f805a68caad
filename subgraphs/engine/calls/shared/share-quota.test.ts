import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallLedger } from '../../../../runtime/ledger/call-ledger.js';
import { openRedisCallLedger } from '../../../../runtime/ledger/redis/redis-call-ledger.js';
import { findFreePort } from '../../../../test/databases/guarded-server.js';
import { type RedisServer, startRedis } from '../../../../test/databases/start-redis.js';
import { findTool } from '../../../../test/deploy/find-tool.js';
import { createCallQuota } from '../call-quota.js';
import { createDayCounts } from '../day-counts.js';
import { type Attempt, createExchangeSender } from '../exchange-sender.js';
import { createCallBook } from './call-book.js';
import { shareQuota } from './share-quota.js';

const program = findTool('redis-server', 'redis-server');
const DAY = '2026-07-01';
const CALL_MS = 5;

interface Limits {
  readonly concurrent: number;
  readonly perMinute?: number;
  readonly perDay?: number;
}

/** What reaches a source, from whatever machine. */
interface Source {
  readonly name: string;
  readonly limits: Limits;
  running: number;
  most: number;
  sent: number;
}

let sources = 0;
function openSource(limits: Limits): Source {
  sources += 1;
  return { name: `test.source${sources}`, limits, running: 0, most: 0, sent: 0 };
}

(program === null ? describe.skip : describe)('shareQuota()', () => {
  let port: number;
  let redis: RedisServer;
  beforeAll(async () => {
    port = await findFreePort();
    redis = await startRedis(program ?? '', port);
  });
  afterAll(() => redis.kill());
  /** Of the county: its machines know each other by it. */
  let prefix: string;
  beforeEach(() => {
    prefix = `eg-calls-${randomUUID()}`;
  });
  const opened: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });

  async function openLedger(): Promise<CallLedger> {
    const url = `redis://127.0.0.1:${port}`;
    const ledger = await openRedisCallLedger({ url, user: null, password: null, authority: null, prefix });
    opened.push(ledger.close);
    return ledger;
  }

  /** A machine that calls sources. @param patienceMs a busy one must not take Redis for lost where that is not meant. */
  async function openMachine(patienceMs = 10_000) {
    const ledger = await openLedger();
    const counts = createDayCounts();
    let isUp = false;
    const book = createCallBook({ ask: ledger.ask, patienceMs }, counts.holder, (away) => {
      isUp = away === null;
    });
    opened.push(async () => book.close());
    const clocks = {
      clock: { today: () => DAY, now: () => new Date(`${DAY}T04:00:00Z`) },
      monotonicMs: () => performance.now(),
    };
    const call = ({ name, limits }: Source) => {
      const mapping = { interface: name, limits: { timeoutMs: 2000, quiet: [], ...limits } } as never;
      const own = createCallQuota(mapping, clocks, counts);
      const quota = shareQuota(own, mapping, clocks, { book, counts });
      const sender = createExchangeSender({ timeoutMs: 2000, ...limits }, quota, null, clocks);
      return { sender, quota };
    };
    return { call, isUp: () => isUp };
  }

  /** Calls a source so often from each machine at once. @returns how it went. */
  async function callFrom(
    machines: readonly Awaited<ReturnType<typeof openMachine>>[],
    source: Source,
    times: number,
  ): Promise<readonly string[]> {
    const signal = new AbortController().signal;
    setMaxListeners(0, signal);
    const waiter = { signal, deadline: Date.now() + 30_000 };
    const send = async (): Promise<void> => {
      source.sent += 1;
      source.running += 1;
      source.most = Math.max(source.most, source.running);
      await delay(CALL_MS);
      source.running -= 1;
    };
    const attempts = machines.flatMap((machine) => {
      const { sender } = machine.call(source);
      return Array.from({ length: times }, () => sender.attempt(waiter, send));
    });
    return (await Promise.all(attempts)).map(outcomeOf);
  }

  it('lets all machines together call as often on a day, in a minute and at a time as one of them may', async () => {
    const machines = await Promise.all([openMachine(), openMachine()]);
    const [days, minutes, places] = [
      openSource({ concurrent: 4, perDay: 25 }),
      openSource({ concurrent: 4, perMinute: 11 }),
      openSource({ concurrent: 3 }),
    ] as const;
    const [byDay, byMinute, all] = await Promise.all([
      callFrom(machines, days, 20),
      callFrom(machines, minutes, 10),
      callFrom(machines, places, 15),
    ]);
    expect([days.sent, byDay.filter((one) => one === 'quota_day').length]).toEqual([25, 15]);
    expect([minutes.sent, byMinute.filter((one) => one === 'quota_minute').length]).toEqual([11, 9]);
    expect(all).toEqual(Array(30).fill('answered'));
    expect([days.most, minutes.most, places.most].every((most, index) => most <= (index < 2 ? 4 : 3))).toBe(
      true,
    );
    // Each shows what all have had.
    for (const machine of machines) {
      const { quota } = machine.call({ ...openSource({ concurrent: 1, perDay: 25 }), name: days.name });
      await quota.reserve?.({ signal: AbortSignal.timeout(5000), deadline: Date.now() + 5000 });
      expect(quota.usage()).toEqual([{ window: 'day', used: 25, limit: 25 }]);
    }
  });

  it('gives the place of a process that was lost to others when its call must have ended', async () => {
    const ledger = await openLedger();
    const claim = {
      ...{ account: 'a', limits: { concurrent: 1, perMinute: null, perDay: null }, day: DAY },
      ...{ dayCount: 0, running: [], ended: [], unsent: [] },
    };
    const isGranted = async (holder: string): Promise<boolean> => {
      const wants = { id: `${DAY}/${holder}`, leaseMs: 300 };
      const { standings } = await ledger.ask({ holder, claims: [{ ...claim, wants }] });
      return standings[0]?.isGranted === true;
    };
    await isGranted('other');
    while (!(await isGranted('lost'))) await delay(10);
    const from = performance.now();
    while (!(await isGranted('other'))) await delay(10);
    expect(performance.now() - from).toBeGreaterThan(250);
  });

  it('goes on with a share of what was left while Redis is away, and counts it when it is back with nothing', async () => {
    const machines = await Promise.all([openMachine(), openMachine()]);
    const [days, minutes] = [
      openSource({ concurrent: 4, perDay: 30 }),
      openSource({ concurrent: 4, perMinute: 20 }),
    ] as const;
    const callBoth = (times: number) =>
      Promise.all([callFrom(machines, days, times), callFrom(machines, minutes, times)]);
    await callBoth(3);
    expect([days.sent, minutes.sent]).toEqual([6, 6]);
    // What others have had since a machine last heard of them is not known to it.
    const hasHeard = ({ call }: (typeof machines)[number]): boolean =>
      [days, minutes].every((source) => call(source).quota.usage()[0]?.used === 6);
    while (!machines.every(hasHeard)) await delay(20);
    await redis.kill();
    const began = performance.now();
    const [byDay, byMinute] = await callBoth(20);
    // Nobody waits for it longer than its patience, and only the first.
    expect(performance.now() - began).toBeLessThan(2000);
    expect([byDay.includes('quota_day'), byMinute.includes('quota_minute')]).toEqual([true, true]);
    expect([days.sent, minutes.sent]).toEqual([30, 20]);
    redis = await startRedis(program ?? '', port);
    while (!machines.every(({ isUp }) => isUp())) await delay(20);
    const [again] = await callBoth(5);
    expect(again).toEqual(Array(10).fill('quota_day'));
    expect([days.sent, minutes.sent]).toEqual([30, 20]);
  });
});

function outcomeOf(attempt: Attempt<void>): string {
  return attempt.kind === 'refused' ? attempt.refusal.reason : attempt.kind;
}
