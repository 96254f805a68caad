import type { Finding } from './watch.js';

interface Counted {
  readonly from: string;
  to: string;
  count: number;
}

/** A record may be written after one of the next day: it tells when its request began, and is written when that is over. */
const OPEN_PERIODS = 2;

/** Counts of each caller by day or night. It holds the last two alone, so that it grows with the callers of two days. */
export class PeriodCounts {
  readonly #periods = new Map<string, Map<string, Counted>>();
  readonly #rule: Finding['rule'];
  readonly #least: number;

  constructor(rule: Finding['rule'], least: number) {
    this.#rule = rule;
    this.#least = least;
  }

  /** @returns findings of periods that are over. */
  count(period: string, caller: string, time: string): readonly Finding[] {
    const callers = this.#periods.get(period) ?? new Map<string, Counted>();
    this.#periods.set(period, callers);
    const counted = callers.get(caller);
    if (counted === undefined) callers.set(caller, { from: time, to: time, count: 1 });
    else {
      counted.count += 1;
      if (time > counted.to) counted.to = time;
    }
    return this.#close(OPEN_PERIODS);
  }

  end(): readonly Finding[] {
    return this.#close(0);
  }

  #close(open: number): readonly Finding[] {
    const over = [...this.#periods.keys()].sort().slice(0, Math.max(0, this.#periods.size - open));
    return over.flatMap((period) => {
      const callers = [...(this.#periods.get(period) ?? [])];
      this.#periods.delete(period);
      return callers
        .filter(([, { count }]) => count >= this.#least)
        .map(([caller, { from, to, count }]) => ({ rule: this.#rule, caller, from, to, count }));
    });
  }
}
