import {
  appendFileSync,
  mkdtempSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createAuthenticate } from '../create-authenticate.js';
import type { Authenticate, Identity, Unauthenticated } from '../identity.js';
import type { IdentityEvent } from '../identity-event.js';
import { USUAL_LOCK } from '../identity-settings.js';
import { HOUSE_RULES } from '../testing/house-rules.js';
import { type ManualClock, manualClock } from '../testing/manual-clock.js';
import { hashSecret, hashText, makeSecret } from './application-secret.js';
import { ApplicationsInvalid } from './read-applications.js';

const ADDRESS = '10.33.1.9';
const DAY_MS = 86_400_000;

let folder: string;
let file: string;
let clock: ManualClock;
let events: IdentityEvent[];
let authenticate: Authenticate;
const [secret, next, other] = [makeSecret(), makeSecret(), makeSecret()];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eg-applications-'));
  file = join(folder, 'applications.yaml');
  clock = manualClock();
  events = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function keyOf(of: string, notBefore = '2026-06-01', expires = '2027-06-01'): object {
  return { hash: hashText(hashSecret(of)), notBefore, expires };
}

function write(keys: readonly object[], more: object = {}): void {
  writeFileSync(file, stringify({ applications: { 'board-1': { role: 'dashboard', keys, ...more } } }));
}

function open(): void {
  authenticate = createAuthenticate(
    { issuers: [], applicationsFile: file, lock: USUAL_LOCK, rules: HOUSE_RULES },
    { clock, tell: (event) => events.push(event) },
  );
}

async function send(of: string, id = 'board-1'): Promise<Identity | Unauthenticated> {
  return authenticate({ 'x-api-key': `${id}.${of}` }, ADDRESS);
}

const reasonOf = (answer: Identity | Unauthenticated) => ('reason' in answer ? answer.reason : 'known');

describe('the key of an application', () => {
  it('says which one calls, and is bound to registered operations unless told otherwise', async () => {
    write([keyOf(secret)], {
      townships: [330922101],
      departments: ['market'],
      purposes: ['A-1'],
      scopes: ['s'],
    });
    open();
    const expected = {
      caller: {
        name: 'app/board-1',
        role: 'dashboard',
        scope: { townships: ['330922101'], departments: ['market'] },
      },
      kind: 'application',
      scopes: new Set(['s']),
      purposes: new Set(['A-1']),
      operations: 'registered',
    };
    expect(await send(secret)).toEqual(expected);
    expect(await authenticate({ authorization: `ApiKey board-1.${secret}` }, ADDRESS)).toEqual(expected);
    write([keyOf(secret)], { operations: 'any' });
    open();
    expect(await send(secret)).toMatchObject({ operations: 'any', caller: { scope: { townships: null } } });
  });

  it('is good under its own id alone', async () => {
    writeFileSync(
      file,
      stringify({
        applications: {
          'board-1': { role: 'dashboard', keys: [keyOf(secret)] },
          'board-2': { role: 'data-centre', keys: [keyOf(other)] },
        },
      }),
    );
    open();
    expect(await send(other, 'board-2')).toMatchObject({ caller: { role: 'data-centre' } });
    for (const [of, id] of [
      [other, 'board-1'],
      [secret, 'board-2'],
      [secret, 'board-3'],
      [next, 'board-1'],
      [secret, 'constructor'],
    ] as const)
      expect(await send(of, id)).toMatchObject({ reason: 'unknown' });
  });

  it.each([
    ['no point', `board-1${secret}`],
    ['two points', `board-1.${secret}.x`],
    ['a short secret', `board-1.${secret.slice(1)}`],
    ['a long secret', `board-1.${secret}A`],
    ['an id that is none', `Board 1.${secret}`],
    ['its hash instead', `board-1.${hashText(hashSecret(secret))}`],
    ['the key sent twice', `board-1.${secret}, board-1.${secret}`],
    ['nothing', ''],
  ])('is none with %s', async (_, text) => {
    write([keyOf(secret)]);
    open();
    expect(await authenticate({ 'x-api-key': text }, ADDRESS)).toMatchObject({ reason: 'malformed' });
  });

  it('is replaced by another one without a gap', async () => {
    write([keyOf(secret)]);
    open();
    const states = async () => [reasonOf(await send(secret)), reasonOf(await send(next))];
    expect(await states()).toEqual(['known', 'unknown']);
    write([keyOf(secret), keyOf(next)]);
    clock.advance(5000);
    expect(await states()).toEqual(['known', 'known']);
    write([keyOf(next)]);
    clock.advance(5000);
    expect(await states()).toEqual(['unknown', 'known']);
    expect(events.map(({ kind }) => kind)).toEqual(['file-renewed', 'file-renewed']);
  });

  it("is good from its first to its last day of the county's calendar", async () => {
    write([keyOf(secret, '2026-07-01', '2026-07-02')]);
    open();
    clock.advance(12 * 3_600_000 - 1);
    expect(await send(secret)).toMatchObject({ reason: 'expired' });
    clock.advance(1);
    expect(reasonOf(await send(secret))).toBe('known');
    clock.advance(2 * DAY_MS - 1);
    expect(reasonOf(await send(secret))).toBe('known');
    clock.advance(1);
    expect(await send(secret)).toMatchObject({
      reason: 'expired',
      detail: 'the key of board-1 is good from 2026-07-01 to 2026-07-02',
    });
  });

  it('is locked at its address after ten wrong ones, and no other', async () => {
    write([keyOf(secret)]);
    open();
    for (let count = 0; count < 10; count++) expect(await send(next)).toMatchObject({ reason: 'unknown' });
    expect(await send(secret)).toMatchObject({ reason: 'locked', retryAfterSeconds: 60 });
    expect(reasonOf(await authenticate({ 'x-api-key': `board-1.${secret}` }, '10.33.1.10'))).toBe('known');
    expect(await send(next, 'board-2')).toMatchObject({ reason: 'unknown' });
  });
});

describe('the file of applications', () => {
  it('is looked at every five seconds at most', async () => {
    write([keyOf(secret)]);
    open();
    write([keyOf(next)]);
    clock.advance(4999);
    expect(reasonOf(await send(secret))).toBe('known');
    clock.advance(1);
    expect(reasonOf(await send(secret))).toBe('unknown');
  });

  it('counts as changed when its content has the same time and size', async () => {
    write([keyOf(secret)]);
    utimesSync(file, 1e9, 1e9);
    const { size, mtimeMs } = statSync(file);
    open();
    write([keyOf(next)]);
    utimesSync(file, 1e9, 1e9);
    expect(statSync(file)).toMatchObject({ size, mtimeMs });
    clock.advance(5000);
    expect(reasonOf(await send(next))).toBe('known');
  });

  it.each([
    ['is broken', () => writeFileSync(file, 'applications: [')],
    ['says what may not be', () => write([keyOf(next, '2026-01-01', '2030-01-01')])],
    ['is gone', () => unlinkSync(file)],
    [
      'is too large',
      () => {
        write([keyOf(next)]);
        appendFileSync(file, `# ${'x'.repeat(1024 * 1024)}`);
      },
    ],
    ['is in another charset', () => writeFileSync(file, Buffer.from([0xd6, 0xd0]))],
  ])('goes on as it was while it %s, which is told once', async (_, spoil) => {
    write([keyOf(secret)]);
    open();
    spoil();
    for (let count = 0; count < 3; count++) {
      clock.advance(5000);
      expect(reasonOf(await send(secret))).toBe('known');
    }
    expect(events).toEqual([{ kind: 'file-refused', about: file, detail: expect.any(String) }]);
    write([keyOf(next)]);
    clock.advance(5000);
    expect([reasonOf(await send(secret)), reasonOf(await send(next))]).toEqual(['unknown', 'known']);
    expect(events).toHaveLength(2);
  });

  it('must be usable at the start', () => {
    expect(open).toThrow(ApplicationsInvalid);
    expect(open).toThrow(/applications\.yaml:1:1: error unreadable: 无法读取文件（ENOENT）/);
    writeFileSync(file, 'applications:\n  board-1: { role: dashboard }\n');
    expect(open).toThrow(/applications\.yaml:2:12: error invalid-value: 缺少“applications\.board-1\.keys”/);
  });
});
