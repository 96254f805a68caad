import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Lane } from '../../../runtime/call/lane.js';
import { HandClock } from '../testing/hand-clock.js';
import { answerRow, readNumber, withCountedSource } from './testing/counted-source.js';
import { contextOf, countEach, outcomeOf, recordCalls } from './testing/recorded-calls.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const PER_MINUTE = 40;
const PER_DAY = 700;
/** Queries that come at once, each of them different, and again so many a little later. */
const AT_ONCE = 100;
const BURSTS = [0, 30_000, 61_000, 3_600_000];

describe('a source over a turned day', () => {
  it('gets no more calls than its mapping declares, and none in its quiet window', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      const clock = new HandClock();
      const midnight = Date.parse('2026-06-30T00:00:00+08:00');
      const moments: number[] = [];
      behave((response, nth) => {
        moments.push(clock.ms);
        answerRow(response, nth);
      });
      const limits = {
        perMinute: PER_MINUTE,
        perDay: PER_DAY,
        quiet: [{ from: '02:00', to: '05:30' }],
        retries: 5,
        concurrent: 8,
      };
      const { calls } = recordCalls(adapter, limits, clock, () => clock.ms);
      let asked = 0;
      const outcomes: string[] = [];
      for (let at = 0; at < DAY_MS; at += 3 * 60 * MINUTE_MS) {
        for (const later of BURSTS) {
          clock.ms = midnight + at + later;
          const burst = Array.from({ length: AT_ONCE }, () => {
            asked += 1;
            return outcomeOf(calls.read(readNumber(asked), contextOf(20_000)));
          });
          outcomes.push(...(await Promise.all(burst)));
        }
      }
      expect(asked).toBeGreaterThan(1000);
      const known = countEach(outcomes.map((text) => text.slice(0, 'SOURCE_UNAVAILABLE'.length)));
      expect([...known.keys()].sort()).toEqual(['SOURCE_UNAVAILABLE', 'ok']);
      expect(known.get('ok')).toBe(arrivals.length);
      expect(moments).toHaveLength(PER_DAY);
      for (const ms of moments) {
        const inMinute = moments.filter((other) => other >= ms && other < ms + MINUTE_MS);
        expect(inMinute.length).toBeLessThanOrEqual(PER_MINUTE);
        const minute = (ms - midnight) / MINUTE_MS;
        expect(minute >= 120 && minute < 330).toBe(false);
      }
      // The next day begins anew.
      clock.ms = midnight + DAY_MS + 1;
      expect(await outcomeOf(calls.read(readNumber(asked + 1), contextOf(20_000)))).toBe('ok');
    }));

  it('answers a query before all but one of the calls of an export that stand in line', () =>
    withCountedSource(null, async ({ adapter, behave }) => {
      const waiting: (() => void)[] = [];
      behave((response, nth) => {
        waiting.push(() => answerRow(response, nth));
      });
      const { calls } = recordCalls(adapter, { concurrent: 2 });
      const done: Lane[] = [];
      const ask = (number: number, lane: Lane): Promise<unknown> =>
        calls.read(readNumber(number), { ...contextOf(20_000), lane }).then(() => done.push(lane));
      const exported = Array.from({ length: 30 }, (_, index) => ask(index + 1, 'background'));
      while (waiting.length === 0) await nextTurn();
      const query = ask(1000, 'interactive');
      // It goes to the source at once, into the place that exports leave.
      while (waiting.length < 2) await nextTurn();
      waiting.splice(1, 1)[0]?.();
      await query;
      expect(done).toEqual(['interactive']);
      behave(answerRow);
      for (const answer of waiting.splice(0)) answer();
      await Promise.all(exported);
      expect(done).toHaveLength(31);
    }));
});
