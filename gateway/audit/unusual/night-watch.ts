import { dayOf, isLevelFrom } from '../audit-record.js';
import { dayAfter } from './days.js';
import { PeriodCounts } from './period-counts.js';
import type { UnusualRules } from './unusual-rules.js';
import type { Finding, Look, Watch } from './watch.js';

/** Looks at night by users, night by night. A night belongs to the day on which it ends. */
export class NightWatch implements Watch {
  readonly #rule: UnusualRules['night'];
  readonly #counts: PeriodCounts;

  constructor(rule: UnusualRules['night']) {
    this.#rule = rule;
    this.#counts = new PeriodCounts('night', rule.least);
  }

  see({ caller, record }: Look): readonly Finding[] {
    const { time, level } = record;
    const night = this.#nightOf(time);
    if (night === null || record.caller?.kind !== 'user' || !isLevelFrom(level, this.#rule.level)) return [];
    return this.#counts.count(night, caller, time);
  }

  end(): readonly Finding[] {
    return this.#counts.end();
  }

  #nightOf(time: string): string | null {
    const hour = Number(time.slice(11, 13));
    const { from, until } = this.#rule;
    const day = dayOf(time);
    if (from <= until) return hour >= from && hour < until ? day : null;
    if (hour < until) return day;
    return hour >= from ? dayAfter(day) : null;
  }
}
