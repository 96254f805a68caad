import type { World } from '../world/world.js';
import { compareTexts, groupBySubject } from './by-subject.js';
import { canonicalId } from './canonical-id.js';
import { monthsBefore } from './legal-clocks.js';
import { addYuan } from './money.js';
import type { OracleOptions } from './records.js';

interface PenalisedByMany {
  readonly id: string;
  readonly departments: readonly string[];
  /** Decided cases of the period. */
  readonly cases: number;
  /** Fines of these, in yuan. */
  readonly totalFine: string;
}

interface PenalisedOptions extends OracleOptions {
  /** Decisions of so many months up to today, the day itself so many months ago included. Default 24. */
  readonly months?: number;
  /** Default 3. */
  readonly departments?: number;
}

/** Question 10: subjects with decisions of so many departments. By canonical id. */
export function penalisedByMany(world: World, options: PenalisedOptions): readonly PenalisedByMany[] {
  const today = options.today ?? world.today;
  const from = monthsBefore(today, options.months ?? 24);
  const decided = [...world.cases].filter(
    ({ decidedAt }) => decidedAt !== null && decidedAt >= from && decidedAt <= today,
  );
  const found = [...groupBySubject(decided, ({ subject }) => subject).values()].flatMap(
    ({ subject, items }) => {
      const departments = [...new Set(items.map(({ department }) => department))].sort(compareTexts);
      if (departments.length < (options.departments ?? 3)) return [];
      return [
        {
          id: canonicalId(world, subject, options.personKey),
          departments,
          cases: items.length,
          totalFine: addYuan(items.map(({ fine }) => fine)),
        },
      ];
    },
  );
  return found.sort((a, b) => compareTexts(a.id, b.id));
}
