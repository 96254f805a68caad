import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedHistory } from './embedded-history.js';
import type { HistoryStore } from './history-store.js';
import { fillHistory } from './testing/fill-history.js';

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const NOW = Date.parse('2026-06-30T12:00:00+08:00');

let folder: string;
let store: HistoryStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eg-history-'));
  store = openEmbeddedHistory(join(folder, 'history.sqlite'));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const QUESTION = { interface: 'market.inspection', measure: 'REACHABLE', about: null } as const;

describe('openEmbeddedHistory()', () => {
  it('has what was written before the process was killed', async () => {
    const file = join(folder, 'killed.sqlite');
    const child = fork(join(import.meta.dirname, 'testing', 'write-until-killed.mjs'), [file, String(NOW)]);
    const written = await new Promise<number>((resolve) => {
      child.on('message', (count: number) => {
        if (count >= 50) resolve(count);
      });
    });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    const after = openEmbeddedHistory(file);
    const points = await after.read({ ...QUESTION, from: NOW, to: NOW + DAY });
    await after.close();
    expect(points.length).toBeGreaterThanOrEqual(written);
  });
});

describe('the size of a history', () => {
  it('is less than 500 MB for 60 interfaces over 90 days', async () => {
    // A twelfth of the interfaces.
    await fillHistory(store, { interfaces: 5, now: NOW, compactEvery: 10 });
    const megabytes = statSync(join(folder, 'history.sqlite')).size / 2 ** 20;
    const ofSixty = megabytes * 12;
    console.info(`${Math.round(ofSixty)} MB for 60 interfaces`);
    expect(ofSixty).toBeLessThan(500);
    expect(ofSixty).toBeGreaterThan(20);
  }, 120_000);
});
