import type { Place } from '../../../runtime/yaml/placed-yaml.js';
import { foldSpelling } from '../texts/spelling.js';

/** One line of a code list. */
export interface CodeEntry {
  readonly place: Place;
  readonly code: string;
  readonly label: string;
  /** Accepted like the code and the label. */
  readonly aliases: readonly string[];
  /** Value of the list's enum. */
  readonly value: string;
  /** First and last day, `yyyy-MM-dd`, on which the code has this meaning. Absent: no bound. */
  readonly from?: string;
  readonly until?: string;
}

/** `schema/codes/<folder>/<name>.yaml`: what a department's codes mean in the canonical enum (D16). */
export interface CodeList {
  /** `market/check-result`. */
  readonly list: string;
  readonly title: string;
  readonly enum: string;
  readonly codes: readonly CodeEntry[];
  /** Values of the enum, gravest first; what counts when one cell holds several codes. */
  readonly order: readonly string[];
}

export type CodeLists = ReadonlyMap<string, CodeList>;

/** Every text that stands for an entry, folded as `foldSpelling` does. */
export function spellingsOf(entry: CodeEntry): readonly string[] {
  return [...new Set([entry.code, entry.label, ...entry.aliases].map(foldSpelling))];
}

export function isPeriodic({ from, until }: CodeEntry): boolean {
  return from !== undefined || until !== undefined;
}

/** Whether two entries are valid on a common day. */
export function overlap(left: CodeEntry, right: CodeEntry): boolean {
  const startsBeforeEnd = (a: CodeEntry, b: CodeEntry): boolean =>
    a.from === undefined || b.until === undefined || a.from <= b.until;
  return startsBeforeEnd(left, right) && startsBeforeEnd(right, left);
}

/** Whether an entry is valid on a day. */
export function isValidOn({ from, until }: CodeEntry, day: string): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}

/** Which of two entries is valid later: what counts when there is no date to judge by. */
export function isLater(candidate: CodeEntry, other: CodeEntry): boolean {
  if (other.until === undefined) return false;
  return candidate.until === undefined || candidate.until > other.until;
}
