import { dayOf, isLevelFrom } from '../audit-record.js';
import { PeriodCounts } from './period-counts.js';
import type { UnusualRules } from './unusual-rules.js';
import type { Finding, Look, Watch } from './watch.js';

/** Answers of level L3 that a caller gets, day by day. */
export class VolumeWatch implements Watch {
  readonly #counts: PeriodCounts;

  constructor({ perDay }: UnusualRules['volume']) {
    this.#counts = new PeriodCounts('volume', perDay + 1);
  }

  see({ caller, record: { time, level } }: Look): readonly Finding[] {
    return isLevelFrom(level, 'L3') ? this.#counts.count(dayOf(time), caller, time) : [];
  }

  end(): readonly Finding[] {
    return this.#counts.end();
  }
}
