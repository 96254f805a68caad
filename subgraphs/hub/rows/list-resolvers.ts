import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { declarationOf, type RowKind } from '../../kinds/kinds.js';
import { aged } from '../fan/aged-fan.js';
import { createListReader, type ListReader } from '../fan/list-reader.js';
import { tellCoverage } from '../fan/tell-coverage.js';
import { filterContextOf, filterToFeed } from '../filter/filter-to-feed.js';
import { type ListArguments, readPageWindow } from '../filter/page-window.js';
import { readAge } from '../filter/read-age.js';
import { readOrder } from '../filter/read-order.js';
import type { Hub } from '../hub.js';
import { refusePersons } from '../persons/refuse-persons.js';
import { type SmallCells, smallCellsOf } from '../persons/small-cells.js';
import { roundRows, tellRounded } from '../persons/tell-rounded.js';
import { digestQuery } from './cursor.js';
import { type RowsConnection, readRowsConnection } from './rows-connection.js';
import type { RowsQuery } from './rows-query.js';
import { selectionOf } from './selection.js';

type ListResolver = (
  parent: unknown,
  args: ListArguments,
  context: CallContext,
  info: GraphQLResolveInfo,
) => Promise<RowsConnection>;

/** `Query.inspections` and its like. */
export function listResolver(hub: Hub, kind: RowKind): ListResolver {
  const reader = createListReader(hub.fan);
  return async (_parent, args, context, info) => {
    const query = await readRowsQuery(hub, kind, args, null, context);
    return answerList(hub, reader, query, context, info);
  };
}

/** What of a connection shows rows. */
const ROWS = ['edges', 'nodes', 'pageInfo'];

/** Answers a list, and says what the answer rests on. */
export async function answerList(
  hub: Hub,
  reader: ListReader,
  query: RowsQuery,
  context: CallContext,
  info: GraphQLResolveInfo,
): Promise<RowsConnection> {
  const selection = selectionOf(info);
  const { cells } = query;
  const asksRows = ROWS.some((name) => selection.has(name));
  if (asksRows && !query.showsRows) throw refusePersons('listed', 'where');
  const connection = await readRowsConnection(hub, reader, query, selection, context);
  const told = cells === null ? connection : roundTotal(connection, cells, asksRows);
  if (cells !== null && told.totalCount !== null) tellRounded(cells, selection, context, info);
  tellCoverage(told.coverage, selection.has('coverage'), context, info);
  return told;
}

function roundTotal(connection: RowsConnection, cells: SmallCells, asksRows: boolean): RowsConnection {
  const { totalCount, coverage } = connection;
  return {
    ...connection,
    totalCount: totalCount === null ? null : cells.round(totalCount),
    roundedTo: totalCount === null ? null : cells.roundedTo,
    // Rows that are shown count themselves.
    coverage: asksRows ? coverage : roundRows(coverage, cells),
  };
}

/**
 * Reads the arguments of a list.
 *
 * @param owner whose list it is; its cursors are worth nothing in another's.
 * @throws BAD_USER_INPUT
 */
export async function readRowsQuery(
  hub: Hub,
  kind: RowKind,
  args: ListArguments,
  owner: string | null,
  context: CallContext,
): Promise<RowsQuery> {
  const window = readPageWindow(args);
  const age = readAge(args);
  const orderBy = readOrder(kind, args.orderBy);
  const { condition, registry, traits } = await filterToFeed(
    args.where,
    'where',
    filterContextOf(aged(hub, age), kind, context),
  );
  const isOfPersons = traits.ofPersons || declarationOf(kind).ofPersons === true;
  const cells = isOfPersons ? smallCellsOf(context.caller) : null;
  return {
    kind,
    where: condition,
    cells,
    showsRows: cells === null || !traits.ofPersons,
    ofSubject: owner !== null,
    orderBy,
    window,
    ...(age !== undefined && { age }),
    digest: digestQuery({ kind, where: args.where ?? null, orderBy, owner }),
    also: registry === null ? [] : [registry],
  };
}
