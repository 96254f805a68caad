import { randomUUID } from 'node:crypto';
import { createLogger } from '../../gateway/observe/logger.js';
import { systemClock } from '../../runtime/clock.js';
import { findFreePort } from '../../test/databases/guarded-server.js';
import { type RedisServer, startRedis } from '../../test/databases/start-redis.js';
import { findTool } from '../../test/deploy/find-tool.js';
import { openPauses } from './open-pauses.js';

const NAME = 'market.case';
const program = findTool('redis-server', 'redis-server');

(program === null ? describe.skip : describe)(
  'openPauses() of machines that share a Redis and no history',
  () => {
    let server: RedisServer;
    let port: number;
    beforeAll(async () => {
      port = await findFreePort();
      server = await startRedis(program ?? '', port);
    });
    afterAll(() => server.kill());

    const open = (prefix: string, today: string | null) =>
      openPauses({
        folder: null,
        clock: systemClock,
        watching: { holds: null },
        config: {
          today,
          gateway: {
            sharedRedis: {
              url: `redis://127.0.0.1:${port}`,
              user: null,
              password: null,
              authority: null,
              prefix,
            },
          },
        },
        logger: createLogger('silent'),
      });
    const pause = () => ({
      why: '检修',
      by: 'idp/li',
      since: Date.now(),
      until: Date.now() + 3_600_000,
    });

    it('shares it, with those of the same prefix alone', async () => {
      const prefix = randomUUID();
      const one = await open(prefix, null);
      expect(await one.set(NAME, 'interface', pause())).toBe('ALL');
      const [other, foreign] = [await open(prefix, null), await open(randomUUID(), null)];
      expect(other.pauses.of(NAME, 'interface')).toMatchObject({ why: '检修' });
      expect(foreign.pauses.of(NAME, 'interface')).toBeNull();
      for (const machine of [one, other, foreign]) machine.stop();
    });

    it('says that others do not know where the clock is its own, as a demo county’s', async () => {
      const prefix = randomUUID();
      const one = await open(prefix, '2026-06-30');
      expect(await one.set(NAME, 'interface', pause())).toBe('HERE');
      const other = await open(prefix, null);
      expect(other.pauses.of(NAME, 'interface')).toBeNull();
      for (const machine of [one, other]) machine.stop();
    });
  },
);
