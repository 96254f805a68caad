import { bearsRow, type InterfaceInfo } from '../../feed/feed.js';
import type { Kind } from '../../kinds/kinds.js';
import {
  type FieldCondition,
  foldCondition,
  holdsFor,
  type RowCondition,
} from '../../kinds/row-condition.js';
import type { FeedFan } from './feed-fan.js';

/** What is known of a filter for all rows of an interface, without asking it. */
type Certainty = 'always' | 'never' | 'maybe';

/** Names of a kind's interfaces of which some row may satisfy a filter, and whose source can be asked for it. */
export function contributorsOf(fan: FeedFan, kind: Kind, where: RowCondition): readonly string[] {
  return fan
    .interfacesOf(kind)
    .filter((info) => canMatch(info, where) && canAnswer(info, where))
    .map(({ name }) => name);
}

/** Whether some row may satisfy a filter. */
export function canMatch(info: InterfaceInfo, where: RowCondition): boolean {
  return judge(info, where) !== 'never';
}

/** Whether its source can be asked: some have to be told of whom, which row or which document. */
export function canAnswer({ lookupOnly, askedNumbers }: InterfaceInfo, where: RowCondition): boolean {
  if (!lookupOnly) return true;
  const canBeAsked = (field: string): boolean => askedNumbers === undefined || askedNumbers.includes(field);
  return holdsFor(
    where,
    (part) => 'subject' in part || 'ids' in part || ('sameNumber' in part && canBeAsked(part.field)),
  );
}

function judge(info: InterfaceInfo, where: RowCondition): Certainty {
  return foldCondition<Certainty>(where, {
    all: judgeAll,
    any: (parts) => opposite(judgeAll(parts.map(opposite))),
    not: opposite,
    field: (leaf) => judgeField(info, leaf),
    subject: (keys) => (keys.length === 0 ? 'never' : 'maybe'),
    ids: (ids) => (ids.some((id) => bearsRow(info, id)) ? 'maybe' : 'never'),
    interface: (names) => (names.includes(info.name) ? 'always' : 'never'),
    // Which rows these are is known to the interface alone.
    newerThan: (marks) => (marks.some((one) => one.interface === info.name) ? 'maybe' : 'never'),
  });
}

function judgeField(info: InterfaceInfo, leaf: FieldCondition): Certainty {
  if (!info.fields.includes(leaf.field)) return 'isNull' in leaf && leaf.isNull ? 'always' : 'never';
  return leaf.field === 'department' && 'in' in leaf ? judgeDepartments(info, leaf.in) : 'maybe';
}

function judgeDepartments(info: InterfaceInfo, asked: readonly (string | boolean)[]): Certainty {
  if (info.departments === null) return 'maybe';
  const within = info.departments.filter((department) => asked.includes(department)).length;
  if (within === 0) return 'never';
  return within === info.departments.length ? 'always' : 'maybe';
}

function judgeAll(parts: readonly Certainty[]): Certainty {
  if (parts.includes('never')) return 'never';
  return parts.includes('maybe') ? 'maybe' : 'always';
}

function opposite(certainty: Certainty): Certainty {
  if (certainty === 'maybe') return 'maybe';
  return certainty === 'always' ? 'never' : 'always';
}
