import { daysBetween } from '../world/days.js';
import type { Inspection, World } from '../world/world.js';
import { compareTexts, groupBySubject } from './by-subject.js';
import { industryOf } from './canonical-id.js';

interface RepeatVisits {
  /** Industry; null: vessels, people. */
  readonly key: string | null;
  readonly subjects: number;
  /** Of these, who had two departments within the window. */
  readonly repeated: number;
  readonly visits: number;
  /** repeated ÷ subjects. */
  readonly repeatRate: number;
}

interface RepeatVisitOptions {
  /** Inspections from and to these days, both included; default: all. */
  readonly from?: string;
  readonly to?: string;
  /** Two visits are close when at most so many days lie between them. Default 30. */
  readonly withinDays?: number;
}

/** Question 15, by industry: joint checks are no visits here. In the order of the industry's code, null last. */
export function repeatVisits(world: World, options: RepeatVisitOptions = {}): readonly RepeatVisits[] {
  const { from = '', to = '9999-12-31', withinDays = 30 } = options;
  const visits = [...world.inspections].filter(
    ({ jointCheck, kind, date }) => !jointCheck && kind !== 'JOINT' && date >= from && date <= to,
  );
  const buckets = new Map<string | null, { subjects: number; repeated: number; visits: number }>();
  for (const { subject, items } of groupBySubject(visits, (visit) => visit.subject).values()) {
    const key = industryOf(world, subject);
    const bucket = buckets.get(key) ?? { subjects: 0, repeated: 0, visits: 0 };
    bucket.subjects += 1;
    bucket.visits += items.length;
    if (isRepeated(items, withinDays)) bucket.repeated += 1;
    buckets.set(key, bucket);
  }
  return [...buckets]
    .map(([key, bucket]) => ({ key, ...bucket, repeatRate: bucket.repeated / bucket.subjects }))
    .sort((a, b) => compareTexts(a.key ?? '\uffff', b.key ?? '\uffff'));
}

/** Every pair is looked at, so that nothing clever can be wrong. */
function isRepeated(visits: readonly Inspection[], withinDays: number): boolean {
  return visits.some((one) =>
    visits.some(
      (other) =>
        one.department !== other.department && Math.abs(daysBetween(one.date, other.date)) <= withinDays,
    ),
  );
}
