import type { RelationRole } from '../../feed/feed.js';
import type { SubjectKind, SubjectState } from '../../feed/registry-port.js';
import { parseSubjectKey } from '../../kinds/subject-key.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import { nameKey } from '../name-key.js';
import { kindOfRef, STRENGTH, schemeOf } from '../scheme-strength.js';
import type { RegisterRow } from './register-row.js';

/** One subject as everything that was heard of it adds up. */
export interface SubjectRecord {
  readonly id: string;
  /** `id` first; strongest scheme first, within a scheme the newest. */
  readonly refs: readonly { readonly ref: string; readonly current: boolean }[];
  readonly kind: SubjectKind;
  readonly name: string | null;
  readonly township: string | null;
  readonly industry: string | null;
  readonly state: SubjectState | null;
  /** Name keys, for finding. */
  readonly labels: readonly { readonly text: string; readonly former: boolean }[];
  readonly related: readonly { readonly role: RelationRole; readonly ref: string }[];
  /** What registers disagree about, as each of them has it; empty: they agree. */
  readonly disputed: readonly {
    readonly field: DisputedField;
    readonly value: string;
    readonly interface: string;
  }[];
}

/** What several registers say of one subject. */
export const DISPUTED_FIELDS = ['name', 'kind', 'township', 'industry', 'state'] as const;
export type DisputedField = (typeof DISPUTED_FIELDS)[number];

/**
 * Adds up the rows that are about one subject. The order of refs and rows makes no difference.
 *
 * @param refs all refs of the subject, at least one
 */
export function describeSubject(refs: readonly string[], rows: readonly RegisterRow[]): SubjectRecord {
  const outdated = rows.filter((row) => isSuperseded(row, rows));
  const lasting = new Set(rows.filter((row) => !outdated.includes(row)).flatMap((row) => row.refs));
  const gone = new Set(outdated.flatMap((row) => row.refs).filter((ref) => !lasting.has(ref)));
  const ordered = [...refs].sort((left, right) => compareRefs(left, right, gone));
  const [id] = ordered;
  if (id === undefined) throw new TypeError('Cannot describe a subject: it must have a ref, but has none');
  const newestFirst = [...rows].sort(
    (left, right) =>
      Number(outdated.includes(left)) - Number(outdated.includes(right)) ||
      bestPlace(left, ordered) - bestPlace(right, ordered) ||
      compareCodePoints(left.interface, right.interface) ||
      compareCodePoints(JSON.stringify(left.key), JSON.stringify(right.key)),
  );
  const first = <T>(pick: (row: RegisterRow) => T | null): T | null => {
    for (const row of newestFirst) {
      const value = pick(row);
      if (value !== null) return value;
    }
    return null;
  };
  const kind = first((row) => (row.kind === 'UNKNOWN' ? null : row.kind)) ?? kindOfRef(id);
  const name = first((row) => row.name);
  return {
    id,
    refs: ordered.map((ref) => ({ ref, current: isCurrent(ref, ordered, gone) })),
    kind,
    name,
    township: first((row) => row.township),
    industry: first((row) => row.industry),
    state: first((row) => (row.state === 'UNKNOWN' ? null : row.state)) ?? first((row) => row.state),
    labels: labelsOf(kind, name, newestFirst),
    related: newestFirst.flatMap((row) => row.related),
    disputed: DISPUTED_FIELDS.flatMap((field) =>
      disagreement(
        field,
        newestFirst.filter((row) => !outdated.includes(row)),
      ),
    ),
  };
}

/** Each register's word on a field, that which counts first; nothing where all say the same. */
function disagreement(field: DisputedField, rows: readonly RegisterRow[]): SubjectRecord['disputed'] {
  const said = new Map<string, string>();
  for (const row of rows) {
    const value = row[field];
    if (value !== null && value !== 'UNKNOWN' && !said.has(row.interface)) said.set(row.interface, value);
  }
  if (new Set(said.values()).size < 2) return [];
  return [...said].map(([name, value]) => ({ field, value, interface: name }));
}

/** Another row of the subject calls this row's name a former one. */
function isSuperseded(row: RegisterRow, rows: readonly RegisterRow[]): boolean {
  const { name } = row;
  if (name === null || rows.length === 1) return false;
  return rows.some(
    (other) =>
      other.name !== null &&
      other.name !== name &&
      other.formerNames.includes(name) &&
      !row.formerNames.includes(other.name),
  );
}

function compareRefs(left: string, right: string, gone: ReadonlySet<string>): number {
  return (
    STRENGTH.indexOf(schemeOf(left)) - STRENGTH.indexOf(schemeOf(right)) ||
    Number(gone.has(left)) - Number(gone.has(right)) ||
    compareCodePoints(serialOf(right), serialOf(left)) ||
    compareCodePoints(right, left)
  );
}

/**
 * The part of a number that grows with the day it was given out. Organisation codes within a USCC (from its
 * ninth character) begin with letters since 2015 and with digits before, so that the text order is that of time.
 */
function serialOf(ref: string): string {
  const value = parseSubjectKey(ref)?.value ?? '';
  return ref.startsWith('uscc:') ? value.slice(8, 17) : value;
}

/** A registration number is an old one wherever a USCC replaced it. */
function isCurrent(ref: string, ordered: readonly string[], gone: ReadonlySet<string>): boolean {
  const scheme = schemeOf(ref);
  if (scheme === 'regno' && ordered.some((other) => schemeOf(other) === 'uscc')) return false;
  if (scheme === 'vesselname') return !gone.has(ref);
  return ordered.find((other) => schemeOf(other) === scheme) === ref;
}

function bestPlace(row: RegisterRow, ordered: readonly string[]): number {
  return Math.min(...row.refs.map((ref) => ordered.indexOf(ref)).filter((place) => place >= 0));
}

function labelsOf(
  kind: SubjectKind,
  name: string | null,
  rows: readonly RegisterRow[],
): SubjectRecord['labels'] {
  const sealed = rows.flatMap((row) => row.sealedNames).map((text) => ({ text, former: false }));
  if (kind === 'PERSON') return distinct(sealed);
  const current = name === null ? [] : [{ text: nameKey(name), former: false }];
  const former = rows
    .flatMap((row) => [...(row.name === null ? [] : [row.name]), ...row.formerNames])
    .map((one) => ({ text: nameKey(one), former: true }));
  return distinct([...current, ...sealed, ...former]);
}

function distinct(labels: SubjectRecord['labels']): SubjectRecord['labels'] {
  const known = new Map<string, SubjectRecord['labels'][number]>();
  for (const label of labels) if (label.text !== '' && !known.has(label.text)) known.set(label.text, label);
  return [...known.values()];
}
