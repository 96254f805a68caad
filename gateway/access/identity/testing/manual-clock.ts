import { type Clock, countyMoment } from '../../../../runtime/clock.js';

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
}

export function manualClock(start = '2026-06-30T12:00:00+08:00'): ManualClock {
  let moment = Date.parse(start);
  return {
    now: () => new Date(moment),
    today: () => countyMoment(new Date(moment)).slice(0, 10),
    advance: (ms) => {
      moment += ms;
    },
  };
}
