import { channel } from 'node:diagnostics_channel';
import { getHeapSpaceStatistics } from 'node:v8';
import { returnMemory } from './return-memory.js';
import { returnMemoryAtRest } from './return-memory-at-rest.js';

const MB = 2 ** 20;
let stop: () => void = () => undefined;
afterEach(() => stop());

/** Watches a process of so much memory. @returns resolves each time that memory was returned. */
function watch(residentBytes: () => number): { next(): Promise<void>; readonly times: number } {
  let times = 0;
  let tell: () => void = () => undefined;
  stop = returnMemoryAtRest({
    lookMs: 20,
    residentBytes,
    returnMemory: async () => {
      times += 1;
      tell();
    },
  });
  return {
    next: () =>
      new Promise((resolve) => {
        tell = resolve;
      }),
    get times() {
      return times;
    },
  };
}

/** So many looks have been made. */
function looks(count: number, reading: { made: number }): Promise<void> {
  const wanted = reading.made + count;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (reading.made < wanted) return;
      clearInterval(timer);
      resolve();
    }, 20);
  });
}

describe('returnMemoryAtRest()', () => {
  it('returns memory once the thread is at rest, and not again at once', async () => {
    const reading = { made: 0 };
    let resident = 800 * MB;
    const watched = watch(() => {
      reading.made += 1;
      return resident;
    });
    await watched.next();
    resident = 2000 * MB;
    await looks(5, reading);
    expect(watched.times).toBe(1);
  });

  it('waits while somebody asks', async () => {
    const reading = { made: 0 };
    const asking = setInterval(() => channel('http.server.request.start').publish({}), 10);
    const watched = watch(() => {
      reading.made += 1;
      return 800 * MB;
    });
    await looks(10, reading);
    expect(watched.times).toBe(0);
    clearInterval(asking);
    await watched.next();
    expect(watched.times).toBe(1);
  });
});

describe('returnMemory()', () => {
  it('collects what nobody holds', async () => {
    const kept = new WeakRef(Array.from({ length: 1000 }, (_, index) => ({ index })));
    await new Promise((resolve) => setImmediate(resolve));
    await returnMemory();
    expect(kept.deref()).toBeUndefined();
  });

  it('moves together what is left of what was let go', async () => {
    const oldBytes = (): number =>
      getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.physical_space_size ?? 0;
    let all = Array.from({ length: 600_000 }, (_, index) => ({ index, name: { of: index } }));
    await returnMemory();
    const before = oldBytes();
    all = all.filter(({ index }) => index % 50 === 0);
    await returnMemory();
    expect(all).toHaveLength(12_000);
    expect(before - oldBytes()).toBeGreaterThan(20 * MB);
  });
});
