import type { FeedCondition, InterfaceInfo } from '../../feed/feed.js';
import type { Kind } from '../../kinds/canonical.js';
import type { FeedFan } from './feed-fan.js';

/** What is known of a filter for all rows of an interface, without asking it. */
type Verdict = 'always' | 'never' | 'maybe';

/** Names of a kind's interfaces of which some row may satisfy a filter, and whose source can be asked for it. */
export function contributorsOf(fan: FeedFan, kind: Kind, where: FeedCondition): readonly string[] {
  return fan
    .interfacesOf(kind)
    .filter((info) => canMatch(info, where) && canAnswer(info, where))
    .map(({ name }) => name);
}

/** Whether some row may satisfy a filter. */
export function canMatch(info: InterfaceInfo, where: FeedCondition): boolean {
  return judge(info, where) !== 'never';
}

/** Whether its source can be asked: some have to be told of whom, which row or which document. */
export function canAnswer({ lookupOnly }: InterfaceInfo, where: FeedCondition): boolean {
  return !lookupOnly || namesRows(where);
}

function namesRows(where: FeedCondition): boolean {
  if ('all' in where) return where.all.some(namesRows);
  if ('any' in where) return where.any.length > 0 && where.any.every(namesRows);
  return 'subject' in where || 'ids' in where || 'sameNumber' in where;
}

function judge(info: InterfaceInfo, where: FeedCondition): Verdict {
  if ('all' in where) return judgeAll(where.all.map((part) => judge(info, part)));
  if ('any' in where) return opposite(judgeAll(where.any.map((part) => opposite(judge(info, part)))));
  if ('not' in where) return opposite(judge(info, where.not));
  if ('interface' in where) return where.interface.includes(info.name) ? 'always' : 'never';
  if ('ids' in where) return where.ids.some((id) => id.startsWith(`${info.name}:`)) ? 'maybe' : 'never';
  if ('subject' in where) return where.subject.length === 0 ? 'never' : 'maybe';
  if ('unpaidOn' in where) return maps(info, 'stage') && maps(info, 'fine') ? 'maybe' : 'never';
  if ('late' in where) return maps(info, where.late.from) && maps(info, where.late.to) ? 'maybe' : 'never';
  if (!maps(info, where.field)) return 'isNull' in where && where.isNull ? 'always' : 'never';
  if (where.field === 'department' && 'in' in where) return judgeDepartments(info, where.in);
  return 'maybe';
}

function judgeDepartments(info: InterfaceInfo, asked: readonly (string | boolean)[]): Verdict {
  if (info.departments === null) return 'maybe';
  const within = info.departments.filter((department) => asked.includes(department)).length;
  if (within === 0) return 'never';
  return within === info.departments.length ? 'always' : 'maybe';
}

function maps(info: InterfaceInfo, field: string): boolean {
  return info.fields.includes(field);
}

function judgeAll(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('never')) return 'never';
  return verdicts.includes('maybe') ? 'maybe' : 'always';
}

function opposite(verdict: Verdict): Verdict {
  if (verdict === 'maybe') return 'maybe';
  return verdict === 'always' ? 'never' : 'always';
}
