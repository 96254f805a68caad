import type { Clock } from '../runtime/clock.js';
import { renewIndex } from './keep-indexed.js';

/** What is done with an index that was built at a moment, when it is looked at at another. */
async function done(builtAt: string | null, now: string): Promise<readonly string[]> {
  const calls: string[] = [];
  const note = (name: string) => async (): Promise<void> => {
    calls.push(name);
  };
  const clock: Clock = { now: () => new Date(now), today: () => now.slice(0, 10) };
  const registry = { asOf: () => builtAt, renew: note('renew'), refresh: note('refresh') };
  await renewIndex(registry, clock, { warn: note('warn') });
  return calls;
}

describe('renewIndex()', () => {
  it.each([
    ['2026-06-29T12:00:00+08:00', '2026-06-30T02:59:00+08:00', 'renew'],
    ['2026-06-29T12:00:00+08:00', '2026-06-30T03:00:00+08:00', 'refresh'],
    ['2026-06-30T03:01:00+08:00', '2026-06-30T23:59:00+08:00', 'renew'],
    ['2026-06-29T02:00:00+08:00', '2026-06-30T02:00:00+08:00', 'refresh'],
    [null, '2026-06-30T12:00:00+08:00', 'refresh'],
  ])('of an index of %s looked at on %s: %s', async (builtAt, now, wanted) => {
    expect(await done(builtAt, now)).toEqual([wanted]);
  });

  it('goes on where a renewal fails', async () => {
    const failing = {
      asOf: () => null,
      renew: () => Promise.reject(),
      refresh: () => Promise.reject(new Error('x')),
    };
    const clock: Clock = { now: () => new Date(), today: () => '2026-06-30' };
    const warned: unknown[] = [];
    await renewIndex(failing, clock, { warn: (what: unknown) => void warned.push(what) });
    expect(warned).toHaveLength(1);
  });
});
