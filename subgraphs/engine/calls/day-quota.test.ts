import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createDayCounts } from './day-counts.js';
import { createDayQuota } from './day-quota.js';
import { openStoredDayCounts } from './stored-day-counts.js';

const DAYS = ['2026-06-30', '2026-07-01', '2026-07-02'] as const;

describe('createDayQuota()', () => {
  it('never lets more calls reach the source on one day than it allows, wherever midnight falls', () => {
    const step = fc.constantFrom('send', 'end', 'midnight');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(step, { maxLength: 60, size: 'max' }),
        (limit, steps) => {
          let day = 0;
          const today = (): string => DAYS[day] ?? DAYS[2];
          const quota = createDayQuota(limit, 'test.rows', createDayCounts(), today);
          const running: { readonly end: () => void; readonly days: Set<string> }[] = [];
          const all: (readonly string[])[] = [];
          for (const next of steps) {
            if (next === 'midnight') {
              day = Math.min(2, day + 1);
              for (const call of running) call.days.add(today());
            } else if (next === 'end') {
              const call = running.shift();
              if (call === undefined) continue;
              call.end();
              all.push([...call.days]);
            } else if (quota.used() < limit) {
              running.push({ end: quota.take(), days: new Set([today()]) });
            }
          }
          // Whichever of its days a call reached the source on: those sent or ended on a day may all have been on it.
          for (const of of DAYS) {
            expect(all.filter((days) => days[0] === of || days.at(-1) === of).length).toBeLessThanOrEqual(
              limit,
            );
          }
        },
      ),
    );
  });

  it('remembers in a file what was sent before a restart, each interface and day of its own', () => {
    const folder = mkdtempSync(join(tmpdir(), 'eg-day-counts-'));
    try {
      const file = join(folder, 'counts.sqlite');
      const before = openStoredDayCounts(file);
      const quota = createDayQuota(3, 'test.rows', before, () => DAYS[0]);
      quota.take()();
      quota.take()();
      before.add('test.other', DAYS[0]);
      before.close();
      const after = openStoredDayCounts(file);
      expect(createDayQuota(3, 'test.rows', after, () => DAYS[0]).used()).toBe(2);
      expect(after.count('test.other', DAYS[0])).toBe(1);
      expect(after.count('test.rows', DAYS[1])).toBe(0);
      after.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
