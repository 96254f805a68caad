import type { InterfaceOutcome } from '../../subgraphs/port/interface-outcome.js';
import { boundFreshness } from './bounded-freshness.js';

const LIVE: InterfaceOutcome = {
  interface: 'market.x',
  department: 'market',
  state: 'LIVE',
  asOf: null,
  tookMs: 1,
  reason: null,
};

describe('boundFreshness()', () => {
  it('gives what is known when reading takes too long, and what was read the next time', async () => {
    let calls = 0;
    let finish: () => void = () => undefined;
    const read = boundFreshness(async () => {
      calls++;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return [LIVE];
    }, 20);
    expect(await Promise.all([read(), read()])).toEqual([[], []]);
    expect(calls).toBe(1);
    finish();
    await read();
    expect(await read()).toEqual([LIVE]);
  });

  it('keeps what is known when reading fails', async () => {
    let fails = false;
    const read = boundFreshness(
      () => (fails ? Promise.reject(new Error('down')) : Promise.resolve([LIVE])),
      50,
    );
    expect(await read()).toEqual([LIVE]);
    fails = true;
    expect(await read()).toEqual([LIVE]);
  });
});
