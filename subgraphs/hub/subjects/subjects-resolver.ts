import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { publicError } from '../../../runtime/errors.js';
import type { SubjectFilter, SubjectPosition } from '../../feed/registry-port.js';
import { isAbsent } from '../../port/interface-outcome.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import { aged } from '../fan/aged-fan.js';
import type { InterfaceCoverage } from '../fan/coverage.js';
import { tellCoverage } from '../fan/tell-coverage.js';
import { type ListArguments, type PageWindow, readPageWindow } from '../filter/page-window.js';
import { readAge } from '../filter/read-age.js';
import type { Hub } from '../hub.js';
import { digestQuery } from '../rows/cursor.js';
import { subjectStub } from '../rows/row-node.js';
import { type Selection, selectionOf } from '../rows/selection.js';
import { askRegistry } from './ask-registry.js';
import { enumerateSubjects, MAX_SUBJECTS } from './enumerate-subjects.js';
import { rankSubjects } from './rank-subjects.js';
import type { Clause } from './read-clause.js';
import { readSubjectCondition } from './read-subject-condition.js';
import { type ClauseOrder, readSubjectOrder, type SubjectOrder } from './read-subject-order.js';
import { readSubjectPage, type SubjectPage, type SubjectWindow } from './read-subject-page.js';
import { registryCoverage } from './registry-coverage.js';
import { type Joined, semiJoin } from './semi-join.js';
import { isFree, type SubjectCondition } from './subject-condition.js';
import { amountsAsked, matchOf, type SubjectMatch } from './subject-match.js';
import { createNotes, type JoinNotes } from './tally-clause.js';

type SubjectNode = ReturnType<typeof subjectStub>;

interface SubjectConnection {
  readonly edges: readonly {
    readonly cursor: () => string;
    readonly node: SubjectNode;
    readonly match: () => SubjectMatch | null;
  }[];
  readonly nodes: readonly SubjectNode[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: () => string | null;
    readonly endCursor: () => string | null;
  };
  readonly totalCount: number | null;
  readonly coverage: readonly InterfaceCoverage[];
  readonly unresolved: readonly { readonly interface: string; readonly rows: number }[];
}

/** One query of the list. */
interface SubjectList {
  readonly window: PageWindow;
  readonly digest: string;
  readonly condition: SubjectCondition;
  readonly order: SubjectOrder;
  readonly selection: Selection;
}

/** `Query.subjects`: who satisfies the filter, as the registry lists them or in the order of what clauses found. */
export function subjectsResolver(whole: Hub) {
  return async (
    _parent: unknown,
    args: ListArguments,
    context: CallContext,
    info: GraphQLResolveInfo,
  ): Promise<SubjectConnection> => {
    const hub = aged(whole, readAge(args));
    const selection = selectionOf(info);
    const window = readPageWindow(args);
    const [condition, register] = await Promise.all([
      readSubjectCondition(hub, args.where, 'where', context),
      registryCoverage(hub, context),
    ]);
    const list: SubjectList = {
      window,
      digest: digestQuery({ kind: 'Subject', where: args.where ?? null, orderBy: args.orderBy ?? null }),
      condition,
      order: readSubjectOrder(args, condition),
      selection,
    };
    const notes = createNotes(register);
    const isRegisterWhole = !register.some(isAbsent);
    const joined = await semiJoin(
      hub,
      condition,
      null,
      {
        notes,
        handOn: !selection.has('unresolved'),
        amounts: amountsOf(list),
        named: false,
        isRegisterWhole,
      },
      context,
    );
    const read = await readList(hub, list, joined, context);
    const coverage = notes.coverage.list();
    tellCoverage(coverage, selection.has('coverage'), context, info);
    return assemble(hub, list, read, joined, notes);
  };
}

/** What is to be added up: what the query selects, and what it orders by. */
function amountsOf({ condition, order, selection }: SubjectList): ReadonlyMap<Clause, readonly string[]> {
  const asked = amountsAsked(condition, selection.below('edges').below('match'));
  if (order.by === 'register' || order.sum === null) return asked;
  return new Map([...asked, [order.clause, [...(asked.get(order.clause) ?? []), order.sum]]]);
}

/** Where the page begins; null: at the beginning. */
function placeOf(hub: Hub, { window, digest }: SubjectList): SubjectPosition | null {
  return window.cursor === null ? null : hub.cursors.openSubject(digest, window.cursor);
}

interface ReadList {
  readonly page: SubjectPage;
  readonly totalCount: number | null;
}

const NO_PAGE: SubjectPage = { subjects: [], more: false };

async function readList(
  hub: Hub,
  list: SubjectList,
  { ids, evidence }: Joined,
  context: CallContext,
): Promise<ReadList> {
  const { order, selection, condition } = list;
  const { size, backward } = list.window;
  const place: SubjectWindow = { size, backward, cursor: placeOf(hub, list) };
  const wanted = {
    page: ['edges', 'nodes', 'pageInfo'].some((name) => selection.has(name)),
    count: selection.has('totalCount'),
  };
  // To a registry an empty list of ids might mean anybody.
  if (ids?.size === 0) return { page: NO_PAGE, totalCount: wanted.count ? 0 : null };
  const where: SubjectFilter = { ...condition.register, ...(ids !== null && { ids: [...ids] }) };
  if (order.by === 'clause') return readRanked(hub, where, order, evidence, place, wanted, context);
  const [page, totalCount] = await Promise.all([
    wanted.page ? askRegistry(() => readSubjectPage(hub.registry, where, order, place, context)) : NO_PAGE,
    wanted.count ? askRegistry(() => hub.registry.count(where, context)) : null,
  ]);
  return { page, totalCount };
}

/** The registry cannot order by what clauses found: it lists who is left, and they are ordered here. */
async function readRanked(
  hub: Hub,
  where: SubjectFilter,
  order: ClauseOrder,
  evidence: Joined['evidence'],
  window: SubjectWindow,
  wanted: { readonly count: boolean },
  context: CallContext,
): Promise<ReadList> {
  const { ids, ...register } = where;
  const everybody =
    ids !== undefined && isFree(register)
      ? new Set(ids)
      : await askRegistry(() => enumerateSubjects(hub.registry, where, context));
  if (everybody.size > MAX_SUBJECTS) throw publicError('SOURCE_TOO_LARGE');
  return {
    page: rankSubjects(everybody, order, evidence, window),
    totalCount: wanted.count ? everybody.size : null,
  };
}

function assemble(
  hub: Hub,
  list: SubjectList,
  { page, totalCount }: ReadList,
  { evidence }: Joined,
  notes: JoinNotes,
): SubjectConnection {
  const { window, digest, condition } = list;
  const { subjects, more } = page;
  const coverage = notes.coverage.list();
  const isIncomplete = coverage.some(isAbsent);
  const hasEvidence = condition.clauses.length > 0 || condition.owners.length > 0;
  // A walk must not step over subjects that a missing interface hides: it ends here, and the page can be asked for again.
  const again = isIncomplete ? hub.cursors.sealSubject(digest, placeOf(hub, list)) : null;
  const cursorOf = (position: SubjectPosition): string => again ?? hub.cursors.sealSubject(digest, position);
  const cursorAt = (index: number) => (): string | null => {
    const subject = subjects.at(index);
    return subject === undefined ? again : cursorOf(subject);
  };
  const follows = more && !isIncomplete;
  const edges = subjects.map((subject) => ({
    cursor: () => cursorOf(subject),
    node: subjectStub(subject.id),
    match: () => (hasEvidence ? matchOf(subject.id, condition, evidence) : null),
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: window.backward ? window.cursor !== null : follows,
      hasPreviousPage: window.backward ? follows : window.cursor !== null,
      startCursor: cursorAt(0),
      endCursor: cursorAt(-1),
    },
    totalCount,
    coverage,
    unresolved: [...notes.unresolved]
      .map(([name, rows]) => ({ interface: name, rows }))
      .sort((left, right) => compareCodePoints(left.interface, right.interface)),
  };
}
