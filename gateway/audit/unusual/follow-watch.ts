import { dayOf, isLevelFrom } from '../audit-record.js';
import { daysBetween } from './days.js';
import type { UnusualRules } from './unusual-rules.js';
import type { Finding, Look, Watch } from './watch.js';

interface Followed {
  readonly from: string;
  to: string;
  days: number;
}

/**
 * The same subject by one user on several days. It holds each pair of user and subject of the last `within` days: 150 bytes
 * or so a pair.
 */
export class FollowWatch implements Watch {
  readonly #rule: UnusualRules['follow'];
  /** By caller, then by subject. */
  readonly #callers = new Map<string, Map<string, Followed>>();
  #swept = '';

  constructor(rule: UnusualRules['follow']) {
    this.#rule = rule;
  }

  see({ caller, record }: Look): readonly Finding[] {
    const { time, level, subjects } = record;
    if (record.caller?.kind !== 'user' || !isLevelFrom(level, this.#rule.level)) return [];
    const over = this.#sweep(dayOf(time));
    const followed = this.#callers.get(caller) ?? new Map<string, Followed>();
    this.#callers.set(caller, followed);
    for (const subject of subjects) {
      const known = followed.get(subject);
      if (known === undefined) followed.set(subject, { from: time, to: time, days: 1 });
      else if (time > known.to) {
        if (dayOf(time) !== dayOf(known.to)) known.days += 1;
        known.to = time;
      }
    }
    return over;
  }

  end(): readonly Finding[] {
    return this.#takeIf(() => true);
  }

  /** Once a day: takes out what has paused for too long. */
  #sweep(today: string): readonly Finding[] {
    if (today <= this.#swept) return [];
    this.#swept = today;
    return this.#takeIf(({ to }) => daysBetween(dayOf(to), today) > this.#rule.within);
  }

  #takeIf(isOver: (followed: Followed) => boolean): readonly Finding[] {
    const findings: Finding[] = [];
    for (const [caller, subjects] of this.#callers) {
      for (const [subjectHash, followed] of subjects) {
        if (!isOver(followed)) continue;
        subjects.delete(subjectHash);
        const { from, to, days } = followed;
        if (days >= this.#rule.days)
          findings.push({ rule: 'follow', caller, subjectHash, from, to, count: days });
      }
      if (subjects.size === 0) this.#callers.delete(caller);
    }
    return findings;
  }
}
