import type { CallContext } from '../../../runtime/call/call-context.js';
import { isAbsent } from '../../port/interface-outcome.js';
import { createCoverageBook, type InterfaceCoverage, notInWalkOutcome } from '../fan/coverage.js';
import type { ListReader, RowCount, WalkPage, WalkRequest } from '../fan/list-reader.js';
import { type MergedRow, mergeParts } from '../fan/merge-pages.js';
import { compilePlaceOrder } from '../fan/sort-rows.js';
import { advance, isLate, stayAt } from '../fan/walk-state.js';
import type { Hub } from '../hub.js';
import { type PlannedWalk, planWalk, sealState } from './planned-walk.js';
import { fieldsForSelection, type RowNode, toNode } from './row-node.js';
import type { RowsQuery } from './rows-query.js';
import type { Selection } from './selection.js';

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
  /** What the total is a multiple of; null: it is exact, or was not asked for. */
  readonly roundedTo: number | null;
  readonly coverage: readonly InterfaceCoverage[];
}

/**
 * Answers one list.
 *
 * An interface that gives no rows, or not their number where that is asked for too, takes no part in either. The walk
 * does not step over its rows: the cursors of this page remember how far it had been read.
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
  const base = {
    kind: query.kind,
    where: query.where,
    interfaces: walk.taking.map(({ name }) => name),
    ...(query.age !== undefined && { age: query.age }),
  };
  const request: WalkRequest = {
    ...base,
    orderBy: query.orderBy,
    reversed: query.window.backward,
    limit: query.window.size,
    fields,
    ...(query.window.cursor !== null && { after: walk.state }),
  };
  const [read, counted] = await Promise.all([
    page ? reader.page(request, context) : null,
    count ? reader.count(base, context) : null,
  ]);
  return assemble(hub, query, walk, fields, { read, counted });
}

/** What sources gave for one page; null where it was not asked for. */
interface PageAnswer {
  readonly read: WalkPage | null;
  readonly counted: RowCount | null;
}

function assemble(
  hub: Hub,
  query: RowsQuery,
  walk: PlannedWalk,
  fields: readonly string[],
  answer: PageAnswer,
): RowsConnection {
  const { kind, orderBy } = query;
  const { backward, cursor, size } = query.window;
  const absent = absentOf(answer);
  const compare = compilePlaceOrder(kind, orderBy, backward);
  const present = (answer.read?.parts ?? []).filter((part) => !absent.has(part.interface));
  const merged = mergeParts(present, compare, size + 1);
  const read = merged.slice(0, size);
  const rows = backward ? [...read].reverse() : read;
  const cursorOf = (row: MergedRow): string =>
    sealState(hub, query, walk, advance(walk.state, row, absent, compare));
  const edges = rows.map((row) => ({
    cursor: () => cursorOf(row),
    node: toNode(kind, row.interface, row.row, fields),
  }));
  const edgeCursor = (index: number) => (): string | null => {
    const row = rows.at(index);
    if (row !== undefined) return cursorOf(row);
    // Asked again, it goes on with the rows of those that are away.
    return absent.size > 0 ? sealState(hub, query, walk, stayAt(walk.state, absent)) : null;
  };
  const more = merged.length > size;
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      // The row that a cursor names stands on the far side of the page.
      hasNextPage: backward ? cursor !== null : more,
      hasPreviousPage: backward ? more : cursor !== null,
      startCursor: edgeCursor(0),
      endCursor: edgeCursor(-1),
    },
    totalCount: totalOf(walk, answer, absent),
    roundedTo: null,
    coverage: coverageOf(
      query,
      walk,
      answer,
      read.map((row) => ({ of: row.interface, isLate: isLate(walk.state, row, compare) })),
      absent,
    ),
  };
}

/** Interfaces that gave no rows, or not their number. */
function absentOf({ read, counted }: PageAnswer): ReadonlySet<string> {
  const outcomes = [...(read?.outcomes ?? []), ...(counted?.outcomes ?? [])];
  return new Set(outcomes.filter(isAbsent).map((outcome) => outcome.interface));
}

/** Null where nobody counts: the interfaces that are away may hold any number. */
function totalOf(walk: PlannedWalk, { counted }: PageAnswer, absent: ReadonlySet<string>): number | null {
  if (counted === null) return null;
  const counting = counted.outcomes.filter((outcome) => !absent.has(outcome.interface));
  const away = absent.size + walk.leftOut.length;
  if (counting.length === 0 && away > 0) return null;
  return counting.reduce((total, one) => total + one.counted, 0);
}

function coverageOf(
  query: RowsQuery,
  { leftOut }: PlannedWalk,
  { read, counted }: PageAnswer,
  rows: readonly { readonly of: string; readonly isLate: boolean }[],
  absent: ReadonlySet<string>,
): readonly InterfaceCoverage[] {
  const book = createCoverageBook();
  const contributed = new Map<string, number>();
  for (const { of } of rows) contributed.set(of, (contributed.get(of) ?? 0) + 1);
  for (const outcome of read?.outcomes ?? []) book.add(outcome, contributed.get(outcome.interface) ?? 0);
  // Rows are those of the page where there is one.
  for (const { counted: all, ...outcome } of counted?.outcomes ?? [])
    book.add(outcome, read === null && !absent.has(outcome.interface) ? all : 0);
  for (const info of leftOut) book.add(notInWalkOutcome(info), 0);
  for (const outcome of query.also) book.add(outcome, 0);
  const late = new Set(rows.flatMap((row) => (row.isLate ? [row.of] : [])));
  return book.list().map((one) => ({ ...one, late: late.has(one.interface) }));
}
