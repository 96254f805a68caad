import { randomUUID } from 'node:crypto';
import { createClient } from '@redis/client';
import { Secret } from '../../runtime/config/secret.js';
import { openRedisTags } from '../../runtime/ledger/redis/redis-tags.js';
import type { TagStore } from '../../runtime/ledger/tag-store.js';
import { findFreePort } from '../../test/databases/guarded-server.js';
import { type RedisServer, startRedis } from '../../test/databases/start-redis.js';
import { findTool } from '../../test/deploy/find-tool.js';
import type { ExecutedAnswer } from '../execute/executor.js';
import { openRemoteGateway, type RemoteGateway } from '../testing/remote-gateway.js';
import { until } from '../testing/until.js';
import { createKeptAnswers, type KeptAnswers } from './kept-answers.js';
import { createSharedTags } from './shared-tags.js';

const program = findTool('redis-server', 'redis-server');
const AS_OF = '2026-06-30T12:00:00+08:00';
const KEY = '["li of the market","a question of 张三"]';

const one = (asOf = AS_OF) =>
  ({ interface: 'market.inspection', department: 'market', state: 'LIVE', asOf, reason: null }) as const;
const ANSWER: ExecutedAnswer = {
  kind: 'executed',
  data: '{"name":"张三"}',
  errors: [],
  coverage: { complete: true, interfaces: [one()] },
  isTold: true,
  cost: 7,
};

(program === null ? describe.skip : describe)('answers that another machine has given', () => {
  let url: string;
  let redis: RedisServer;
  let start: () => Promise<RedisServer>;
  let prefix: string;
  const stores: TagStore[] = [];
  beforeAll(async () => {
    const port = await findFreePort();
    url = `redis://127.0.0.1:${port}`;
    start = () => startRedis(program ?? '', port);
    redis = await start();
  });
  beforeEach(() => {
    prefix = `eg-tags-${randomUUID()}`;
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
  });
  afterAll(() => redis.kill());

  async function openMachine({
    secret = 'of the county',
    edition = '1',
    asOf = AS_OF,
    patienceMs = 10_000,
  } = {}) {
    const store = await openRedisTags({ url, user: null, password: null, authority: null, prefix });
    stores.push(store);
    let isUp = false;
    const onChange = (away: Error | null): void => {
      isUp = away === null;
    };
    const tags = createSharedTags(
      { store: { ask: store.ask, patienceMs }, secret: new Secret(secret), onChange },
      edition,
      60_000,
    );
    const now = new Map([['market.inspection', one(asOf)]]);
    return { kept: createKeptAnswers(() => now, tags), isUp: () => isUp };
  }

  /** Whoever was answered by one machine polls at another one. */
  async function answerFrom(machine: { readonly kept: KeptAnswers }): Promise<string> {
    const etag = machine.kept.keep(KEY, ANSWER)?.etag ?? '';
    const other = await openMachine();
    await until(async () => (await other.kept.findElsewhere(KEY, etag)) !== null);
    return etag;
  }

  it('are known to whoever has them, and to nobody else', async () => {
    const etag = await answerFrom(await openMachine());
    const { kept } = await openMachine();
    expect(await kept.findElsewhere(KEY, `"other", W/${etag}`)).toMatchObject({ etag, cost: 7 });
    expect(await kept.findElsewhere(KEY, '"other"')).toBeNull();
    expect(await kept.findElsewhere(KEY, undefined)).toBeNull();
    expect(await kept.findElsewhere('["wang","a question of 张三"]', etag)).toBeNull();
  });

  it('are not where something under them has changed, or something else serves', async () => {
    const etag = await answerFrom(await openMachine());
    for (const other of [
      { asOf: '2026-06-30T12:00:01+08:00' },
      { edition: '2' },
      { secret: 'of another county' },
    ]) {
      const { kept } = await openMachine(other);
      expect(await kept.findElsewhere(KEY, etag)).toBeNull();
    }
  });

  it('leave neither what was asked, nor who asked, nor what was answered', async () => {
    const etag = await answerFrom(await openMachine());
    const client = await createClient({ url }).connect();
    const keys = await client.keys(`${prefix}*`);
    const texts = await Promise.all(keys.map((key) => client.get(key)));
    client.destroy();
    expect(keys).toHaveLength(1);
    const left = [...keys, ...texts].join('\n');
    expect(left).toContain('market.inspection');
    for (const secret of ['张三', 'li of', 'question', etag.slice(1, -1)]) expect(left).not.toContain(secret);
  });

  it('are told over HTTP by a machine that has never asked for them', async () => {
    const text = JSON.stringify({ data: { a: 1 }, extensions: { coverage: [one()] } });
    let asked = 0;
    const open = async (): Promise<RemoteGateway> => {
      const store = await openRedisTags({ url, user: null, password: null, authority: null, prefix });
      stores.push(store);
      const tags = { store, secret: new Secret('of the county'), onChange: () => undefined };
      const answer = (): string => {
        asked += 1;
        return text;
      };
      return openRemoteGateway(
        { all: { sdl: 'type Query { a: Int }', answer } },
        { standing: () => new Map([[one().interface, one()]]), edition: '1', tags },
      );
    };
    const [first, other] = await Promise.all([open(), open()]);
    const ask = (gateway: RemoteGateway, headers = {}) => gateway.post('{"query":"{ a }"}', headers);
    // The first answer of a document is Apollo Server's.
    for (const gateway of [first, other]) await ask(gateway);
    const etag = String((await ask(first)).headers.get('etag'));
    const client = await createClient({ url }).connect();
    await until(async () => (await client.keys(`${prefix}*`)).length === 1);
    client.destroy();
    const before = asked;
    expect((await ask(other, { 'if-none-match': etag })).status).toBe(304);
    expect(asked).toBe(before);
    expect((await ask(other, { 'if-none-match': '"another"' })).status).toBe(200);
    expect(asked).toBe(before + 1);
    for (const gateway of [first, other]) await gateway.close();
  });

  it('are not waited for while Redis is away, and known again when it is back', async () => {
    const machine = await openMachine();
    const etag = await answerFrom(machine);
    await redis.kill();
    const began = performance.now();
    for (let times = 0; times < 50; times += 1)
      expect(await machine.kept.findElsewhere(KEY, etag)).toBeNull();
    expect(performance.now() - began).toBeLessThan(1000);
    expect(machine.isUp()).toBe(false);
    redis = await start();
    await until(async () => {
      machine.kept.keep(KEY, ANSWER);
      return (await machine.kept.findElsewhere(KEY, etag)) !== null;
    });
  });
});
