import { createLogger } from '../gateway/observe/logger.js';
import { createStateLog } from '../gateway/observe/state-log.js';
import { systemClock } from '../runtime/clock.js';
import type { InterfaceOutcome } from '../subgraphs/port/interface-outcome.js';
import { keepFresh } from './keep-fresh.js';

const outcome = (state: InterfaceOutcome['state']): InterfaceOutcome => ({
  interface: 'market.inspection',
  department: 'market',
  state,
  asOf: null,
  tookMs: 1,
  reason: state === 'LIVE' ? null : 'SOURCE_UNAVAILABLE: 。',
});

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'performance'] }));
afterEach(() => jest.useRealTimers());

describe('keepFresh()', () => {
  it('tells of every look, and looks again soon at what has just gone missing, once', async () => {
    let state: InterfaceOutcome['state'] = 'LIVE';
    const looks: string[] = [];
    const freshness = keepFresh(systemClock, createStateLog(createLogger('silent')), ([one]) =>
      looks.push(one?.state ?? ''),
    );
    await freshness.watch({ refreshFreshness: async () => [outcome(state)] });
    await jest.advanceTimersByTimeAsync(30_000);
    expect(looks).toEqual(['LIVE', 'LIVE']);
    state = 'MISSING';
    await jest.advanceTimersByTimeAsync(30_000);
    expect(looks).toEqual(['LIVE', 'LIVE', 'MISSING']);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(looks).toHaveLength(4);
    await jest.advanceTimersByTimeAsync(19_000);
    expect(looks).toHaveLength(4);
    await jest.advanceTimersByTimeAsync(1000);
    expect(looks).toHaveLength(5);
    freshness.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(looks).toHaveLength(5);
  });
});
