import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedHistory } from './embedded-history.js';
import type { HistoryStore, KeptMeasurement } from './history-store.js';

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

const NONE = { measurements: [], incidents: [], remembered: new Map<string, string>() };

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
    // A twelfth of the interfaces, as they are measured by default: two of each look, 28 others every five minutes or hour.
    const names = Array.from({ length: 5 }, (_, index) => `market.interface-${index}`);
    const often = ['REACHABLE', 'ANSWER_TIME'] as const;
    const fiveMinutes = ['WATERMARK_AGE', 'QUOTA_USED', 'CLOCK_SKEW', 'SNAPSHOT_AGE'] as const;
    const fields = Array.from({ length: 24 }, (_, index) => `field${index}`);
    const chance = (seed: number) => ((seed * 48271) % 65_521) / 65_521;
    // Day by day with the clock, as it is compacted.
    for (let day = 90; day > 0; day--) {
      const begin = NOW - day * DAY;
      const measurements: KeptMeasurement[] = [];
      const add = (measure: KeptMeasurement['measure'], about: string | null, everySeconds: number): void => {
        for (const name of names) {
          for (let at = begin; at < begin + DAY; at += everySeconds * SECOND) {
            const value = measure === 'REACHABLE' ? 1 : 1000 * chance(at / SECOND + name.length);
            measurements.push({ interface: name, measure, about, value, at });
          }
        }
      };
      // Looks of days that are put together at once are as many as their five minutes.
      for (const measure of often) add(measure, null, day <= 8 ? 30 : 300);
      for (const measure of fiveMinutes) add(measure, null, 300);
      for (const field of fields) add('UNREADABLE', field, 3600);
      await store.write({ ...NONE, measurements });
      if (day % 10 === 0 || day === 1) await store.compact(begin + DAY);
    }
    const megabytes = statSync(join(folder, 'history.sqlite')).size / 2 ** 20;
    const ofSixty = megabytes * (60 / names.length);
    console.info(`${Math.round(ofSixty)} MB for 60 interfaces`);
    expect(ofSixty).toBeLessThan(500);
    expect(ofSixty).toBeGreaterThan(20);
  }, 120_000);
});
