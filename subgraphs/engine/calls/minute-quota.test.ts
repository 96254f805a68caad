import fc from 'fast-check';
import { createMinuteQuota, QUOTA_MINUTE_MS } from './minute-quota.js';

/** Calls that want to be sent: how long after the one before, how long they take, when of that they reach the source. */
const wishes = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 20_000 })),
    takesMs: fc.integer({ min: 0, max: 10_000 }),
    reaches: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 120, size: 'max' },
);

describe('createMinuteQuota()', () => {
  it('never lets more calls reach the source in any minute than it allows, however long they take', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), wishes, (limit, wanted) => {
        let now = 0;
        const quota = createMinuteQuota(limit, () => now);
        const ends: { readonly at: number; readonly end: () => void }[] = [];
        const arrivals: number[] = [];
        for (const { gapMs, takesMs, reaches } of wanted) {
          const next = now + gapMs;
          for (const due of ends.filter(({ at }) => at <= next).sort((left, right) => left.at - right.at)) {
            now = due.at;
            due.end();
            ends.splice(ends.indexOf(due), 1);
          }
          now = next;
          if (quota.waitMs() > 0) continue;
          ends.push({ at: now + takesMs, end: quota.take() });
          arrivals.push(now + takesMs * reaches);
        }
        const inMinuteFrom = (from: number): number =>
          arrivals.filter((at) => at >= from && at <= from + 60_000).length;
        expect(Math.max(0, ...arrivals.map(inMinuteFrom))).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('lets the next call through exactly when it said', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 60_000 }), (limit, laterMs) => {
        let now = 0;
        const quota = createMinuteQuota(limit, () => now);
        for (let sent = 0; sent < limit; sent++) quota.take()();
        now = laterMs;
        const waitMs = quota.waitMs();
        now += waitMs - 1;
        expect(quota.waitMs()).toBe(1);
        now += 1;
        expect(quota.waitMs()).toBe(0);
        expect(quota.used()).toBe(0);
      }),
    );
  });

  it('counts a call that still runs, however long ago it was sent', () => {
    let now = 0;
    const quota = createMinuteQuota(1, () => now);
    const end = quota.take();
    now = 10 * QUOTA_MINUTE_MS;
    expect(quota.waitMs()).toBeGreaterThan(0);
    end();
    end();
    expect(quota.used()).toBe(1);
  });
});
