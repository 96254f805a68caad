import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthenticate } from './create-authenticate.js';
import { USUAL_LOCK } from './identity-settings.js';
import { localIssuer } from './local-issuer.js';
import { HOUSE_RULES } from './testing/house-rules.js';
import { manualClock } from './testing/manual-clock.js';

describe('localIssuer()', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eg-issuer-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const clock = manualClock();
  const open = (at: string) => localIssuer(join(folder, at), clock);
  const ask = async (at: string, token: string) => {
    const { settings } = await open(at);
    const authenticate = createAuthenticate(
      { issuers: [settings], applicationsFile: null, lock: USUAL_LOCK, rules: HOUSE_RULES },
      { clock },
    );
    return authenticate({ authorization: `Bearer ${token}` }, '127.0.0.1');
  };

  it('issues tokens that its own settings take, for every role of the house', async () => {
    const issuer = await open('keys');
    for (const role of HOUSE_RULES.roles) {
      const token = await issuer.issueToken({
        role,
        name: `demo-${role}`,
        townships: ['330922101', '330922102'],
        departments: ['market'],
        purposes: ['A-1'],
        scopes: ['read:a', 'read:b'],
        validFor: 60_000,
      });
      expect(await ask('keys', token)).toEqual({
        caller: {
          name: `local/demo-${role}`,
          role,
          scope: { townships: ['330922101', '330922102'], departments: ['market'] },
        },
        kind: 'user',
        scopes: new Set(['read:a', 'read:b']),
        purposes: new Set(['A-1']),
        operations: 'any',
      });
    }
  });

  it('keeps its key for its owner alone, over restarts', async () => {
    const token = await (await open('keys')).issueToken({ role: 'analyst', name: 'a', validFor: 60_000 });
    const modeOf = (name: string) => statSync(join(folder, 'keys', name)).mode & 0o777;
    expect(readdirSync(join(folder, 'keys')).sort()).toEqual(['issuer-jwks.json', 'issuer-key.pem']);
    expect([modeOf('.'), modeOf('issuer-key.pem')]).toEqual([0o700, 0o600]);
    expect(readFileSync(join(folder, 'keys', 'issuer-jwks.json'), 'utf8')).not.toContain('"d"');
    expect(await ask('keys', token)).toMatchObject({
      caller: { name: 'local/a', scope: { townships: null } },
    });
    expect(await ask('others', token)).toMatchObject({ reason: 'unknown' });
  });

  it('has one key when many come first at once', async () => {
    const issuers = await Promise.all(Array.from({ length: 8 }, () => open('keys')));
    for (const issuer of issuers) {
      const token = await issuer.issueToken({ role: 'analyst', name: 'a', validFor: 60_000 });
      expect(await ask('keys', token)).toMatchObject({ kind: 'user' });
    }
  });

  it('refuses a key that others can read, or of another kind', async () => {
    await open('keys');
    const file = join(folder, 'keys', 'issuer-key.pem');
    chmodSync(file, 0o640);
    await expect(open('keys')).rejects.toThrow(
      /issuer-key\.pem: it must be open to its owner alone.*mode 640/,
    );
    chmodSync(file, 0o600);
    writeFileSync(file, 'no key');
    await expect(open('keys')).rejects.toThrow();
  });

  it.each([0, 999, Number.NaN, Number.POSITIVE_INFINITY, 31 * 86_400_000])(
    'issues nothing that is good for %d ms',
    async (validFor) => {
      const issuer = await open('keys');
      await expect(issuer.issueToken({ role: 'analyst', name: 'a', validFor })).rejects.toThrow(RangeError);
    },
  );
});
