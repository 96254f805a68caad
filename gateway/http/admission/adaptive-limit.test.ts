import { createAdaptiveLimit, type Look } from './adaptive-limit.js';

const CALM: Look = { busy: 0.2, latenessMs: 1, running: 64, isWaitedFor: false };

/** So many looks in a row. */
function see(times: number, look: Partial<Look>, limit = createAdaptiveLimit()) {
  for (let time = 0; time < times; time += 1) limit.adjust({ ...CALM, ...look });
  return limit;
}
const LATE = { busy: 1, latenessMs: 60, isWaitedFor: true };

describe('createAdaptiveLimit()', () => {
  it('lets fewer in while the thread works all the time in long turns, down to some', () => {
    const limit = see(50, LATE);
    expect(limit.value).toBeLessThan(64);
    expect(see(2000, LATE, limit).value).toBe(16);
  });

  it('counts from what is under way, not from what it would let in', () => {
    const limit = see(100, { isWaitedFor: true });
    expect(limit.value).toBeGreaterThan(1000);
    expect(see(30, { ...LATE, running: 40 }, limit).value).toBeLessThanOrEqual(28);
  });

  it('lets more in when requests wait for subgraphs alone, up to a bound', () => {
    expect(see(10, { isWaitedFor: true }).value).toBeGreaterThan(100);
    expect(see(1000, { isWaitedFor: true }).value).toBe(2048);
  });

  it('stays where nobody waits, and where the thread is busy in short turns', () => {
    expect(see(100, {}).value).toBe(64);
    expect(see(100, { busy: 1, latenessMs: 10, isWaitedFor: true }).value).toBeLessThan(100);
  });

  it('does not mind one late turn of the loop', () => {
    const limit = see(20, { busy: 1, latenessMs: 5 });
    limit.adjust({ ...CALM, busy: 1, latenessMs: 5000 });
    expect(limit.value).toBe(64);
  });
});
