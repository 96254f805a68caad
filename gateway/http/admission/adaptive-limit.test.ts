import { createAdaptiveLimit, type Look } from './adaptive-limit.js';

const CALM: Look = { elapsedMs: 10, busy: 0.2, latenessMs: 1, running: 64, done: 2, isWaitedFor: false };

/** So many looks in a row. */
function see(times: number, look: Partial<Look>, limit = createAdaptiveLimit()) {
  for (let time = 0; time < times; time += 1) limit.adjust({ ...CALM, ...look });
  return limit;
}
const FULL = { busy: 1, latenessMs: 5, isWaitedFor: true };
const LATE = { ...FULL, latenessMs: 60 };

/**
 * A minute in which subgraphs answer: each request takes `tookMs` of them, and they answer `most` a millisecond.
 *
 * @returns the limit after each second.
 */
function live(tookMs: number, most: number, limit = createAdaptiveLimit()): readonly number[] {
  const seconds: number[] = [];
  for (let look = 1; look <= 6000; look += 1) {
    const done = 10 * Math.min(most, limit.value / tookMs);
    limit.adjust({ ...CALM, running: limit.value, done, isWaitedFor: true });
    if (look % 100 === 0) seconds.push(limit.value);
  }
  return seconds;
}

describe('createAdaptiveLimit()', () => {
  it('lets fewer in while the thread works all the time, fast where its turns are long, down to some', () => {
    expect(see(25, LATE).value).toBeLessThan(25);
    expect(see(25, FULL).value).toBeGreaterThan(40);
    expect(see(2000, FULL).value).toBe(8);
  });

  it('counts from what is under way, not from what it would let in, where turns are long', () => {
    const limit = createAdaptiveLimit();
    live(1000, 1000, limit);
    expect(limit.value).toBe(2048);
    expect(see(30, { ...LATE, running: 40 }, limit).value).toBeLessThanOrEqual(28);
  });

  it('lets more in while more gets done by it, up to a bound', () => {
    expect(live(100, 3).at(-1)).toBeGreaterThanOrEqual(300);
    expect(live(1000, 1000).at(-1)).toBe(2048);
  });

  it('lets no more in than subgraphs can take, and finds out with how few they do as much', () => {
    // Twenty at a time keep them busy.
    const seconds = live(20, 1);
    expect(seconds.slice(20).toSorted((left, right) => left - right)[20]).toBeLessThan(40);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(96);
    // While it tries others, they hold it for a small part of the time.
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(8);
  });

  it('lets others in when a subgraph begins to hang', () => {
    const limit = createAdaptiveLimit();
    live(20, 1, limit);
    // Of each ten under way nine wait for three seconds.
    const seconds = live(2700, 1000, limit);
    expect(seconds[14]).toBeGreaterThan(200);
  });

  it('stays where nobody waits, and where the thread is as busy as it should be', () => {
    expect(see(100, {}).value).toBe(64);
    expect(see(100, { busy: 0.95, isWaitedFor: true }).value).toBe(64);
  });

  it('does not mind one late turn of the loop', () => {
    const limit = see(20, { busy: 0.95, latenessMs: 5 });
    limit.adjust({ ...CALM, busy: 0.95, latenessMs: 5000, isWaitedFor: true });
    expect(limit.value).toBe(64);
  });
});
