import { createHmac, createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type CryptoKey, exportSPKI, importJWK, type JWK } from 'jose';
import { makeSecret } from './applications/application-secret.js';
import { createAuthenticate } from './create-authenticate.js';
import type { Authenticate, Identity, Unauthenticated } from './identity.js';
import type { IdentityEvent } from './identity-event.js';
import { type IdentitySettings, USUAL_CLAIMS, USUAL_LOCK } from './identity-settings.js';
import { HOUSE_RULES } from './testing/house-rules.js';
import { type ManualClock, manualClock } from './testing/manual-clock.js';
import {
  encodePart,
  goodClaims,
  ISSUER,
  sign,
  type TestKey,
  testIssuer,
  testKey,
} from './testing/test-issuer.js';

const ADDRESS = '10.33.1.5';

let folder: string;
let keySetFile: string;
let key: TestKey;
let rsaKey: TestKey;
let clock: ManualClock;
let events: IdentityEvent[];
let authenticate: Authenticate;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eg-identity-'));
  keySetFile = join(folder, 'jwks.json');
  [key, rsaKey] = await Promise.all([testKey('one'), testKey('rsa', 'RS256')]);
  writeFileSync(keySetFile, JSON.stringify({ keys: [key.jwk, rsaKey.jwk] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  clock = manualClock();
  events = [];
  authenticate = open();
});

function open(more: Partial<IdentitySettings> = {}): Authenticate {
  return createAuthenticate(
    {
      issuers: [testIssuer({ kind: 'file', file: keySetFile }, ['ES256', 'RS256'])],
      applicationsFile: null,
      lock: USUAL_LOCK,
      rules: HOUSE_RULES,
      ...more,
    },
    { clock, tell: (event) => events.push(event) },
  );
}

async function bearer(token: string, address = ADDRESS): Promise<Identity | Unauthenticated> {
  return authenticate({ authorization: `Bearer ${token}` }, address);
}

function signed(claims: Readonly<Record<string, unknown>>): Promise<string> {
  return sign(key, { ...goodClaims(clock), ...claims });
}

describe('a token', () => {
  it('says who calls, in which role, for which rows and what for', async () => {
    const token = await signed({
      role: 'township-analyst',
      townships: ['330922101'],
      departments: 'market marine',
      scope: 'read:cases read:persons',
      purposes: ['A-1'],
    });
    expect(await bearer(token)).toEqual({
      caller: {
        name: 'county/wang',
        role: 'township-analyst',
        scope: { townships: ['330922101'], departments: ['market', 'marine'] },
      },
      kind: 'user',
      scopes: new Set(['read:cases', 'read:persons']),
      purposes: new Set(['A-1']),
      operations: 'any',
    });
  });

  it('is taken by any algorithm of its issuer, and by an access token of RFC 9068', async () => {
    expect(await bearer(await sign(rsaKey, goodClaims(clock)))).toMatchObject({ kind: 'user' });
    expect(await bearer(await sign(key, goodClaims(clock), { typ: 'at+jwt' }))).toMatchObject({
      kind: 'user',
    });
    expect(await authenticate({ authorization: `bearer  ${await signed({})}` }, ADDRESS)).toMatchObject({
      kind: 'user',
    });
  });

  it('may name its role deeper inside', async () => {
    const claims = { ...USUAL_CLAIMS, role: ['realm_access', 'roles'] };
    authenticate = open({ issuers: [{ ...testIssuer({ kind: 'file', file: keySetFile }), claims }] });
    const token = await signed({ role: undefined, realm_access: { roles: ['audit'] }, amr: ['pwd', 'mfa'] });
    expect(await bearer(token)).toMatchObject({ caller: { role: 'audit' } });
    expect(await bearer(await signed({ realm_access: 'audit' }))).toMatchObject({ reason: 'unknown' });
  });
});

describe('nobody is known by', () => {
  const refused = async (
    token: string,
    reason: Unauthenticated['reason'],
    detail?: RegExp,
  ): Promise<void> => {
    const answer = await bearer(token);
    expect(answer).toEqual({ reason, detail: expect.any(String) });
    if (detail !== undefined) expect(answer).toMatchObject({ detail: expect.stringMatching(detail) });
    // No log may hold what others could send again.
    if (token.length > 20) expect(JSON.stringify(answer)).not.toContain(token.slice(0, 20));
  };

  it('no token at all', async () => {
    expect(await authenticate({}, ADDRESS)).toMatchObject({ reason: 'missing' });
  });

  it.each([['Basic d2FuZzpwYXNz'], ['Bearer'], ['Bearer '], ['Bearer a b'], ['Negotiate x'], ['']])(
    'another scheme, or none: %j',
    async (authorization) => {
      expect(await authenticate({ authorization }, ADDRESS)).toMatchObject({ reason: 'malformed' });
    },
  );

  it('the algorithm none, with a signature and without', async () => {
    for (const alg of ['none', 'None', 'NONE', '', null, undefined, ['ES256'], { alg: 'ES256' }]) {
      const head = encodePart({ alg, kid: 'one', typ: 'JWT' });
      const body = encodePart(goodClaims(clock));
      await refused(`${head}.${body}.`, 'malformed');
      await refused(`${head}.${body}.${(await signed({})).split('.')[2]}`, 'malformed', /algorithm|parts/);
      authenticate = open();
    }
  });

  it.each(['HS256', 'HS384', 'HS512'])(
    'a signature by %s with the public key in any spelling',
    async (alg) => {
      const rsa = rsaKey.jwk as JWK;
      const spki = await exportSPKI((await importJWK(rsa, 'RS256', { extractable: true })) as CryptoKey);
      const der = createPublicKey(spki).export({ type: 'spki', format: 'der' });
      for (const secret of [spki, spki.trimEnd(), der, JSON.stringify(rsa), String(rsa.n)]) {
        const said = `${encodePart({ alg, kid: 'rsa' })}.${encodePart(goodClaims(clock))}`;
        const mac = createHmac(`sha${alg.slice(2)}`, secret)
          .update(said)
          .digest('base64url');
        await refused(`${said}.${mac}`, 'malformed', /algorithm/);
      }
    },
  );

  it('an algorithm that is good, but not this issuer’s', async () => {
    const other = await testKey('ps', 'PS256');
    await refused(await sign(other, goodClaims(clock)), 'malformed', /ES256, RS256/);
  });

  it("somebody else's key: under a new kid, under a known one, under another algorithm's", async () => {
    const other = await testKey('two');
    await refused(await sign(other, goodClaims(clock)), 'unknown', /no such key/);
    await refused(await sign(other, goodClaims(clock), { kid: 'one' }), 'unknown', /signature/);
    await refused(await sign(other, goodClaims(clock), { kid: 'rsa' }), 'unknown', /no such key/);
  });

  it('a header without a kid, or with one that is no text', async () => {
    for (const kid of [undefined, '', 1, null])
      await refused(
        `${encodePart({ alg: 'ES256', kid })}.${encodePart(goodClaims(clock))}.AAAA`,
        'malformed',
        /kid/,
      );
  });

  it('a key that it brings along, or an address of keys: those are not looked at', async () => {
    const other = await testKey('one');
    const brought = [
      { jwk: other.jwk },
      { jku: 'http://127.0.0.1:1/jwks.json' },
      { x5u: 'http://127.0.0.1:1/chain.pem' },
      { x5c: ['AAAA'] },
    ];
    for (const header of brought) {
      await refused(await sign(other, goodClaims(clock), header), 'unknown', /signature/);
      expect(await bearer(await sign(key, { ...goodClaims(clock), sub: 'zhao' }, header))).toMatchObject({
        caller: { name: 'county/zhao' },
      });
    }
  });

  it('another issuer, or one that is no text', async () => {
    for (const iss of [`${ISSUER}/`, ISSUER.toUpperCase(), undefined, 1, [ISSUER]])
      await refused(await signed({ iss }), 'unknown', /issuer/);
  });

  it('another audience', async () => {
    for (const aud of [
      'enforcement',
      'enforcement-graph2',
      [],
      undefined,
      ['x', 'y'],
      { 0: 'enforcement-graph' },
    ])
      await refused(await signed({ aud }), 'unknown', /aud/);
    expect(await bearer(await signed({ aud: ['x', 'enforcement-graph'] }))).toMatchObject({ kind: 'user' });
  });

  it('a time that is over, or still to come, beyond the leeway', async () => {
    const now = Number(goodClaims(clock).iat);
    await refused(await signed({ exp: now - 30 }), 'expired', /exp/);
    await refused(await signed({ nbf: now + 31 }), 'expired', /nbf/);
    expect(await bearer(await signed({ exp: now - 29 }))).toMatchObject({ kind: 'user' });
    expect(await bearer(await signed({ nbf: now + 30 }))).toMatchObject({ kind: 'user' });
  });

  it('no end, or one that is no number', async () => {
    for (const exp of [undefined, '9999999999', null])
      expect(await bearer(await signed({ exp }))).toMatchObject({ reason: 'unknown' });
    const endless = JSON.stringify(goodClaims(clock)).replace(/"exp":\d+/, '"exp":1e999');
    await refused(await signText(endless), 'malformed', /must end/);
  });

  it('a token that was cut, extended, doubled, or has other parts', async () => {
    const token = await signed({});
    const [head = '', body = '', signature = ''] = token.split('.');
    // The last character has spare bits: another one may stand for the same bytes.
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const respelt = `${token.slice(0, -1)}${last[last.indexOf(token.slice(-1)) + 1]}`;
    expect(Buffer.from(respelt, 'base64url')).toEqual(Buffer.from(token, 'base64url'));
    expect(await bearer(respelt)).toMatchObject({ reason: 'malformed' });
    const variants = [
      token.slice(0, -1),
      token.slice(1),
      `${token}A`,
      `${token}.`,
      `.${token}`,
      `${token}.${signature}`,
      `${head}..${signature}`,
      `${head}.${body}`,
      `${head}.${body}.`,
      '..',
      '.',
      `${head}.${body}.${signature}.${head}.${body}`,
      `${head}=.${body}.${signature}`,
      `${head}.${body}.${signature}==`,
      token.replaceAll('.', ' '),
    ];
    for (const variant of variants) {
      authenticate = open();
      expect(await bearer(variant)).toHaveProperty('reason');
    }
  });

  it('any token of which one character was changed', async () => {
    const token = await signed({});
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'),
        async (at, character) => {
          fc.pre(token[at] !== character);
          const changed = `${token.slice(0, at)}${character}${token.slice(at + 1)}`;
          expect(await open()({ authorization: `Bearer ${changed}` }, ADDRESS)).toHaveProperty('reason');
        },
      ),
    );
  });

  it('a megabyte', async () => {
    await refused('A'.repeat(1_000_000), 'malformed', /8192/);
    await refused(await signed({ padding: 'x'.repeat(1_000_000) }), 'malformed', /8192/);
    await refused(`${'A'.repeat(500_000)}.${'A'.repeat(499_999)}.A`, 'malformed', /8192/);
  });

  it('claims or header parameters that stand twice', async () => {
    const twice = (text: string) => text.replace('{', '{"role":"system","sub":"li",');
    await refused(await signText(twice(JSON.stringify(goodClaims(clock)))), 'malformed', /repeated/);
    const [, body, signature] = (await signed({})).split('.');
    const head = encodePart('{"alg":"none","alg":"ES256","kid":"one"}');
    await refused(`${head}.${body}.${signature}`, 'malformed', /repeated/);
  });

  it('a token inside a token, and claims that are no object', async () => {
    const inner = await signed({});
    for (const text of [inner, JSON.stringify(inner), '[]', 'null', '1', '"{}"', '{', '\ufeff{}'])
      await refused(await signText(text, { cty: 'JWT' }), 'malformed');
  });

  it('extensions of the header that change what is signed', async () => {
    await refused(
      await sign(key, goodClaims(clock), { crit: ['urn:test'], 'urn:test': true }),
      'malformed',
      /extensions/,
    );
    const [head, body, signature] = (await signed({})).split('.');
    const altered = { ...JSON.parse(Buffer.from(String(head), 'base64url').toString()), b64: false };
    await refused(`${encodePart(altered)}.${body}.${signature}`, 'malformed', /extensions/);
  });

  it('a token that its issuer made for something else', async () => {
    for (const typ of ['logout+jwt', 'dpop+jwt', 'JWE', 1])
      await refused(await sign(key, goodClaims(clock), { typ }), 'malformed', /type/);
  });

  it('a subject that is none, or that could spoil a log', async () => {
    for (const sub of [undefined, '', 1, 'wang\nli', 'wang\u202e', 'x'.repeat(256)])
      await refused(await signed({ sub }), 'malformed', /subject/);
  });

  it('names of what every object has', async () => {
    const claims = { ...USUAL_CLAIMS, role: ['constructor', 'name'] };
    authenticate = open({ issuers: [{ ...testIssuer({ kind: 'file', file: keySetFile }), claims }] });
    await refused(await signed({ role: undefined }), 'unknown', /role/);
    authenticate = open();
    for (const role of ['constructor', '__proto__', 'toString'])
      await refused(await signed({ role }), 'unknown');
  });

  /** Signs any text: what an issuer's library would never write. */
  async function signText(text: string, header: object = {}): Promise<string> {
    const said = `${encodePart({ alg: 'ES256', kid: 'one', ...header })}.${encodePart(text)}`;
    const signature = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      key.privateKey,
      Buffer.from(said),
    );
    return `${said}.${Buffer.from(signature).toString('base64url')}`;
  }
});

describe('roles', () => {
  it.each([
    ['none', { role: undefined }, /must have a role/],
    ['an empty list', { role: [] }, /must have a role/],
    ['an unknown one', { role: 'root' }, /must be known, but is "root"/],
    ['an unknown one beside a known one', { role: ['analyst', 'root'] }, /must be known/],
    ['two', { role: ['analyst', 'dashboard'] }, /must have one role/],
    ['two in one text', { role: 'analyst dashboard' }, /must have one role/],
    ['two administrators', { role: ['system', 'audit'], amr: ['mfa'] }, /two roles of administrators/],
    ['three of them and another', { role: ['system', 'audit', 'security', 'analyst'] }, /administrators/],
    ['an administrator with one factor', { role: 'system', amr: ['pwd'] }, /proved with mfa/],
    ['an administrator without amr', { role: 'audit' }, /proved with mfa/],
    ['an administrator whose amr is a text', { role: 'audit', amr: 'mfa' }, /proved with mfa/],
    ['one that is no text', { role: { analyst: true } }, /lists of words/],
    ['a township analyst of no township', { role: 'township-analyst' }, /limited by townships/],
    ['one of an empty list', { role: 'township-analyst', townships: [] }, /limited by townships/],
    [
      'an engineer of no department',
      { role: 'department-engineer', townships: ['330922101'] },
      /by departments/,
    ],
    ['a township that cannot be read', { townships: ['33092210'] }, /nine digits/],
    ['a township that is a number', { townships: [330922101] }, /nine digits/],
    ['a limit that is an object', { townships: { 0: '330922101' } }, /nine digits/],
    ['a department with a path', { departments: ['../market'] }, /lists of words/],
    [
      'too many words',
      { purposes: Array.from({ length: 201 }, (_, index) => `p${index}`) },
      /lists of words/,
    ],
  ])('are refused: %s', async (_, claims, detail) => {
    expect(await bearer(await signed(claims))).toEqual({
      reason: 'unknown',
      detail: expect.stringMatching(detail),
    });
  });

  it('may be written twice, and as a list', async () => {
    expect(await bearer(await signed({ role: ['analyst', 'analyst'] }))).toMatchObject({ kind: 'user' });
  });

  it('an empty list of townships means none, never all', async () => {
    expect(await bearer(await signed({ townships: [] }))).toMatchObject({
      caller: { scope: { townships: [], departments: null } },
    });
  });

  it('an account does not hold two administrators by two tokens, while the first is good', async () => {
    const administrator = (role: string, sub = 'qian') => signed({ role, sub, amr: ['mfa'] });
    expect(await bearer(await administrator('system'))).toMatchObject({ caller: { role: 'system' } });
    expect(await bearer(await administrator('audit'))).toMatchObject({ reason: 'unknown' });
    expect(events).toEqual([
      { kind: 'roles-not-separated', about: 'county/qian', detail: expect.stringContaining('system, audit') },
    ]);
    expect(await bearer(await administrator('audit', 'sun'))).toMatchObject({ caller: { role: 'audit' } });
    clock.advance(601_000);
    expect(await bearer(await administrator('audit'))).toMatchObject({ caller: { role: 'audit' } });
  });
});

describe('a proved token', () => {
  /** Whether it is known without its key, which is gone from the file. */
  const isKnownAfter = async (ms: number, exp: number): Promise<boolean> => {
    const own = join(folder, `own-${ms}-${exp}.json`);
    writeFileSync(own, JSON.stringify({ keys: [key.jwk] }));
    authenticate = open({ issuers: [testIssuer({ kind: 'file', file: own })] });
    const token = await signed({ exp: Number(goodClaims(clock).iat) + exp });
    expect(await bearer(token)).toMatchObject({ kind: 'user' });
    writeFileSync(own, JSON.stringify({ keys: [rsaKey.jwk] }));
    clock.advance(ms);
    return !('reason' in (await bearer(token)));
  };

  it('is known for five minutes, and no longer than it is good, without leeway', async () => {
    expect(await isKnownAfter(299_000, 600)).toBe(true);
    expect(await isKnownAfter(300_000, 600)).toBe(false);
    expect(await isKnownAfter(59_000, 60)).toBe(true);
    expect(await isKnownAfter(60_000, 60)).toBe(false);
  });

  it('that has ended is not kept in its leeway', async () => {
    const now = Number(goodClaims(clock).iat);
    const token = await signed({ exp: now - 10 });
    expect(await bearer(token)).toMatchObject({ kind: 'user' });
    clock.advance(20_000);
    expect(await bearer(token)).toMatchObject({ reason: 'expired' });
  });

  it('is not known before it was proved, when the clock is set back', async () => {
    const token = await signed({});
    expect(await bearer(token)).toMatchObject({ kind: 'user' });
    clock.advance(-3_600_000);
    expect(await bearer(token)).toMatchObject({ reason: 'expired' });
  });
});

describe('failures', () => {
  const forged = async (sub: string): Promise<string> => {
    const other = await testKey('one');
    return sign(other, { ...goodClaims(clock), sub });
  };

  it('lock the account at the address for a minute after ten of them', async () => {
    const bad = await forged('wang');
    const good = await signed({});
    for (let count = 0; count < 10; count++) expect(await bearer(bad)).toMatchObject({ reason: 'unknown' });
    expect(await bearer(bad)).toEqual({
      reason: 'locked',
      detail: 'too many failures of county/wang',
      retryAfterSeconds: 60,
    });
    expect(await bearer(good)).toMatchObject({ reason: 'locked' });
    clock.advance(59_000);
    expect(await bearer(good)).toMatchObject({ reason: 'locked', retryAfterSeconds: 1 });
    clock.advance(1000);
    expect(await bearer(good)).toMatchObject({ kind: 'user' });
  });

  it('lock no neighbour behind the same proxy, nor the account elsewhere, nor who was proved before', async () => {
    const before = await signed({ jti: 'before' });
    await bearer(before);
    const bad = await forged('wang');
    for (let count = 0; count < 11; count++) await bearer(bad);
    for (let count = 0; count < 11; count++) await bearer('nonsense');
    expect(await bearer(await signed({}))).toMatchObject({ reason: 'locked' });
    expect(await bearer('nonsense')).toMatchObject({ reason: 'locked' });
    expect(await bearer(await signed({ sub: 'li' }))).toMatchObject({ kind: 'user' });
    expect(await bearer(before)).toMatchObject({ kind: 'user' });
    expect(await bearer(await signed({ jti: 'elsewhere' }), '10.33.1.6')).toMatchObject({ kind: 'user' });
  });

  it('of a token that has ended are told, and lock nobody', async () => {
    const old = await signed({ exp: Number(goodClaims(clock).iat) - 60 });
    for (let count = 0; count < 30; count++) expect(await bearer(old)).toMatchObject({ reason: 'expired' });
  });

  it('that are spread over more than a minute lock nobody', async () => {
    const bad = await forged('wang');
    for (let count = 0; count < 30; count++) {
      expect(await bearer(bad)).toMatchObject({ reason: 'unknown' });
      clock.advance(6700);
    }
  });
});

describe('createAuthenticate()', () => {
  it('knows nobody by any random text', async () => {
    const token = await signed({});
    const parts = fc.constantFrom(
      ...token.split('.'),
      '',
      'AA',
      encodePart({}),
      encodePart(goodClaims(clock)),
    );
    const values = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.base64String(),
      fc.json().map(encodePart),
      fc.tuple(parts, parts, fc.base64String()).map((three) => three.join('.')),
    );
    const headers = fc.oneof(
      values.map((value) => ({ authorization: value })),
      values.map((value) => ({ authorization: `Bearer ${value}` })),
      values.map((value) => ({ authorization: `ApiKey ${value}` })),
      values.map((value) => ({ 'x-api-key': value })),
      fc.tuple(values, values).map(([one, two]) => ({ authorization: `Bearer ${one}`, 'x-api-key': two })),
    );
    await fc.assert(
      fc.asyncProperty(headers, async (given) => {
        const answer = await open()(given, ADDRESS);
        expect(answer).toEqual({ reason: expect.any(String), detail: expect.any(String) });
      }),
      { numRuns: 300 },
    );
  });

  it('lets nobody in by a token and a key at once', async () => {
    const headers = { authorization: `Bearer ${await signed({})}`, 'x-api-key': `board-1.${makeSecret()}` };
    expect(await authenticate(headers, ADDRESS)).toMatchObject({ reason: 'malformed' });
  });

  it('does not start without the keys that it is told of', () => {
    const without = (text: string) => {
      const file = join(folder, 'bad.json');
      writeFileSync(file, text);
      return () => open({ issuers: [testIssuer({ kind: 'file', file })] });
    };
    expect(without('no JSON')).toThrow('must be JSON');
    expect(without('{}')).toThrow('must have a list of keys');
    expect(without('{"keys":[]}')).toThrow('must have a public key');
    expect(without('{"keys":[{"kty":"oct","k":"AAAA","kid":"one"}]}')).toThrow('must have a public key');
    expect(without(JSON.stringify({ keys: [{ ...key.jwk, d: 'AAAA' }] }))).toThrow('must have a public key');
    expect(without(JSON.stringify({ keys: [{ ...key.jwk, use: 'enc' }] }))).toThrow('must have a public key');
    expect(() => open({ issuers: [testIssuer({ kind: 'file', file: join(folder, 'none') })] })).toThrow(
      'ENOENT',
    );
  });
});
