import type { FastifyInstance } from 'fastify';
import { openRedisLedger } from '../../../runtime/ledger/redis/redis-ledger.js';
import { findFreePort } from '../../../test/databases/guarded-server.js';
import { type RedisServer, startRedis } from '../../../test/databases/start-redis.js';
import { findTool } from '../../../test/deploy/find-tool.js';
import { namedAccess } from '../../testing/named-access.js';
import { type OpenedGraph, openGraph } from '../../testing/open-graph.js';
import { openServer } from '../../testing/open-server.js';
import { createRecordingObserver, type RecordingObserver } from '../../testing/recording-observer.js';
import { until } from '../../testing/until.js';

const program = findTool('redis-server', 'redis-server');

interface Machine {
  readonly app: FastifyInstance;
  readonly observer: RecordingObserver;
  ask(name?: string): Promise<number>;
  stop(): Promise<void>;
}

(program === null ? describe.skip : describe)('two gateways with one Redis', () => {
  let graph: OpenedGraph;
  let port: number;
  let redis: RedisServer;
  let machines: readonly Machine[] = [];
  /** Requests that are held up in the subgraph, until they are let go. */
  const held: (() => void)[] = [];
  beforeAll(async () => {
    port = await findFreePort();
    redis = await startRedis(program ?? '', port);
    graph = await openGraph({
      shop: {
        sdl: 'type Query { open: String slow: String }',
        resolvers: {
          Query: {
            open: () => 'yes',
            slow: () => new Promise((resolve) => held.push(() => resolve('late'))),
          },
        },
      },
    });
  });
  afterAll(async () => {
    await graph.executor.close();
    await redis.kill();
  });
  afterEach(async () => {
    for (const release of held.splice(0)) release();
    await Promise.all(machines.map(({ stop }) => stop()));
  });

  async function open(prefix: string, limits: { rate: number; burst: number; concurrent: number }) {
    machines = await Promise.all([1, 2].map(() => openMachine(prefix, limits)));
    const [first, second] = machines;
    if (first === undefined || second === undefined) throw new Error('there must be two');
    return [first, second] as const;
  }

  async function openMachine(
    prefix: string,
    limits: { rate: number; burst: number; concurrent: number },
  ): Promise<Machine> {
    const url = `redis://127.0.0.1:${port}`;
    const ledger = await openRedisLedger({ url, user: null, password: null, authority: null, prefix });
    const observer = createRecordingObserver();
    const deadline = { defaultMs: 60_000, mostMs: 60_000 };
    const opened = { executor: graph.executor, observer };
    const server = await openServer(opened, { access: namedAccess, limits: { ...limits, deadline }, ledger });
    const ask = async (query: string, name: string): Promise<number> => {
      const { statusCode } = await server.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { host: 'x', 'content-type': 'application/json', 'x-name': name },
        payload: JSON.stringify({ query }),
      });
      return statusCode;
    };
    return {
      app: server.app,
      observer,
      ask: (name = 'a') => ask(name === 'slow' ? '{ slow }' : '{ open }', name),
      stop: async () => {
        await server.stop(0);
        await ledger.close();
      },
    };
  }

  it('let one burst of a caller in, through whichever', async () => {
    const both = await open('burst', { rate: 1, burst: 4, concurrent: 50 });
    const began = performance.now();
    const statuses = [];
    for (let turn = 0; turn < 6; turn += 1) for (const { ask } of both) statuses.push(await ask());
    const cameBack = Math.floor((performance.now() - began) / 1000);
    const answered = statuses.filter((status) => status === 200).length;
    expect(answered).toBeGreaterThanOrEqual(4);
    expect(answered).toBeLessThanOrEqual(4 + cameBack);
    expect(statuses.filter((status) => status === 429)).toHaveLength(12 - answered);
    expect(await both[1].ask('another')).toBe(200);
  });

  it('let so many requests of a caller run at a time, and the next when one has ended', async () => {
    const [first, second] = await open('places', { rate: 1000, burst: 1000, concurrent: 2 });
    const running = [first.ask('slow'), second.ask('slow')];
    await until(() => held.length === 2);
    expect(await first.ask('slow')).toBe(429);
    expect(await second.ask('slow')).toBe(429);
    held.shift()?.();
    expect(await Promise.race(running)).toBe(200);
    // The first one tells the ledger that a place is free; the other may ask before.
    await until(() => {
      if (held.length < 2) running.push(second.ask('slow'));
      return held.length === 2;
    });
    for (const release of held.splice(0)) release();
    await Promise.all(running);
  });

  it('go on each by itself while it is killed, and together once it is back', async () => {
    const [first, second] = await open('killed', { rate: 1, burst: 3, concurrent: 50 });
    expect(await first.ask()).toBe(200);
    await redis.kill();
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push(await first.ask(), await second.ask('b'));
    expect(statuses.slice(0, 4)).toEqual([200, 200, 200, 200]);
    expect(statuses.at(-1)).toBe(429);
    await until(() => first.observer.ledgers.at(-1) === false && second.observer.ledgers.at(-1) === false);
    redis = await startRedis(program ?? '', port);
    await until(() => first.observer.ledgers.at(-1) === true && second.observer.ledgers.at(-1) === true);
    expect(first.observer.ledgers).toEqual([true, false, true]);
    const together = [];
    for (let turn = 0; turn < 3; turn += 1) together.push(await first.ask('c'), await second.ask('c'));
    expect(together.slice(0, 3)).toEqual([200, 200, 200]);
    expect(together.at(-1)).toBe(429);
  });

  it('wait for it a tenth of a second when it hangs, once', async () => {
    const [first] = await open('hung', { rate: 1000, burst: 1000, concurrent: 50 });
    expect(await first.ask()).toBe(200);
    redis.pause();
    try {
      const took = [];
      for (let turn = 0; turn < 10; turn += 1) {
        const began = performance.now();
        expect(await first.ask(`caller ${turn}`)).toBe(200);
        took.push(performance.now() - began);
      }
      expect(took.filter((ms) => ms >= 90).length).toBeLessThanOrEqual(2);
      expect(first.observer.ledgers.at(-1)).toBe(false);
    } finally {
      redis.resume();
    }
    await until(() => first.observer.ledgers.at(-1) === true);
  });
});
