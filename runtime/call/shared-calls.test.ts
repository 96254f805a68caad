import { setTimeout as delay } from 'node:timers/promises';
import { createSharedCalls } from './shared-calls.js';
import { type Waiter, WaiterLeft } from './waiter.js';

const waiterFor = (budgetMs: number, signal = new AbortController().signal): Waiter => ({
  signal,
  deadline: Date.now() + budgetMs,
});

/** Work that ends after a while or when nobody waits any more, and counts how often it was started. */
function countedWork(takesMs: number) {
  const senders: Waiter[] = [];
  return {
    senders,
    send: async (waiter: Waiter): Promise<number> => {
      senders.push(waiter);
      await delay(takesMs, undefined, { signal: waiter.signal });
      return senders.length;
    },
  };
}

describe('createSharedCalls()', () => {
  it('starts one call for all who ask the same at once, and another for whoever comes later', async () => {
    const calls = createSharedCalls<number>();
    const { send } = countedWork(50);
    const joined = ['a', 'a', 'b', 'a'].map((key) => calls.join(key, waiterFor(5000), send));
    expect(await Promise.all(joined)).toEqual([2, 2, 2, 2]);
    expect(await calls.join('a', waiterFor(5000), send)).toBe(3);
  });

  it('gives all the same failure, and forgets it', async () => {
    const calls = createSharedCalls<number>();
    const fail = async (): Promise<number> => {
      await delay(20);
      throw new Error('down');
    };
    const joined = [1, 2].map(() => calls.join('a', waiterFor(5000), fail));
    for (const one of joined) await expect(one).rejects.toThrow('down');
    expect(await calls.join('a', waiterFor(5000), () => Promise.resolve(1))).toBe(1);
  });

  it('does not let a patient caller depend on a hasty one', async () => {
    const calls = createSharedCalls<number>();
    const { send, senders } = countedWork(400);
    const hasty = calls.join('a', waiterFor(100), send);
    const patient = calls.join('a', waiterFor(5000), send);
    await expect(hasty).rejects.toThrow(WaiterLeft);
    expect(await patient).toBe(2);
    expect(senders).toHaveLength(2);
  });

  it('ends a hasty caller at its own deadline while the patient one goes on', async () => {
    const calls = createSharedCalls<number>();
    const { send, senders } = countedWork(1000);
    let isDone = false;
    const patient = calls.join('a', waiterFor(5000), send).finally(() => {
      isDone = true;
    });
    await expect(calls.join('a', waiterFor(100), send)).rejects.toThrow(WaiterLeft);
    expect(isDone).toBe(false);
    expect(await patient).toBe(1);
    expect(senders).toHaveLength(1);
  });

  it('aborts the call when the last has left, and lets nobody join it then', async () => {
    const calls = createSharedCalls<number>();
    const { send, senders } = countedWork(10_000);
    const leaving = new AbortController();
    const left = calls.join('a', waiterFor(5000, leaving.signal), send);
    leaving.abort();
    await expect(left).rejects.toThrow(WaiterLeft);
    expect(senders[0]?.signal.aborted).toBe(true);
    const again = calls.join('a', waiterFor(300), send);
    expect(senders).toHaveLength(2);
    await expect(again).rejects.toThrow();
  });

  it('starts nothing for a caller who has left or has no time left', async () => {
    const calls = createSharedCalls<number>();
    const { send, senders } = countedWork(10);
    await expect(calls.join('a', waiterFor(5000, AbortSignal.abort()), send)).rejects.toThrow(WaiterLeft);
    await expect(calls.join('a', waiterFor(-1), send)).rejects.toThrow(WaiterLeft);
    expect(senders).toHaveLength(0);
  });
});
