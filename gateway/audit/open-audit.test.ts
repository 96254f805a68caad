import { generateKeyPairSync } from 'node:crypto';
import {
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Secret } from '../../runtime/config/secret.js';
import { AUDIT_HASHES, hashHex } from './audit-hash.js';
import { type AuditRecord, auditTime } from './audit-record.js';
import type { AuditSettings } from './audit-settings.js';
import { AuditUnavailable } from './audit-unavailable.js';
import { checkpointKeys } from './checkpoint-keys.js';
import { folderPlace } from './copy/folder-place.js';
import { openAudit } from './open-audit.js';
import { readRecords } from './read/read-records.js';
import { auditFolders, later, SIGNING_KEY } from './testing/audit-folders.js';
import { sampleRecord } from './testing/sample-record.js';
import { verifyTrail } from './verify/verify-trail.js';

const folders = auditFolders();
afterAll(() => folders.remove());

const KEYS = checkpointKeys(SIGNING_KEY);

async function recordsIn({ folder }: AuditSettings): Promise<readonly AuditRecord[]> {
  const records: AuditRecord[] = [];
  for await (const { record } of readRecords(folder, { from: null, to: null })) records.push(record);
  return records;
}

function verify({ folder, copyFolder }: AuditSettings, keys = KEYS) {
  const copy = copyFolder === null ? null : folderPlace(copyFolder);
  return verifyTrail(folder, { keys, copy, now: later() });
}

async function until(isSo: () => boolean): Promise<void> {
  for (let time = 0; time < 500 && !isSo(); time += 1) await wait(20);
  expect(isSo()).toBe(true);
}

/** Everything that jest can fake except setTimeout. */
const NOT_FAKED = [
  'Date',
  'clearImmediate',
  'clearInterval',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
] as const;

/** What a descriptor of this process is open for; null: it has just been closed. */
function targetOf(descriptor: string): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return null;
  }
}

/** Actions of admin records. */
async function actionsIn(settings: AuditSettings): Promise<readonly unknown[]> {
  return (await recordsIn(settings)).flatMap(({ kind, detail }) =>
    kind === 'admin' ? [detail?.action] : [],
  );
}

describe('hashHex()', () => {
  it('knows SM3 as GB/T 32905 defines it', () => {
    expect(hashHex('sm3', 'abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  });
});

describe('openAudit()', () => {
  it.each(AUDIT_HASHES)(
    'gives back with %s what was written, and leaves a whole trail and copy',
    async (hash) => {
      const settings = folders.settings({ hash, segmentBytes: 20_000, checkpointRecords: 7 });
      const audit = await openAudit(settings);
      const records = Array.from({ length: 100 }, (_, index) => sampleRecord(index));
      for (let start = 0; start < 100; start += 10) {
        await Promise.all(records.slice(start, start + 10).map((record) => audit.append(record)));
      }
      await audit.close();
      expect(await recordsIn(settings)).toEqual(records);
      const { breaks, segments, signatures, unsigned } = await verify(settings);
      expect(breaks).toEqual([]);
      expect(segments).toBeGreaterThan(3);
      expect(signatures).toBeGreaterThanOrEqual(100 / 10);
      expect(unsigned).toBeNull();
      for (const name of readdirSync(String(settings.copyFolder))) {
        const copy = readFileSync(join(String(settings.copyFolder), name));
        expect(copy.equals(readFileSync(join(settings.folder, name)))).toBe(true);
      }
    },
  );

  it('reads records of versions that did not write down what an operation costs', async () => {
    const settings = folders.settings();
    const audit = await openAudit(settings);
    const { cost, ...older } = sampleRecord(1);
    await audit.append(older as AuditRecord);
    await audit.close();
    expect(cost).toBe(30);
    expect(await recordsIn(settings)).toEqual([{ ...older, cost: null }]);
    expect((await verify(settings)).breaks).toEqual([]);
  });

  it('keeps every text that a record may hold', async () => {
    const settings = folders.settings();
    const audit = await openAudit(settings);
    const odd = sampleRecord(1, { requestId: '行\n"hash":"\\\u2028\ud800 {}', purpose: '' });
    await audit.append(odd);
    await audit.close();
    expect((await recordsIn(settings))[0]?.requestId).toBe(odd.requestId);
    expect((await verify(settings)).breaks).toEqual([]);
  });

  it('signs with an Ed25519 key, which its public half checks', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const pem = (text: string | Buffer): Secret => new Secret(text.toString());
    const key = pem(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const settings = folders.settings({ signing: { kind: 'ed25519', key } });
    const audit = await openAudit(settings);
    await audit.append(sampleRecord(1));
    await audit.close();
    const halves = [key, pem(publicKey.export({ type: 'spki', format: 'pem' }))].flatMap(checkpointKeys);
    for (const half of halves)
      expect(await verify(settings, [half])).toMatchObject({ breaks: [], signatures: 1 });
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' });
    const wrong = await verify(settings, checkpointKeys(pem(other)));
    expect(wrong.breaks).toMatchObject([{ kind: 'forged', segment: 1, line: 3 }]);
  });

  it.each([
    'not a key',
    generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ])('refuses a key that is none of Ed25519, and does not show it', async (text) => {
    const settings = folders.settings({ signing: { kind: 'ed25519', key: new Secret(text) } });
    const error: unknown = await openAudit(settings).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toContain('Ed25519');
    expect(String(error)).not.toContain(text);
  });

  it('writes what comes in one turn with one flush, and what comes meanwhile with the next', async () => {
    const audit = await openAudit(folders.settings());
    const before = audit.flushes;
    await Promise.all(Array.from({ length: 500 }, (_, index) => audit.append(sampleRecord(index))));
    expect(audit.flushes - before).toBe(1);
    const appends: Promise<void>[] = [];
    for (let index = 0; index < 500; index += 1) {
      appends.push(audit.append(sampleRecord(index)));
      if (index % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(appends);
    expect(audit.flushes - before).toBeLessThanOrEqual(12);
    await audit.close();
  });

  describe('under load', () => {
    beforeEach(() => {
      jest.useFakeTimers({ doNotFake: [...NOT_FAKED] });
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    it('lets a write wait for more once the last one carried several, and for nothing before', async () => {
      const audit = await openAudit(folders.settings({ copyFolder: null }));
      const before = audit.flushes;
      // Nobody moves the clock: whoever asks alone is written down without it.
      await audit.append(sampleRecord(1));
      await Promise.all([audit.append(sampleRecord(2)), audit.append(sampleRecord(3))]);
      const later = [audit.append(sampleRecord(4))];
      await new Promise((resolve) => setImmediate(resolve));
      later.push(audit.append(sampleRecord(5)));
      expect(audit.flushes - before).toBe(2);
      jest.advanceTimersByTime(2);
      await Promise.all(later);
      expect(audit.flushes - before).toBe(3);
      // Sixty-four are enough.
      const many = Array.from({ length: 63 }, (_, index) => audit.append(sampleRecord(index)));
      await new Promise((resolve) => setImmediate(resolve));
      expect(audit.flushes - before).toBe(3);
      await Promise.all([...many, audit.append(sampleRecord(64))]);
      expect(audit.flushes - before).toBe(4);
      const closed = audit.close();
      jest.advanceTimersByTime(2);
      await closed;
    });
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('writes so that a write that has ended is on the disk', async () => {
    const settings = folders.settings();
    const audit = await openAudit(settings);
    const path = realpathSync(join(settings.folder, '000001.ndjson'));
    const descriptor = readdirSync('/proc/self/fd').find((name) => targetOf(name) === path);
    const [, flags = '0'] =
      /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8')) ?? [];
    expect(Number.parseInt(flags, 8) & constants.O_DSYNC).toBe(constants.O_DSYNC);
    await audit.close();
  });

  it('signs within its interval while there are new records, and not without', async () => {
    const settings = folders.settings({ checkpointMs: 50 });
    const audit = await openAudit(settings);
    const path = join(settings.folder, '000001.ndjson');
    const signed = (): number => readFileSync(path, 'utf8').split('"checkpoint":').length - 1;
    await audit.append(sampleRecord(1));
    await until(() => signed() === 1);
    await wait(200);
    expect(signed()).toBe(1);
    await audit.append(sampleRecord(2));
    await until(() => signed() === 2);
    await until(() => {
      const copy = join(String(settings.copyFolder), '000001.ndjson');
      return existsSync(copy) && statSync(copy).size === statSync(path).size;
    });
    await audit.close();
  });

  it('refuses records at once when too many wait, and takes them again', async () => {
    const settings = folders.settings({ maxWaiting: 10, copyFolder: null });
    const audit = await openAudit(settings);
    const appends = Array.from({ length: 12 }, (_, index) => audit.append(sampleRecord(index)));
    const outcomes = await Promise.allSettled(appends);
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...Array<string>(10).fill('fulfilled'),
      'rejected',
      'rejected',
    ]);
    await expect(appends[11]).rejects.toMatchObject({ name: 'AuditUnavailable', reason: 'queue-full' });
    await audit.append(sampleRecord(13));
    await audit.close();
    expect(await recordsIn(settings)).toHaveLength(11);
  });

  it('refuses a record that is too large, and what comes after the end', async () => {
    const audit = await openAudit(folders.settings());
    const large = sampleRecord(1, { requestId: 'x'.repeat(2 ** 20) });
    await expect(audit.append(large)).rejects.toMatchObject({ reason: 'too-large' });
    await audit.close();
    await expect(audit.append(sampleRecord(1))).rejects.toMatchObject({ reason: 'closed' });
  });

  it('begins a segment with every day, and one with every start', async () => {
    const settings = folders.settings();
    let now = new Date('2026-07-01T15:59:59Z');
    const audit = await openAudit(settings, { now: () => now });
    await audit.append(sampleRecord(1));
    now = new Date('2026-07-01T16:00:00Z');
    await audit.append(sampleRecord(2));
    await audit.close();
    const again = await openAudit(settings, { now: () => now });
    await again.append(sampleRecord(3));
    await again.close();
    expect(readdirSync(settings.folder).sort()).toEqual(['000001.ndjson', '000002.ndjson', '000003.ndjson']);
    expect(await recordsIn(settings)).toHaveLength(3);
    expect((await verify(settings)).breaks).toEqual([]);
  });

  it('leaves a folder to the process that has it', async () => {
    const settings = folders.settings();
    const audit = await openAudit(settings);
    const second = await openAudit(settings);
    expect(second.state()).toMatchObject({ kind: 'unavailable' });
    await expect(second.append(sampleRecord(1))).rejects.toThrow(`process ${process.pid} writes to`);
    await second.close();
    await audit.append(sampleRecord(1));
    await audit.close();
    expect((await verify(settings)).breaks).toEqual([]);
  });
});

describe('an audit that cannot be written', () => {
  it('is unavailable while a file stands in the place of its folder, and then goes on', async () => {
    const settings = folders.settings({ copyFolder: null });
    mkdirSync(dirname(settings.folder), { recursive: true });
    writeFileSync(settings.folder, 'a file');
    const audit = await openAudit(settings);
    expect(audit.state()).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('EEXIST') });
    await expect(audit.append(sampleRecord(1))).rejects.toBeInstanceOf(AuditUnavailable);
    rmSync(settings.folder);
    await until(() => audit.state().kind === 'writable');
    await audit.append(sampleRecord(2));
    await audit.close();
    const [first, second] = await recordsIn(settings);
    expect(first).toMatchObject({ kind: 'admin', detail: { action: 'audit-writable-again', refused: 1 } });
    expect(second).toEqual(sampleRecord(2));
  });

  it('notices that its file was removed or cut, and goes on in a segment that says so', async () => {
    for (const harm of [rmSync, (path: string) => truncateSync(path, 300)]) {
      const settings = folders.settings({ checkpointRecords: 1 });
      const audit = await openAudit(settings);
      await audit.append(sampleRecord(1));
      harm(join(settings.folder, '000001.ndjson'));
      await expect(audit.append(sampleRecord(2))).rejects.toBeInstanceOf(AuditUnavailable);
      expect(audit.state().kind).toBe('unavailable');
      await until(() => audit.state().kind === 'writable');
      await audit.append(sampleRecord(3));
      await audit.close();
      expect(readFileSync(join(settings.folder, '000002.ndjson'), 'utf8')).toContain('segment-missing');
      expect((await verify(settings)).breaks[0]?.segment).toBe(1);
    }
  });

  it('writes on while the copy cannot be written, and brings the copy level later', async () => {
    const settings = folders.settings({ checkpointRecords: 1 });
    const copyFolder = String(settings.copyFolder);
    mkdirSync(dirname(copyFolder), { recursive: true });
    writeFileSync(copyFolder, 'a file');
    const audit = await openAudit(settings);
    await audit.append(sampleRecord(1));
    await until(() => audit.state().copy.kind === 'behind');
    rmSync(copyFolder);
    await audit.append(sampleRecord(2));
    await until(() => audit.state().copy.kind === 'level');
    await audit.close();
    expect((await verify(settings)).breaks).toEqual([]);
  });
});

describe('openAudit() on a trail that was left', () => {
  async function leave(settings: AuditSettings, records = 5): Promise<string> {
    const audit = await openAudit(settings);
    for (let index = 0; index < records; index += 1) await audit.append(sampleRecord(index));
    await audit.close();
    return join(settings.folder, '000001.ndjson');
  }

  async function reopen(settings: AuditSettings) {
    const audit = await openAudit(settings);
    const state = audit.state();
    await audit.append(sampleRecord(99));
    await audit.close();
    return { state, actions: await actionsIn(settings) };
  }

  it.each([
    ['without its line break', (line: string) => line.slice(0, -1)],
    ['half', (line: string) => line.slice(0, 100)],
    ['with zeros', (line: string) => `${line.slice(0, 100)}${'\0'.repeat(200)}`],
    ['with another sign in it', (line: string) => line.replace('request-', 'Request-')],
  ])('cuts off a last line %s, and tells it', async (_, tear) => {
    const settings = folders.settings({ copyFolder: null });
    const path = await leave(settings);
    const torn = tear(readFileSync(path, 'utf8').split('\n')[3] ?? '');
    const whole = readFileSync(path, 'utf8').split('\n').slice(0, 3).join('\n');
    writeFileSync(path, `${whole}\n${torn}${torn.endsWith('}') && torn.includes('Request') ? '\n' : ''}`);
    const { state, actions } = await reopen(settings);
    expect(state).toMatchObject({ kind: 'writable', broken: null });
    expect(actions).toEqual(['torn-tail-cut', 'unsigned-tail']);
    const records = await recordsIn(settings);
    expect(records.find(({ kind }) => kind === 'admin')?.detail).toMatchObject({ segment: 1 });
    expect(records.filter(({ kind }) => kind === 'operation')).toHaveLength(3);
    expect((await verify(settings)).breaks).toEqual([]);
  });

  it('takes the number of a segment again whose head was not written whole', async () => {
    const settings = folders.settings({ copyFolder: null });
    await leave(settings);
    writeFileSync(join(settings.folder, '000002.ndjson'), '{"seq":8,"head":{"segm');
    expect((await reopen(settings)).actions).toEqual(['torn-tail-cut']);
    expect(readdirSync(settings.folder)).toEqual(['000001.ndjson', '000002.ndjson']);
    expect((await verify(settings)).breaks).toEqual([]);
  });

  it.each<[string, (path: string) => void]>([
    [
      'changed in its middle',
      (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('request-1', 'request-7')),
    ],
    ['shorter than its copy', (path) => truncateSync(path, 2000)],
    ['away', (path) => rmSync(path)],
  ])('changes nothing of a segment that is %s, and begins one that names it', async (_, harm) => {
    const settings = folders.settings();
    const path = await leave(settings);
    harm(path);
    const { state, actions } = await reopen(settings);
    expect(state).toMatchObject({ kind: 'writable', broken: { segment: 1 } });
    expect(actions).toContain('trail-broken');
    expect(readFileSync(join(settings.folder, '000002.ndjson'), 'utf8')).toMatch(/"broken":"1:/);
    expect((await verify(settings)).breaks[0]?.segment).toBe(1);
  });

  it('brings the copy level when it is opened, though nothing new is recorded', async () => {
    const settings = folders.settings();
    await leave(settings);
    rmSync(String(settings.copyFolder), { recursive: true });
    await (await openAudit(settings)).close();
    expect((await verify(settings)).breaks).toEqual([]);
    expect(existsSync(join(String(settings.copyFolder), '000001.ndjson'))).toBe(true);
  });

  it('removes nothing younger than 180 days, whatever the settings say', async () => {
    const settings = folders.settings({ retentionDays: 1 });
    let now = new Date('2026-01-01T00:00:00Z');
    const open = () => openAudit(settings, { now: () => now });
    const days = (count: number) => new Date(Date.UTC(2026, 0, 1 + count));
    for (const day of [0, 10, 20]) {
      now = days(day);
      const audit = await open();
      await audit.append(sampleRecord(day, { time: auditTime(now) }));
      await audit.close();
    }
    now = days(189);
    const audit = await open();
    const oldest = async (): Promise<unknown> => {
      await audit.prune();
      return readdirSync(settings.folder).sort()[0];
    };
    expect(await oldest()).toBe('000001.ndjson');
    now = days(190);
    expect(await oldest()).toBe('000002.ndjson');
    now = days(201);
    expect(await oldest()).toBe('000003.ndjson');
    await audit.close();
    const left = ['000003.ndjson', '000004.ndjson', '000005.ndjson', '000006.ndjson'];
    expect(readdirSync(settings.folder)).toEqual(left);
    expect(readdirSync(String(settings.copyFolder))).toEqual(left);
    expect(await actionsIn(settings)).toEqual(['segments-removed', 'segments-removed']);
    const copy = folderPlace(String(settings.copyFolder));
    expect((await verifyTrail(settings.folder, { keys: KEYS, copy, now })).breaks).toEqual([]);
    // The same folder would be short of segments if it were younger.
    const early = await verifyTrail(settings.folder, { keys: KEYS, copy, now: days(100) });
    expect(early.breaks).toMatchObject([{ kind: 'segment-missing', segment: 2 }]);
  });
});
