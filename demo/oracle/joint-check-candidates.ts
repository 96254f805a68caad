import { jointTasksOf } from '../world/joint/make-joint-tasks.js';
import type { World } from '../world/world.js';
import { compareTexts, groupBySubject, pointerKey } from './by-subject.js';
import { canonicalId } from './canonical-id.js';
import type { OracleOptions } from './records.js';

interface CandidateOfMonth {
  readonly id: string;
  readonly departments: readonly string[];
  readonly visits: number;
  readonly items: readonly string[];
  /** Of joint checks of the subject at any time. */
  readonly equipment: readonly string[];
}

/**
 * Whom `least` departments or more inspected in a month, with no joint check held or planned in it (domain §2.5): most
 * departments first, then most visits, then by canonical id.
 */
export function candidatesOfMonth(
  world: World,
  month: string,
  least: number,
  { personKey }: OracleOptions,
): readonly CandidateOfMonth[] {
  const isIn = ({ date }: { readonly date: string }): boolean => date.startsWith(month);
  const tasks = jointTasksOf(world);
  const joined = new Set(
    tasks
      .filter((task) => isIn(task) && task.state !== 'CANCELLED')
      .map(({ subject }) => pointerKey(subject)),
  );
  const visits = [...world.inspections].filter(
    (one) => isIn(one) && !one.jointCheck && one.kind !== 'JOINT' && one.subject !== null,
  );
  const candidates = [...groupBySubject(visits, ({ subject }) => subject)].flatMap(
    ([key, { subject, items }]) => {
      const departments = distinct(items.map(({ department }) => department));
      if (departments.length < least || joined.has(key)) return [];
      const before = tasks.filter((task) => pointerKey(task.subject) === key);
      return [
        {
          id: canonicalId(world, subject, personKey),
          departments,
          visits: items.length,
          items: distinct(items.map(({ itemCode }) => itemCode)),
          equipment: distinct(before.flatMap(({ equipment }) => equipment)),
        },
      ];
    },
  );
  return candidates.sort(
    (a, b) => b.departments.length - a.departments.length || b.visits - a.visits || compareTexts(a.id, b.id),
  );
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort(compareTexts);
}
