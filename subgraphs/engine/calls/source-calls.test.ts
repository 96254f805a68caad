import { setTimeout as delay } from 'node:timers/promises';
import { ANONYMOUS } from '../../../runtime/call/caller.js';
import { startOwnTime } from '../../../test/own-time.js';
import type { Pause } from '../../port/hands.js';
import { answerRow, fail, neverAnswer, readNumber, withCountedSource } from './testing/counted-source.js';
import { contextOf, countEach, outcomeOf, recordCalls } from './testing/recorded-calls.js';

const each = async (count: number, work: (index: number) => Promise<string>): Promise<readonly string[]> => {
  const outcomes: string[] = [];
  for (let index = 1; index <= count; index++) outcomes.push(await work(index));
  return outcomes;
};

describe('createSourceCalls() retries', () => {
  it('sends a read again that failed in passing', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      behave((response, nth) => (nth === 1 ? fail : answerRow)(response, nth));
      const { calls, events } = recordCalls(adapter, {});
      expect(await calls.read(readNumber(1), contextOf(20_000))).toEqual([['row']]);
      expect(arrivals).toHaveLength(2);
      expect(events).toEqual(['retry']);
    }));

  it('sends again the one exchange of several that failed, not the whole read', () =>
    withCountedSource(5, async ({ adapter, behave, arrivals }) => {
      behave((response, nth) => (nth === 3 ? fail : answerRow)(response, nth));
      const { calls } = recordCalls(adapter, {});
      expect(await calls.read(readNumber(1), contextOf(20_000))).toHaveLength(5);
      expect(arrivals).toHaveLength(6);
    }));

  it('causes at most 1.1 times the traffic while everything fails', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      behave(fail);
      const { calls } = recordCalls(adapter, {
        breaker: false,
        retries: 5,
        concurrent: 8,
        timeoutMs: 20_000,
      });
      const reads = Array.from({ length: 500 }, (_, index) =>
        outcomeOf(calls.read(readNumber(index + 1), contextOf(20_000))),
      );
      expect(countEach(await Promise.all(reads))).toEqual(new Map([['SOURCE_UNAVAILABLE', 500]]));
      expect(arrivals.length).toBeGreaterThan(500);
      expect(arrivals.length).toBeLessThanOrEqual(550);
    }));

  it('sends nothing again that the source refused, or for a caller who left', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      behave((response) => response.writeHead(400).end());
      const { calls, events } = recordCalls(adapter, { retries: 5 });
      expect(await outcomeOf(calls.read(readNumber(1), contextOf(20_000)))).toBe('SOURCE_REJECTED');
      const leaving = new AbortController();
      behave((response, nth) => {
        fail(response, nth);
        leaving.abort();
      });
      expect(await outcomeOf(calls.read(readNumber(2), contextOf(20_000, leaving.signal)))).toBe(
        'SOURCE_TIMEOUT',
      );
      await delay(200);
      expect(arrivals).toHaveLength(2);
      expect(events).toEqual([]);
    }));
});

describe('createSourceCalls() breaker', () => {
  it('pauses a source that keeps failing, says until when, and is back within 10 s of its recovery', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      behave(fail);
      const { calls, events, state } = recordCalls(adapter, { retries: 0 });
      const outcomes = await each(50, (index) => outcomeOf(calls.read(readNumber(index), contextOf(20_000))));
      expect(arrivals).toHaveLength(5);
      expect(
        outcomes.slice(5).every((text) => /^SOURCE_UNAVAILABLE 数据源连续失败，暂停调用至 /.test(text)),
      ).toBe(true);
      expect(countEach(events)).toEqual(new Map([['breaker', 45]]));
      expect(state()).toMatchObject({ breakerOpen: true });
      expect(calls.trouble()).toMatch(/暂停调用至/);
      behave(answerRow);
      const recovered = performance.now();
      while ((await outcomeOf(calls.read(readNumber(1), contextOf(20_000)))) !== 'ok') await delay(50);
      expect(performance.now() - recovered).toBeLessThan(10_000);
      expect(state()).toMatchObject({ breakerOpen: false });
      expect(calls.trouble()).toBeNull();
    }));

  it('that is opened by hand sends nothing, says so, and asks anew at once when it is closed', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      let cutOff: Pause | null = null;
      let closedAt: number | null = null;
      const { calls, state } = recordCalls(adapter, { retries: 0 }, undefined, undefined, {
        of: (_name, held) => (held === 'source' ? cutOff : null),
        breakerClosedAt: () => closedAt,
      });
      const until = Date.parse('2026-07-01T08:00:00+08:00');
      cutOff = { why: '检修', by: 'issuer/li', since: 0, until };
      expect(await outcomeOf(calls.read(readNumber(1), contextOf(20_000)))).toBe(
        'SOURCE_CUT_OFF 至 2026-07-01 08:00。Until 2026-07-01 08:00.',
      );
      expect(arrivals).toHaveLength(0);
      expect(state()).toMatchObject({ breakerOpen: false });
      cutOff = null;
      behave(fail);
      await each(6, (index) => outcomeOf(calls.read(readNumber(index), contextOf(20_000))));
      expect(arrivals).toHaveLength(5);
      behave(answerRow);
      closedAt = 1;
      expect(state()).toMatchObject({ breakerOpen: false });
      expect(calls.trouble()).toBeNull();
      expect(await outcomeOf(calls.read(readNumber(1), contextOf(20_000)))).toBe('ok');
    }));

  it('lets one trial through after the pause while the others wait for how it ends', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      behave(fail);
      const { calls } = recordCalls(adapter, { retries: 0 });
      await each(5, (index) => outcomeOf(calls.read(readNumber(index), contextOf(20_000))));
      const held: (() => void)[] = [];
      behave((response) => held.push(() => response.end('["row"]')));
      await delay(1100);
      const sent = arrivals.length;
      const reads = [1, 2, 3, 4].map((index) => outcomeOf(calls.read(readNumber(index), contextOf(20_000))));
      while (arrivals.length === sent) await delay(10);
      await delay(150);
      expect(arrivals.length - sent).toBe(1);
      behave(answerRow);
      held[0]?.();
      expect(await Promise.all(reads)).toEqual(['ok', 'ok', 'ok', 'ok']);
    }));

  it('does not blame the source for callers who left or had no time', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      behave(neverAnswer);
      const { calls, state } = recordCalls(adapter, { retries: 0, concurrent: 64, timeoutMs: 20_000 });
      const leaving = new AbortController();
      const left = Array.from({ length: 10 }, (_, index) =>
        outcomeOf(calls.read(readNumber(index + 1), contextOf(20_000, leaving.signal))),
      );
      const hasty = Array.from({ length: 10 }, (_, index) =>
        outcomeOf(calls.read(readNumber(index + 100), contextOf(300))),
      );
      expect(countEach(await Promise.all(hasty))).toEqual(new Map([['SOURCE_TIMEOUT', 10]]));
      for (let turn = 0; turn < 200 && arrivals.length <= 5; turn++) await delay(50);
      leaving.abort();
      expect(countEach(await Promise.all(left))).toEqual(new Map([['SOURCE_TIMEOUT', 10]]));
      expect(arrivals.length).toBeGreaterThan(5);
      expect(state()).toMatchObject({ breakerOpen: false });
    }));

  it('opens for a source that never answers in its own time', () =>
    withCountedSource(null, async ({ adapter, behave }) => {
      behave(neverAnswer);
      const { calls, state } = recordCalls(adapter, { retries: 0, timeoutMs: 200, concurrent: 64 });
      const reads = Array.from({ length: 6 }, (_, index) =>
        outcomeOf(calls.read(readNumber(index + 1), contextOf(20_000))),
      );
      expect(countEach(await Promise.all(reads))).toEqual(new Map([['SOURCE_TIMEOUT', 6]]));
      expect(state()).toMatchObject({ breakerOpen: true });
    }));
});

describe('createSourceCalls() callers', () => {
  it('sends the same read of two callers twice', () =>
    withCountedSource(null, async ({ adapter, arrivals }) => {
      const { calls } = recordCalls(adapter, { concurrent: 64 });
      const contexts = ['a', 'a', 'b'].map((name) => ({
        ...contextOf(20_000),
        caller: { ...ANONYMOUS, name },
      }));
      await Promise.all(contexts.map((context) => calls.read(readNumber(1), context)));
      expect(arrivals).toHaveLength(2);
    }));
});

describe('createSourceCalls() quota', () => {
  it('never sends more than 20 calls a minute of 500 at once, and answers or refuses every one', () =>
    withCountedSource(null, async ({ adapter, arrivals }) => {
      const { calls, state } = recordCalls(adapter, { perMinute: 20, concurrent: 64 });
      const reads = Array.from({ length: 500 }, (_, index) =>
        // Five at a time want the same.
        outcomeOf(calls.read(readNumber(Math.floor(index / 5) + 1), contextOf(20_000))),
      );
      const outcomes = await Promise.all(reads);
      const refused = /^SOURCE_UNAVAILABLE 每分钟 20 次的调用配额已用完，\d\d:\d\d:\d\d 后恢复。/;
      expect(arrivals).toHaveLength(20);
      expect(outcomes.filter((text) => text === 'ok')).toHaveLength(100);
      expect(outcomes.filter((text) => refused.test(text))).toHaveLength(400);
      expect(state().quotas).toEqual([{ window: 'minute', used: 20, limit: 20 }]);
    }));

  it('sends again once the minute is over, retries counted', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      let now = 0;
      const { calls, events } = recordCalls(adapter, { perMinute: 2 }, undefined, () => now);
      behave((response, nth) => (nth === 1 ? fail : answerRow)(response, nth));
      expect(await outcomeOf(calls.read(readNumber(1), contextOf(20_000)))).toBe('ok');
      expect(await outcomeOf(calls.read(readNumber(2), contextOf(20_000)))).toMatch(/配额已用完/);
      expect(arrivals).toHaveLength(2);
      now = 61_000;
      expect(await outcomeOf(calls.read(readNumber(3), contextOf(20_000)))).toBe('ok');
      expect(events).toEqual(['retry', 'quota_minute']);
    }));

  it('refuses in quiet hours and says when they end', () =>
    withCountedSource(null, async ({ adapter, arrivals }) => {
      const at = (time: string) => ({
        now: () => new Date(`2026-06-30T${time}+08:00`),
        today: () => '2026-06-30',
      });
      const quiet = [{ from: '22:30', to: '06:00' }];
      const night = recordCalls(adapter, { quiet }, at('23:10:00'));
      expect(await outcomeOf(night.calls.read(readNumber(1), contextOf(20_000)))).toMatch(
        /2026-07-01 06:00 后恢复/,
      );
      expect(night.events).toEqual(['quiet']);
      const day = recordCalls(adapter, { quiet }, at('22:29:59'));
      expect(await outcomeOf(day.calls.read(readNumber(1), contextOf(20_000)))).toBe('ok');
      expect(arrivals).toHaveLength(1);
    }));
});

describe('createSourceCalls() places', () => {
  it('keeps to the number of exchanges at a time, and tells who waited in vain', () =>
    withCountedSource(8, async ({ adapter, behave, arrivals }) => {
      behave(neverAnswer);
      const { calls, events } = recordCalls(adapter, { concurrent: 3 });
      const time = startOwnTime();
      expect(await outcomeOf(calls.read(readNumber(1), contextOf(1000)))).toBe('SOURCE_TIMEOUT');
      expect(time.stop()).toBeLessThan(2500);
      expect(arrivals).toHaveLength(3);
      await delay(50);
      expect(countEach(events)).toEqual(new Map([['gate', 5]]));
    }));
});

describe('createSourceCalls() sharing', () => {
  it('sends identical reads that run at once only once', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      behave((response) => setTimeout(() => response.end('["row"]'), 100));
      const { calls, events } = recordCalls(adapter, {});
      const reads = Array.from({ length: 30 }, () => calls.read(readNumber(1), contextOf(20_000)));
      expect(await Promise.all(reads)).toEqual(Array.from({ length: 30 }, () => [['row']]));
      expect(arrivals).toHaveLength(1);
      expect(countEach(events)).toEqual(new Map([['shared', 29]]));
      await calls.read(readNumber(1), contextOf(20_000));
      expect(arrivals).toHaveLength(2);
    }));

  it('tells reads apart that differ in the type of a value alone', () =>
    withCountedSource(null, async ({ adapter, arrivals }) => {
      const { calls } = recordCalls(adapter, { concurrent: 64 });
      const values = [5, 5n, '5', true, new Uint8Array([5]), new Uint8Array([53]), Number.NaN];
      await Promise.all(
        values.map((value) =>
          calls.read(
            { ...readNumber(1), where: { kind: 'compare', column: 'cell', op: 'eq', value } },
            contextOf(20_000),
          ),
        ),
      );
      expect(arrivals).toHaveLength(values.length);
    }));

  it('lets one who leaves leave alone; the last takes the call along', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals, closedEarly }) => {
      behave(neverAnswer);
      const { calls } = recordCalls(adapter, {});
      const [first, last] = [new AbortController(), new AbortController()];
      const reads = [first, last].map(({ signal }) =>
        outcomeOf(calls.read(readNumber(1), contextOf(20_000, signal))),
      );
      while (arrivals.length === 0) await delay(5);
      first.abort();
      expect(await reads[0]).toBe('SOURCE_TIMEOUT');
      await delay(50);
      expect(closedEarly()).toBe(0);
      last.abort();
      expect(await reads[1]).toBe('SOURCE_TIMEOUT');
      while (closedEarly() === 0) await delay(5);
      expect(arrivals).toHaveLength(1);
    }));
});
