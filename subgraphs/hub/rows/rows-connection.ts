import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedOrder, FeedPosition, InterfaceInfo } from '../../feed/feed.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import { canAnswer, canMatch } from '../fan/can-contribute.js';
import {
  type CoverageBook,
  createCoverageBook,
  type InterfaceCoverage,
  notInWalkOutcome,
} from '../fan/coverage.js';
import type { ListReader, RowCount, WalkPage, WalkRequest } from '../fan/list-reader.js';
import type { MergedRow } from '../fan/merge-pages.js';
import type { PageWindow } from '../filter/page-window.js';
import type { Hub } from '../hub.js';
import { markOf } from './cursor.js';
import { fieldsForSelection, type RowNode, toNode } from './row-node.js';
import type { Selection } from './selection.js';

export interface RowsQuery {
  readonly kind: RowKind;
  readonly where: RowCondition;
  readonly orderBy: readonly FeedOrder[];
  readonly window: PageWindow;
  /** It is the list of one subject, whom the reader adds to the filter. */
  readonly ofSubject: boolean;
  /** What a cursor of this list is bound to. */
  readonly digest: string;
  /** Outcomes that the answer rests on besides its interfaces. */
  readonly also: readonly InterfaceOutcome[];
}

/** A connection of the schema; what was not selected is not computed. */
export interface RowsConnection {
  readonly edges: readonly { readonly cursor: () => string; readonly node: RowNode }[];
  readonly nodes: readonly RowNode[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: () => string | null;
    readonly endCursor: () => string | null;
  };
  readonly totalCount: number | null;
  readonly coverage: readonly InterfaceCoverage[];
}

/**
 * Answers one list.
 *
 * @param selection what the query asks of the connection.
 * @throws CURSOR_INVALID
 */
export async function readRowsConnection(
  hub: Hub,
  reader: ListReader,
  query: RowsQuery,
  selection: Selection,
  context: CallContext,
): Promise<RowsConnection> {
  const walk = planWalk(hub, query);
  const count = selection.has('totalCount');
  const page = !count || ['edges', 'nodes', 'pageInfo'].some((name) => selection.has(name));
  const fields = fieldsForSelection(
    query.kind,
    selection.below('nodes'),
    selection.below('edges').below('node'),
  );
  const base = { kind: query.kind, where: query.where, interfaces: walk.taking.map(({ name }) => name) };
  const request: WalkRequest = {
    ...base,
    orderBy: query.orderBy,
    reversed: query.window.backward,
    limit: query.window.size,
    fields,
    ...(walk.position !== null && { after: walk.position }),
  };
  const [read, counted] = await Promise.all([
    page ? reader.page(request, context) : null,
    count ? reader.count(base, context) : null,
  ]);
  return assemble(hub, query, walk, fields, read, counted);
}

interface PlannedWalk {
  readonly taking: readonly InterfaceInfo[];
  /** They could contribute, but took no part when the walk began. */
  readonly leftOut: readonly InterfaceInfo[];
  readonly position: FeedPosition | null;
  /** Marks of the walk's interfaces; null on its first page. */
  readonly marks: ReadonlySet<string> | null;
}

function planWalk(hub: Hub, { kind, where, ofSubject, window, digest }: RowsQuery): PlannedWalk {
  const cursor = window.cursor === null ? null : hub.cursors.openRow(digest, window.cursor);
  const candidates = hub.fan
    .interfacesOf(kind)
    .filter((info) => canMatch(info, where) && (ofSubject || canAnswer(info, where)));
  const isInWalk = ({ name }: InterfaceInfo): boolean => cursor === null || cursor.walk.has(markOf(name));
  return {
    taking: candidates.filter(isInWalk),
    leftOut: candidates.filter((info) => !isInWalk(info)),
    position: cursor?.position ?? null,
    marks: cursor?.walk ?? null,
  };
}

function assemble(
  hub: Hub,
  query: RowsQuery,
  walk: PlannedWalk,
  fields: readonly string[],
  page: WalkPage | null,
  count: RowCount | null,
): RowsConnection {
  const { backward, cursor } = query.window;
  const rows = backward ? [...(page?.rows ?? [])].reverse() : (page?.rows ?? []);
  const marks = walk.marks ?? new Set((page?.answered ?? []).map(markOf));
  const cursorOf = ({ interface: name, row }: MergedRow): string =>
    hub.cursors.sealRow(query.digest, {
      position: { keys: row.sort, interface: name, key: row.key },
      walk: marks,
    });
  const cursorAt = (index: number) => (): string | null => {
    const row = rows.at(index);
    return row === undefined ? null : cursorOf(row);
  };
  const edges = rows.map((merged) => ({
    cursor: () => cursorOf(merged),
    node: toNode(query.kind, merged.interface, merged.row, fields),
  }));
  const more = page?.more ?? false;
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      // The row that a cursor names stands on the far side of the page.
      hasNextPage: backward ? cursor !== null : more,
      hasPreviousPage: backward ? more : cursor !== null,
      startCursor: cursorAt(0),
      endCursor: cursorAt(-1),
    },
    // Where nobody is left to ask, the interfaces that were left out may hold any number.
    totalCount: walk.taking.length === 0 && walk.leftOut.length > 0 ? null : (count?.total ?? null),
    coverage: coverageOf(query, walk, page, count).list(),
  };
}

function coverageOf(
  query: RowsQuery,
  walk: PlannedWalk,
  page: WalkPage | null,
  count: RowCount | null,
): CoverageBook {
  const book = createCoverageBook();
  const contributed = new Map<string, number>();
  for (const { interface: name } of page?.rows ?? []) contributed.set(name, (contributed.get(name) ?? 0) + 1);
  for (const outcome of page?.outcomes ?? []) book.add(outcome, contributed.get(outcome.interface) ?? 0);
  // Rows are those of the page where there is one.
  for (const { counted, ...outcome } of count?.outcomes ?? []) book.add(outcome, page === null ? counted : 0);
  for (const info of walk.leftOut) book.add(notInWalkOutcome(info), 0);
  for (const outcome of query.also) book.add(outcome, 0);
  return book;
}
