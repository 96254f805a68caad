import { createAdaptiveLimit } from './adaptive-limit.js';

/** So many measurements in a row. */
function measure(
  times: number,
  lateness: number,
  running: number,
  waiting: boolean,
  limit = createAdaptiveLimit(),
) {
  for (let time = 0; time < times; time += 1) limit.adjust(lateness, running, waiting);
  return limit;
}

describe('createAdaptiveLimit()', () => {
  it('lets fewer in while the event loop is late, down to a few', () => {
    const limit = measure(20, 60, 64, true);
    expect(limit.value).toBeLessThan(64);
    expect(measure(1000, 60, 64, true, limit).value).toBe(4);
  });

  it('counts from what is under way, not from what it would let in', () => {
    const limit = measure(100, 1, 64, true);
    expect(limit.value).toBeGreaterThan(1000);
    expect(measure(3, 60, 20, true, limit).value).toBe(16);
  });

  it('lets more in when requests wait for subgraphs alone, up to a bound', () => {
    expect(measure(10, 1, 64, true).value).toBeGreaterThan(150);
    expect(measure(1000, 1, 64, true).value).toBe(2048);
  });

  it('stays where nobody waits', () => {
    expect(measure(100, 1, 10, false).value).toBe(64);
  });

  it('does not mind one late turn of the loop', () => {
    const limit = measure(5, 1, 10, false);
    limit.adjust(200, 10, false);
    expect(limit.value).toBe(64);
  });
});
