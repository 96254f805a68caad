import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedDimension, FeedTally } from '../../feed/feed.js';
import type { SubjectIdentity, SubjectPosition } from '../../feed/registry-port.js';
import { declarationOf, type RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { isAbsent, outcomeOf } from '../../port/interface-outcome.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import { contributorsOf } from '../fan/can-contribute.js';
import type { CoverageBook } from '../fan/coverage.js';
import { countOf } from '../fan/list-reader.js';
import type { Hub } from '../hub.js';
import type { Period } from '../indicators/indicator.js';
import { registryFailed } from '../subjects/ask-registry.js';

/** A subject that several departments visited one by one within a month, where one visit of all could do. */
export interface JointCheckCandidate {
  readonly id: string;
  readonly keys: readonly string[];
  /** Known ones, in code order. */
  readonly departments: readonly string[];
  readonly visits: number;
  /** Codes of what was checked, in code order. */
  readonly items: readonly string[];
}

/** Reads candidates, and notes what that rests on. */
export interface CandidateReader {
  readonly hub: Hub;
  readonly book: CoverageBook;
  readonly context: CallContext;
}

/**
 * Who was visited by `least` departments or more within a month and was part of no joint check in it (domain §2.5): most
 * departments first, then most visits, then by id. Nobody while it is not known who was part of one.
 *
 * @throws SUBGRAPH_UNAVAILABLE without the registry: whom two departments visited cannot be told.
 */
export async function findCandidates(
  reader: CandidateReader,
  { first, last, month }: Period,
  least: number,
): Promise<readonly JointCheckCandidate[]> {
  const { visits } = declarationOf('Inspection');
  const inMonth: RowCondition = { field: 'date', from: first, to: last };
  const ofPlan: RowCondition = { field: 'date', from: first, to: `${month}-31` };
  const [visited, joined] = await Promise.all([
    tallyBySubject(
      reader,
      'Inspection',
      visits === undefined ? inMonth : { all: [inMonth, { not: visits.except }] },
      [{ field: 'department' }, { field: 'itemCode' }],
    ),
    tallyBySubject(
      reader,
      'JointCheck',
      { all: [ofPlan, { not: { field: 'state', in: ['CANCELLED'] } }] },
      [],
    ),
  ]);
  if (!joined.isWhole) return [];
  return [...visited.bySubject.values()]
    .filter(({ identity }) => !joined.bySubject.has(identity.id))
    .map(({ identity, tallies }): JointCheckCandidate => {
      const known = (place: number): readonly string[] =>
        distinct(tallies.flatMap(({ key }) => key[place] ?? []).filter((value) => value !== 'UNKNOWN'));
      return {
        id: identity.id,
        keys: identity.keys,
        departments: known(1),
        visits: tallies.reduce((sum, { count }) => sum + count, 0),
        items: known(2),
      };
    })
    .filter(({ departments }) => departments.length >= least)
    .sort(
      (left, right) => compareCodePoints(rankOf(left), rankOf(right)) || compareCodePoints(left.id, right.id),
    );
}

/** Where a candidate stands: in the text order of these, then of ids. */
export function rankOf({ departments, visits }: Pick<JointCheckCandidate, 'departments' | 'visits'>): string {
  const descending = (count: number): string => String(MOST - count).padStart(9, '0');
  return descending(departments.length) + descending(visits);
}

const MOST = 999_999_999;

/** Whether a candidate comes after a place in the list. */
export function isAfter(candidate: JointCheckCandidate, place: SubjectPosition): boolean {
  return (
    (compareCodePoints(rankOf(candidate), place.value ?? '') || compareCodePoints(candidate.id, place.id)) > 0
  );
}

/** What of one field the rows about each candidate hold, in code order; by canonical id. */
export async function valuesByCandidate(
  reader: CandidateReader,
  kind: RowKind,
  where: RowCondition,
  field: string,
  candidates: readonly JointCheckCandidate[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (candidates.length === 0) return new Map();
  const subject = candidates.flatMap(({ keys }) => keys);
  const { bySubject } = await tallyBySubject(reader, kind, { all: [{ subject }, where] }, [{ field }]);
  return new Map(
    [...bySubject].map(([id, { tallies }]) => [id, distinct(tallies.flatMap(({ key }) => key[1] ?? []))]),
  );
}

interface Tallied {
  readonly bySubject: ReadonlyMap<
    string,
    { readonly identity: SubjectIdentity; readonly tallies: FeedTally[] }
  >;
  readonly isWhole: boolean;
}

/** Rows by subject, and by what else is named; keys begin with the ref. Rows about nobody known are left out. */
async function tallyBySubject(
  { hub, book, context }: CandidateReader,
  kind: RowKind,
  where: RowCondition,
  by: readonly FeedDimension[],
): Promise<Tallied> {
  const parts = await hub.fan.tally(
    {
      kind,
      where,
      by: [{ subject: true }, ...by],
      measures: [],
      interfaces: contributorsOf(hub.fan, kind, where),
    },
    context,
  );
  for (const part of parts) book.add(outcomeOf(part), countOf(part));
  const tallies = parts.flatMap(({ data }) => data ?? []);
  const { byRef, failure } = await hub.identities.resolve(
    tallies.flatMap(({ key: [ref] }) => ref ?? []),
    context,
  );
  if (failure !== null) throw registryFailed();
  const bySubject = new Map<string, { identity: SubjectIdentity; tallies: FeedTally[] }>();
  for (const tally of tallies) {
    const identity = byRef.get(tally.key[0] ?? '');
    if (identity === undefined) continue;
    const own = bySubject.get(identity.id) ?? { identity, tallies: [] };
    bySubject.set(identity.id, own);
    own.tallies.push(tally);
  }
  return { bySubject, isWhole: !parts.some(isAbsent) };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort(compareCodePoints);
}
