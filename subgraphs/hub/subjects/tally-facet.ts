import type { CallContext } from '../../../runtime/call/call-context.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { isAbsent } from '../../port/interface-outcome.js';
import { createListReader, totalCounted } from '../fan/list-reader.js';
import { badInput } from '../filter/bad-input.js';
import type { Hub } from '../hub.js';
import { askedOf, type FacetClause, type FacetInterface } from './read-facet.js';
import { findShown } from './shown-rows.js';
import {
  type ClauseTallies,
  handedOn,
  type JoinRequest,
  MAX_HANDED_ON,
  noteTallies,
  type Within,
} from './tally-clause.js';
import {
  NO_ROWS,
  SUBJECTS_PER_CALL,
  type SubjectTallies,
  type SubjectTally,
  tallySubjects,
} from './tally-subjects.js';

/**
 * Counts the rows of a facet by subject, and notes what that rests on.
 *
 * @throws BAD_USER_INPUT where the facet's source answers for keys alone, and the query names no subject.
 */
export async function tallyFacet(
  hub: Hub,
  clause: FacetClause,
  within: Within,
  request: JoinRequest,
  context: CallContext,
): Promise<ClauseTallies> {
  const found = await Promise.all(
    clause.filledBy.map((info) => tallyInterface({ hub, info, request, context }, clause, within)),
  );
  const counts = new Map<string, number>();
  for (const { bySubject } of found)
    for (const [id, { count }] of bySubject) counts.set(id, (counts.get(id) ?? 0) + count);
  return {
    bySubject: new Map([...counts].map(([id, count]) => [id, { ...NO_ROWS, count }])),
    isWhole: found.every(({ isWhole }) => isWhole),
  };
}

/** One interface is asked. */
interface Asking {
  readonly hub: Hub;
  readonly info: FacetInterface;
  readonly request: JoinRequest;
  readonly context: CallContext;
}

async function tallyInterface(asking: Asking, clause: FacetClause, within: Within): Promise<ClauseTallies> {
  const { facet, lookupOnly } = asking.info;
  const where = askedOf(asking.info, clause);
  if (lookupOnly && !(asking.request.named && isSmall(within.ids))) throw refuseListing(clause.path);
  const wanted = await countRows(asking, where, within);
  noteTallies(asking.request.notes, wanted);
  const bySubject = among(wanted.bySubject, within.ids);
  const isWhole = !wanted.rests.some(({ outcome }) => isAbsent(outcome));
  if (facet.list || bySubject.size === 0) return { bySubject, isWhole };
  const hidden = await findHidden(asking, where, bySubject);
  const shown = [...bySubject.keys()].filter((id) => !hidden.ids.has(id));
  return {
    bySubject: new Map(shown.map((id): [string, SubjectTally] => [id, ONE_ROW])),
    isWhole: isWhole && hidden.isWhole,
  };
}

function among(
  tallies: SubjectTallies['bySubject'],
  ids: ReadonlySet<string> | null,
): SubjectTallies['bySubject'] {
  return ids === null ? tallies : new Map([...tallies].filter(([id]) => ids.has(id)));
}

const ONE_ROW: SubjectTally = { ...NO_ROWS, count: 1 };

interface Hidden {
  readonly ids: ReadonlySet<string>;
  readonly isWhole: boolean;
}

/** Of a facet that shows one row of each subject: of whom another one is shown than those that satisfy the filter. */
async function findHidden(
  asking: Asking,
  where: RowCondition,
  satisfying: SubjectTallies['bySubject'],
): Promise<Hidden> {
  const { hub, info, request, context } = asking;
  const ids = new Set(satisfying.keys());
  const all = await countRows(asking, ALL, { ids, rows: await countAll(asking, ids) });
  const doubtful = [...satisfying].flatMap(([id, { count }]) =>
    (all.bySubject.get(id)?.count ?? count) > count ? [id] : [],
  );
  const shown = await findShown(hub, info, where, new Set(doubtful), context);
  // What satisfies the filter has been counted already.
  const outcomes = [...all.rests.map(({ outcome }) => outcome), ...shown.outcomes];
  for (const outcome of outcomes) request.notes.coverage.add(outcome, 0);
  return {
    ids: new Set(doubtful.filter((id) => !shown.ids.has(id))),
    isWhole: !outcomes.some(isAbsent),
  };
}

const ALL: RowCondition = { all: [] };

/** How many rows the interface has, where that is less to ask than the subjects: null where these are few. */
async function countAll({ hub, info, context }: Asking, ids: ReadonlySet<string>): Promise<number | null> {
  if (info.lookupOnly || ids.size <= SUBJECTS_PER_CALL) return null;
  const { kind, name } = info;
  return totalCounted(
    await createListReader(hub.fan).count({ kind, where: ALL, interfaces: [name] }, context),
  );
}

async function countRows(
  { hub, info, request, context }: Asking,
  where: RowCondition,
  within: Within,
): Promise<SubjectTallies> {
  const { kind, facet, lookupOnly } = info;
  const { handOn, named } = request;
  // A row of several subjects would come with each group of them that one call carries, and count as often.
  const isHandedOn = lookupOnly || (handOn && !facet.shared);
  const subjects = isHandedOn ? await handedOn(hub, within, named, context) : null;
  return tallySubjects(
    hub,
    { kind, interfaces: [info], where, days: null, sums: [], subjects, named },
    context,
  );
}

function isSmall(ids: ReadonlySet<string> | null): ids is ReadonlySet<string> {
  return ids !== null && ids.size <= MAX_HANDED_ON;
}

function refuseListing(path: string): Error {
  return badInput(
    path,
    '这一数据接口只能按主体查询，不能列出：请同时以 id 写明主体。',
    'asks an interface that answers for subjects alone and cannot list: name the subjects by id beside it.',
  );
}
