import type { FeedCondition, Lateness } from '../../../feed/feed.js';
import type { FieldValue } from '../../../kinds/field-value.js';
import { createWorkingDays } from '../../../values/dates/working-days.js';

/** Necessary conditions for being late: what a source may filter by. */
export function latenessParts({ from, workingDays, on, exceptions }: Lateness): readonly FeedCondition[] {
  return [{ field: from, to: createWorkingDays(exceptions).latestBefore(on, workingDays) }];
}

/** Compiles the definition of `Lateness` to a predicate over values that hold its two fields. */
export function compileLateness(late: Lateness): (values: ReadonlyMap<string, FieldValue>) => boolean {
  const days = createWorkingDays(late.exceptions);
  return (values) => {
    const from = values.get(late.from);
    const to = values.get(late.to);
    if (typeof from !== 'string') return false;
    const limit = days.limitOf(from, late.workingDays);
    return limit < late.on && (typeof to !== 'string' || to > limit);
  };
}
