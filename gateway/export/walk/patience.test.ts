import { createPatience } from './patience.js';

const { signal } = new AbortController();

/** A patience whose waits take no time, and how long they would have been. */
function patience(totalMs: number) {
  const waits: number[] = [];
  const created = createPatience(totalMs, async (ms) => void waits.push(ms));
  return { ...created, waits };
}

describe('createPatience()', () => {
  it('waits longer each time, and in all as long as it may', async () => {
    const { wait, waits } = patience(20_000);
    while (await wait(['a'], signal));
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000, 2250]);
  });

  it('counts for each name', async () => {
    const { wait } = patience(1000);
    while (await wait(['a'], signal));
    expect(await wait(['a', 'b'], signal)).toBe(true);
  });

  it('begins anew for a name that was back', async () => {
    const { wait, see, waits } = patience(1000);
    for (let time = 0; time < 5; time++) {
      expect(await wait(['a'], signal)).toBe(true);
      see([]);
    }
    expect(waits).toEqual([250, 250, 250, 250, 250]);
  });

  it('is spent once: what was waited for in vain may come and go', async () => {
    const { wait, see } = patience(1000);
    while (await wait(['a'], signal));
    see([]);
    expect(await wait(['a'], signal)).toBe(false);
  });

  it('ends with the signal', async () => {
    const left = new AbortController();
    const waiting = createPatience(60_000).wait(['a'], left.signal);
    left.abort();
    expect(await waiting).toBe(false);
  });
});
