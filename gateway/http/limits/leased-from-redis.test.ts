import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { openRedisLedger } from '../../../runtime/ledger/redis/redis-ledger.js';
import { findFreePort } from '../../../test/databases/guarded-server.js';
import { startRedis } from '../../../test/databases/start-redis.js';
import { findTool } from '../../../test/deploy/find-tool.js';
import type { Entered } from './caller-quotas.js';
import { createLeasedQuotas } from './leased-quotas.js';

const program = findTool('redis-server', 'redis-server');
const LIMITS = { rate: 200, burst: 30, concurrent: 12 };
/** So long a request may begin after it was counted; and what a busy machine adds to it. */
const LATE_MS = 100;

const step = fc.record({
  process: fc.nat({ max: 1 }),
  requests: fc.nat({ max: 12 }),
  leaves: fc.nat({ max: 12 }),
  pauseMs: fc.nat({ max: 12 }),
});

(program === null ? it.skip : it)(
  'quotas of two processes, each with its own connection to Redis, let in no more than the limits',
  async () => {
    const port = await findFreePort();
    const redis = await startRedis(program ?? '', port);
    const address = { user: null, password: null, authority: null, prefix: 'eg-leases' };
    const ledgers = await Promise.all(
      [1, 2].map(() => openRedisLedger({ ...address, url: `redis://127.0.0.1:${port}` })),
    );
    const away: Error[] = [];
    const processes = ledgers.map((ledger) =>
      createLeasedQuotas(LIMITS, ledger, (why) => {
        if (why !== null) away.push(why);
      }),
    );
    let refused = 0;
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const caller = randomUUID();
        const running: Entered[] = [];
        const beganAt: number[] = [];
        const asking: Promise<void>[] = [];
        let most = 0;
        const enter = async (process: number): Promise<void> => {
          const found = await processes[process]?.enter(caller);
          if (found === undefined || !('leave' in found)) {
            refused += 1;
            return;
          }
          running.push(found);
          beganAt.push(performance.now());
          most = Math.max(most, running.length);
        };
        for (const { process, requests, leaves, pauseMs } of steps) {
          for (let request = 0; request < requests; request += 1) asking.push(enter(process));
          await delay(pauseMs);
          for (const one of running.splice(0, leaves)) one.leave();
        }
        await Promise.all(asking);
        for (const one of running) one.leave();
        // On a very busy machine: then each process counts by itself, and this run shows nothing.
        if (away.splice(0).length > 0) return;
        shown += 1;
        expect(most).toBeLessThanOrEqual(LIMITS.concurrent);
        for (const [first, from] of beganAt.entries()) {
          for (const [last, to] of beganAt.entries()) {
            const bound = LIMITS.burst + ((to - from + LATE_MS) / 1000) * LIMITS.rate;
            if (last >= first) expect(last - first + 1).toBeLessThanOrEqual(bound);
          }
        }
      }),
      { numRuns: 12 },
    );
    expect(refused).toBeGreaterThan(0);
    expect(shown).toBeGreaterThan(0);
    for (const one of processes) await one.close();
    for (const one of ledgers) await one.close();
    await redis.kill();
  },
);
