import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectFilter, SubjectIdentity } from '../../feed/registry-port.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import {
  type CoverageBook,
  createCoverageBook,
  type InterfaceCoverage,
  registryMissingOutcome,
} from '../fan/coverage.js';
import { badInput } from '../filter/bad-input.js';
import { type ListArguments, type PageWindow, readPageWindow } from '../filter/page-window.js';
import { readOrderItems } from '../filter/read-order.js';
import type { Hub } from '../hub.js';
import { digestQuery } from '../rows/cursor.js';
import { subjectStub } from '../rows/row-node.js';
import { type Selection, selectionOf } from '../rows/selection.js';
import { askRegistry } from './ask-registry.js';
import { readSubjectPage, type SubjectOrder, type SubjectPage } from './read-subject-page.js';
import { type Joined, semiJoin } from './semi-join.js';
import { joins, readSubjectCondition } from './subject-condition.js';
import { matchOf, type SubjectMatch } from './subject-match.js';
import type { JoinNotes } from './subject-tally.js';

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

/** `Query.subjects`: who satisfies the clauses, as the registry lists them. */
export function subjectsResolver(hub: Hub) {
  return async (
    _parent: unknown,
    args: ListArguments,
    context: CallContext,
    info: GraphQLResolveInfo,
  ): Promise<SubjectConnection> => {
    const selection = selectionOf(info);
    const list: SubjectList = {
      window: readPageWindow(args),
      order: readSubjectOrder(args),
      digest: digestQuery({ kind: 'Subject', where: args.where ?? null, orderBy: args.orderBy ?? null }),
    };
    const condition = await readSubjectCondition(hub, args.where, 'where', context);
    const notes: JoinNotes = { coverage: createCoverageBook(), unresolved: new Map() };
    const joined = await semiJoin(
      hub,
      condition,
      null,
      {
        notes,
        handOn: !selection.has('unresolved'),
        fines: selection.below('edges').below('match').has('totalFine'),
      },
      context,
    );
    const where: SubjectFilter = {
      ...condition.register,
      ...(joined.ids !== null && { ids: [...joined.ids] }),
    };
    const [page, totalCount] = await Promise.all([
      readPage(hub, list, where, selection, context),
      countSubjects(hub, where, selection, context),
      selection.has('coverage') ? addRegistryCoverage(hub, notes.coverage, context) : null,
    ]);
    return assemble(hub, list, page, totalCount, joins(condition) ? joined : null, notes);
  };
}

interface SubjectList {
  readonly window: PageWindow;
  readonly order: SubjectOrder;
  readonly digest: string;
}

function readSubjectOrder({ orderBy }: ListArguments): SubjectOrder {
  if (orderBy === null || orderBy === undefined) return { field: 'id', direction: 'asc' };
  const [only, ...others] = readOrderItems(orderBy);
  if (only === undefined || others.length > 0) {
    throw badInput(
      'orderBy',
      '只能写一项，标识总是最后的排序键。',
      'must have one item: the id is always the last key.',
    );
  }
  return { field: only.field === 'name' ? 'name' : 'id', direction: only.direction };
}

async function readPage(
  hub: Hub,
  { window, order, digest }: SubjectList,
  where: SubjectFilter,
  selection: Selection,
  context: CallContext,
): Promise<SubjectPage> {
  const cursor = window.cursor === null ? null : hub.cursors.openSubject(digest, window.cursor);
  const isSelected = ['edges', 'nodes', 'pageInfo'].some((name) => selection.has(name));
  // To a registry an empty list of ids might mean anybody.
  if (!isSelected || where.ids?.length === 0) return { subjects: [], more: false };
  const { size, backward } = window;
  return askRegistry(() => readSubjectPage(hub.registry, where, order, { size, backward, cursor }, context));
}

async function countSubjects(
  hub: Hub,
  where: SubjectFilter,
  selection: Selection,
  context: CallContext,
): Promise<number | null> {
  if (!selection.has('totalCount')) return null;
  return where.ids?.length === 0 ? 0 : askRegistry(() => hub.registry.count(where, context));
}

/** Names, kinds, townships and owners come from the interfaces that the registry's index was built from. */
async function addRegistryCoverage(hub: Hub, coverage: CoverageBook, context: CallContext): Promise<void> {
  const started = performance.now();
  try {
    for (const outcome of await hub.registry.coverage(context)) coverage.add(outcome, 0);
  } catch {
    coverage.add(
      registryMissingOutcome(
        '主体登记的数据状态未知。Its own coverage is unknown.',
        performance.now() - started,
      ),
      0,
    );
  }
}

function assemble(
  hub: Hub,
  { window, order, digest }: SubjectList,
  { subjects, more }: SubjectPage,
  totalCount: number | null,
  joined: Joined | null,
  notes: JoinNotes,
): SubjectConnection {
  const cursorOf = ({ name, id }: SubjectIdentity): string =>
    hub.cursors.sealSubject(digest, { name: order.field === 'name' ? name : null, id });
  const cursorAt = (index: number) => (): string | null => {
    const subject = subjects.at(index);
    return subject === undefined ? null : cursorOf(subject);
  };
  const edges = subjects.map((subject) => ({
    cursor: () => cursorOf(subject),
    node: subjectStub(subject.id),
    match: () => (joined === null ? null : matchOf(subject.id, joined.evidence)),
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: window.backward ? window.cursor !== null : more,
      hasPreviousPage: window.backward ? more : window.cursor !== null,
      startCursor: cursorAt(0),
      endCursor: cursorAt(-1),
    },
    totalCount,
    coverage: notes.coverage.list(),
    unresolved: [...notes.unresolved]
      .map(([name, rows]) => ({ interface: name, rows }))
      .sort((left, right) => compareCodePoints(left.interface, right.interface)),
  };
}
