import { gzipSync } from 'node:zlib';
import { Secret } from '../../../../runtime/config/secret.js';
import type { RemoteKeySettings } from '../identity-settings.js';
import { answerJson, type KeyServer, startKeyServer } from '../testing/key-server.js';
import { type ManualClock, manualClock } from '../testing/manual-clock.js';
import { type TestKey, testKey } from '../testing/test-issuer.js';
import { type IssuerKeys, KeysUnavailable, KeyUnknown } from './issuer-keys.js';
import { createRemoteKeys } from './remote-keys.js';

const HOUR_MS = 3_600_000;

let one: TestKey;
let two: TestKey;
let server: KeyServer;
let clock: ManualClock;
let failures: unknown[];
let keys: IssuerKeys;

beforeAll(async () => {
  [one, two] = await Promise.all([testKey('one'), testKey('two')]);
});
beforeEach(async () => {
  server = await startKeyServer();
  clock = manualClock();
  failures = [];
  keys = open();
  server.answer(answerJson({ keys: [one.jwk] }));
});
afterEach(() => server.close());

function open(more: Partial<RemoteKeySettings> = {}): IssuerKeys {
  return createRemoteKeys(
    { ...server.settings, ...more },
    { clock, onFailed: (error) => failures.push(error) },
  );
}

const find = (kid: string) => keys.find({ alg: 'ES256', kid });
const reasonOf = () => String(failures.at(-1));
const goAway = () => server.answer((request) => void request.socket.destroy());
/** Until what goes on in the background has ended. */
async function settle(requests: number): Promise<void> {
  while (server.asked() < requests) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 100));
}

describe('keys behind an address', () => {
  it('are asked for once, however many tokens come', async () => {
    const found = await Promise.all(Array.from({ length: 50 }, () => find('one')));
    expect(new Set(found).size).toBe(1);
    clock.advance(HOUR_MS / 2);
    await find('one');
    expect(server.asked()).toBe(1);
  });

  it('are asked for at the whole address, with what it wants, and may come compressed', async () => {
    let seen: readonly (string | undefined)[] = [];
    server.answer(({ method, url, headers }, response) => {
      seen = [method, url, headers.authorization];
      response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .end(gzipSync(JSON.stringify({ keys: [one.jwk] })));
    });
    keys = open({ authorization: new Secret('Bearer of-the-gateway') });
    await find('one');
    expect(seen).toEqual(['GET', '/certs?realm=county', 'Bearer of-the-gateway']);
  });

  it('are renewed in the background before an hour is over, so that a withdrawn one ends', async () => {
    await find('one');
    server.answer(answerJson({ keys: [two.jwk] }));
    clock.advance(HOUR_MS * 0.8);
    await find('one');
    await settle(2);
    await expect(find('one')).rejects.toThrow(KeyUnknown);
    await find('two');
    expect(server.asked()).toBe(2);
  });

  it('are at most an hour old while the address answers', async () => {
    await find('one');
    server.answer(answerJson({ keys: [two.jwk] }));
    clock.advance(HOUR_MS + 1);
    await expect(find('one')).rejects.toThrow(KeyUnknown);
  });

  it('are asked for again when a token has a new one', async () => {
    await find('one');
    server.answer(answerJson({ keys: [one.jwk, two.jwk] }));
    clock.advance(30_000);
    await Promise.all([find('two'), find('two'), find('one')]);
    expect(server.asked()).toBe(2);
  });

  it('are not asked for by every token with an unknown one', async () => {
    await find('one');
    for (let count = 0; count < 100; count++)
      await expect(find(`unknown-${count}`)).rejects.toThrow(KeyUnknown);
    expect(server.asked()).toBe(1);
    clock.advance(30_000);
    await Promise.all(
      Array.from({ length: 100 }, (_, count) => expect(find(`new-${count}`)).rejects.toThrow(KeyUnknown)),
    );
    expect(server.asked()).toBe(2);
    await find('one');
  });

  it('serve on for four hours while the address is away, and no request waits for it', async () => {
    await find('one');
    goAway();
    clock.advance(HOUR_MS * 0.8);
    await find('one');
    await settle(2);
    expect(failures).toHaveLength(1);
    clock.advance(HOUR_MS * 4.2 - 1);
    const order: string[] = [];
    server.answer((request) => {
      setTimeout(() => {
        order.push('failed');
        request.socket.destroy();
      }, 200);
    });
    await find('one');
    order.push('found');
    await settle(3);
    while (failures.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    // A request whose connection breaks is sent once more.
    expect(order).toEqual(['found', 'failed', 'failed']);
    clock.advance(2);
    goAway();
    await expect(find('one')).rejects.toThrow(KeysUnavailable);
    clock.advance(5000);
    server.answer(answerJson({ keys: [one.jwk] }));
    await find('one');
  });

  it('that are away are no failure of the caller: a new key may be good', async () => {
    await find('one');
    goAway();
    clock.advance(30_000);
    await expect(find('two')).rejects.toThrow(KeysUnavailable);
    await find('one');
  });

  it('are asked for again five seconds after a failure, not by every token', async () => {
    goAway();
    for (let count = 0; count < 20; count++) await expect(find('one')).rejects.toThrow(KeysUnavailable);
    expect(failures).toHaveLength(1);
    server.answer(answerJson({ keys: [one.jwk] }));
    clock.advance(5000);
    await find('one');
  });

  it('are waited for no longer than the time-out, whether head or body is late', async () => {
    keys = open({ timeoutMs: 150 });
    server.answer(() => undefined);
    await expect(find('one')).rejects.toThrow(KeysUnavailable);
    expect(reasonOf()).toMatch(/timeout|aborted/i);
    clock.advance(5000);
    server.answer((_, response) => void response.writeHead(200).write('{"keys":['));
    await expect(find('one')).rejects.toThrow(KeysUnavailable);
    expect(reasonOf()).toMatch(/timeout|aborted/i);
  });

  it.each([
    ['a huge answer', (text: string) => text.padEnd(300_000), {}, /exceeds 262144 bytes/],
    [
      'one that unfolds into a huge one',
      (text: string) => gzipSync(text.padEnd(10_000_000)),
      { 'content-encoding': 'gzip' },
      /exceeds 262144 bytes/,
    ],
    ['a page for people', () => '<html>Welcome</html>', { 'content-type': 'text/html' }, /must be JSON/],
    ['half a set', (text: string) => text.slice(0, -2), {}, /must be JSON/],
    ['a set without keys', () => '{"keys":{}}', {}, /list of keys/],
    ['secret keys alone', () => '{"keys":[{"kty":"oct","k":"AAAA","kid":"one"}]}', {}, /public key/],
    ['another status', () => '', { status: '503' }, /status 200, but has 503/],
    ['a redirect', () => '', { status: '302', location: 'http://127.0.0.1:1/' }, /status 200, but has 302/],
  ] as const)('are not had from %s, and the old ones serve on', async (_, bodyOf, headers, reason) => {
    await find('one');
    const { status = '200', ...others } = headers as Readonly<Record<string, string>>;
    server.answer((_request, response) => {
      response.writeHead(Number(status), others).end(bodyOf(JSON.stringify({ keys: [two.jwk] })));
    });
    clock.advance(HOUR_MS + 1);
    await find('one');
    expect(reasonOf()).toMatch(reason);
    expect(failures).toHaveLength(1);
  });

  it('with two of one id are none', async () => {
    server.answer(answerJson({ keys: [one.jwk, { ...two.jwk, kid: 'one' }] }));
    await expect(find('one')).rejects.toThrow(KeyUnknown);
  });

  it('are for their own algorithm', async () => {
    await expect(keys.find({ alg: 'ES384', kid: 'one' })).rejects.toThrow(KeyUnknown);
    await expect(keys.find({ alg: 'HS256', kid: 'one' })).rejects.toThrow(KeyUnknown);
  });
});
