import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { atDepth } from '../../test/deep.js';
import { runEnvironment } from '../../test/run/once-per-run.js';
import { compileSources } from '../testing/compiled-sources.js';
import type { AuditSettings } from './audit-settings.js';
import { checkpointKeys } from './checkpoint-keys.js';
import { folderPlace } from './copy/folder-place.js';
import { openAudit } from './open-audit.js';
import { readRecords } from './read/read-records.js';
import { auditFolders, later, SIGNING_KEY } from './testing/audit-folders.js';
import { verifyTrail } from './verify/verify-trail.js';

const folders = auditFolders();
afterAll(() => folders.remove());

/** A process that records until it ends, and what it has said so far. */
interface Appender {
  readonly process: ChildProcess;
  said(): string;
  /** Resolves when a line of what it says matches. */
  until(line: RegExp): Promise<void>;
}

async function startAppender(settings: AuditSettings, name: string, limit = ''): Promise<Appender> {
  const { pathOf } = await compileSources();
  const script = pathOf('gateway/audit/testing/append-forever.mjs');
  const said = JSON.stringify({ settings, key: SIGNING_KEY.reveal() });
  const words = [process.execPath, script, said, name];
  const child = spawn('sh', ['-c', `${limit} exec "$@"`, 'sh', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: runEnvironment(),
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const until = async (line: RegExp): Promise<void> => {
    for (let time = 0; time < 3000 && !line.test(output); time += 1) await wait(5);
    if (!line.test(output)) throw new Error(`The process must say ${line}, but says ${output.slice(-500)}`);
  };
  return { process: child, said: () => output, until };
}

function acknowledged(output: string): readonly string[] {
  // The last line may have been cut by the kill.
  const lines = output.split('\n').slice(0, -1);
  return lines.flatMap((line) => (line.startsWith('ack ') ? [line.slice(4)] : []));
}

async function kill({ process: child, said }: Appender): Promise<readonly string[]> {
  child.kill('SIGKILL');
  await once(child, 'close');
  return acknowledged(said());
}

/** Bytes behind the last line break of the newest segment. */
function tornBytes(folder: string): number {
  const name =
    readdirSync(folder)
      .filter((one) => one.endsWith('.ndjson'))
      .sort()
      .at(-1) ?? '';
  const bytes = readFileSync(join(folder, name));
  return bytes.length - (bytes.lastIndexOf(10) + 1);
}

async function contents(folder: string) {
  const requestIds = new Set<string>();
  const torn: unknown[] = [];
  for await (const { record } of readRecords(folder, { from: null, to: null })) {
    requestIds.add(record.requestId);
    if (record.detail?.action === 'torn-tail-cut') torn.push(record.detail.bytes);
  }
  return { requestIds, torn };
}

async function expectWhole({ folder, copyFolder }: AuditSettings): Promise<void> {
  const copy = folderPlace(String(copyFolder));
  const { breaks } = await verifyTrail(folder, { keys: checkpointKeys(SIGNING_KEY), copy, now: later() });
  expect(breaks).toEqual([]);
}

it(
  'has every record that it acknowledged, after every kill -9, and tells what it cut off',
  async () => {
    let acks = 0;
    for (let run = 0; run < atDepth(5, 100); run += 1) {
      const settings = folders.settings({ checkpointMs: 10 });
      const expected: string[] = [];
      const torn: number[] = [];
      for (const life of ['first', 'second']) {
        const appender = await startAppender(settings, life);
        await appender.until(/^ack /m);
        await wait(((run * 37 + life.length * 11) % 60) + Math.random() * 5);
        expected.push(...(await kill(appender)));
        torn.push(tornBytes(settings.folder));
      }
      await (await openAudit(settings)).close();
      const found = await contents(settings.folder);
      expect(expected.filter((requestId) => !found.requestIds.has(requestId))).toEqual([]);
      expect(found.torn).toEqual(torn.filter((bytes) => bytes > 0));
      await expectWhole(settings);
      acks += expected.length;
      rmSync(settings.folder, { recursive: true });
    }
    expect(acks).toBeGreaterThan(100);
  },
  atDepth(120_000, 900_000),
);

it('is unavailable when the disk takes no more, and goes on where it was when it does', async () => {
  const settings = folders.settings({ checkpointMs: 10 });
  // A file may have 64 KiB (blocks of 512 bytes): the write that goes beyond is cut off, and fails.
  const appender = await startAppender(settings, 'full', 'ulimit -S -f 128;');
  await appender.until(/^state unavailable$/m);
  const before = acknowledged(appender.said()).length;
  expect(before).toBeGreaterThan(10);
  // Each segment may have as much, so that a new one takes records until it is full.
  await appender.until(/^state unavailable$[\s\S]*^state writable$[\s\S]*^state unavailable$/m);
  appender.process.kill('SIGTERM');
  await once(appender.process, 'close');
  const { requestIds } = await contents(settings.folder);
  const acks = acknowledged(appender.said());
  expect(acks.length).toBeGreaterThan(before);
  expect(acks.filter((requestId) => !requestIds.has(requestId))).toEqual([]);
  await (await openAudit(settings)).close();
  await expectWhole(settings);
}, 60_000);
