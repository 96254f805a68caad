import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { findFreePort } from '../../../test/databases/guarded-server.js';
import { type RedisServer, startRedis } from '../../../test/databases/start-redis.js';
import { findTool } from '../../../test/deploy/find-tool.js';
import { Secret } from '../../config/secret.js';
import { createLocalLedger } from '../local-ledger.js';
import { LEASE_MS, type LedgerQuestion, type QuotaLedger } from '../quota-ledger.js';
import { claimOf } from '../testing/claims.js';
import { describeLedger } from '../testing/describe-ledger.js';
import type { RedisAddress } from './redis-address.js';
import { openRedisLedger } from './redis-ledger.js';

const program = findTool('redis-server', 'redis-server');
const openssl = findTool('openssl', 'openssl');

const PLAIN = { user: null, password: null, authority: null, prefix: 'eg-test' };

(program === null ? describe.skip : describe)('a ledger in Redis', () => {
  let port: number;
  let server: RedisServer;
  let address: RedisAddress;
  beforeAll(async () => {
    port = await findFreePort();
    server = await startRedis(program ?? '', port);
    address = { ...PLAIN, url: `redis://127.0.0.1:${port}` };
  });
  afterAll(() => server.kill());

  describeLedger('as every ledger', () => openRedisLedger(address));

  it('lends the places of a process that says nothing more to others, once its lease has ended', async () => {
    const [dead, other] = await Promise.all([openRedisLedger(address), openRedisLedger(address)]);
    const account = randomUUID();
    const claims = [claimOf(account, { waiting: 8 })];
    const began = performance.now();
    await dead.ask({ holder: 'dead', turn: 1, claims });
    await dead.close();
    let turn = 0;
    const placesOf = async (ledger: QuotaLedger): Promise<number> => {
      turn += 1;
      return (await ledger.ask({ holder: 'other', turn, claims })).grants[0]?.places ?? 0;
    };
    let got = 0;
    while (got === 0 && performance.now() - began < 10 * LEASE_MS) got = await placesOf(other);
    expect(got).toBe(8);
    expect(performance.now() - began).toBeGreaterThanOrEqual(LEASE_MS - 1);
    await other.close();
  });

  const small = fc.nat({ max: 9 });
  const step = fc.record({
    holder: fc.constantFrom('a', 'b', 'c'),
    tokens: small,
    returned: small,
    running: small,
    idle: small,
    waiting: small,
    ahead: small,
    late: fc.constantFrom(0, 0, 0, 5),
  });

  it('settles claims as the local one does', async () => {
    const ledger = await openRedisLedger(address);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const local = createLocalLedger(() => 0);
        const account = randomUUID();
        for (const [index, { holder, idle, late, ...said }] of steps.entries()) {
          const claims = [claimOf(account, { ...said, places: said.running + idle })];
          const question: LedgerQuestion = { holder, turn: index + 1 - Math.min(late, index), claims };
          const answers = await Promise.all([local.ask(question), ledger.ask(question)]);
          const [expected, found] = answers.map(({ grants }) =>
            grants.map(({ tokenInMs: _, ...rest }) => rest),
          );
          expect(found).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
    await ledger.close();
  });

  it('says why it does not answer, and answers again when it is back', async () => {
    const ledger = await openRedisLedger(address);
    const ask = () => ledger.ask({ holder: 'a', turn: 1, claims: [claimOf('x')] });
    await ask();
    await server.kill();
    await expect(ask()).rejects.toThrow();
    server = await startRedis(program ?? '', port);
    const endsAt = performance.now() + 10_000;
    for (;;) {
      const answer = await ask().catch((error: unknown) => error);
      if (!(answer instanceof Error)) break;
      expect(answer.message).toMatch(/Redis|[Ss]ocket/);
      expect(performance.now()).toBeLessThan(endsAt);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await ledger.close();
  });

  (openssl === null ? it.skip : it)('is asked over TLS, by a user with a password', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'redis-tls-'));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    execFileSync(
      openssl ?? '',
      [
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=redis'],
        ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
      ],
      { stdio: 'ignore' },
    );
    const authority = readFileSync(certificate, 'utf8');
    const tlsPort = await findFreePort();
    const options = [
      ...[
        '--port',
        '0',
        '--tls-port',
        String(tlsPort),
        '--tls-cert-file',
        certificate,
        '--tls-key-file',
        key,
      ],
      ...['--tls-auth-clients', 'no', '--user', 'default', 'off'],
      ...['--user', 'gateway', 'on', '>of-the-county', '~eg-test:*'],
      ...['+eval', '+evalsha', '+hgetall', '+hset', '+hdel', '+pexpire', '+time', '+ping', '+hello'],
    ];
    const url = `rediss://127.0.0.1:${tlsPort}`;
    const own = {
      url,
      username: 'gateway',
      password: 'of-the-county',
      socket: { tls: true, ca: authority },
    } as const;
    const guarded = await startRedis(program ?? '', tlsPort, options, own);
    const outcomeOf = async (of: Partial<RedisAddress>): Promise<unknown> => {
      const known = { ...PLAIN, url, user: 'gateway', password: new Secret('of-the-county'), authority };
      const ledger = await openRedisLedger({ ...known, ...of });
      const question = { holder: 'a', turn: 1, claims: [claimOf('x', { waiting: 1 })] };
      const outcome = await ledger.ask(question).then(
        ({ grants }) => grants[0]?.tokens,
        (error: Error) => error.message,
      );
      await ledger.close();
      return outcome;
    };
    expect(await outcomeOf({})).toBe(1);
    expect(await outcomeOf({ password: new Secret('another') })).toMatch(/WRONGPASS/);
    expect(await outcomeOf({ authority: null })).toMatch(/self-signed/);
    expect(await outcomeOf({ prefix: 'of-others' })).toMatch(/NOPERM/);
    await guarded.kill();
  });
});
