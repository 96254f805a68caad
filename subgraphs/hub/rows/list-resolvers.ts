import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { RowKind } from '../../kinds/kinds.js';
import { aged } from '../fan/aged-fan.js';
import { createListReader, type ListReader } from '../fan/list-reader.js';
import { tellCoverage } from '../fan/tell-coverage.js';
import { filterContextOf, filterToFeed } from '../filter/filter-to-feed.js';
import { type ListArguments, readPageWindow } from '../filter/page-window.js';
import { readAge } from '../filter/read-age.js';
import { readOrder } from '../filter/read-order.js';
import type { Hub } from '../hub.js';
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

/** Answers a list, and says what the answer rests on. */
export async function answerList(
  hub: Hub,
  reader: ListReader,
  query: RowsQuery,
  context: CallContext,
  info: GraphQLResolveInfo,
): Promise<RowsConnection> {
  const selection = selectionOf(info);
  const connection = await readRowsConnection(hub, reader, query, selection, context);
  tellCoverage(connection.coverage, selection.has('coverage'), context, info);
  return connection;
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
  const { condition, registry } = await filterToFeed(
    args.where,
    'where',
    filterContextOf(aged(hub, age), kind, context),
  );
  return {
    kind,
    where: condition,
    ofSubject: owner !== null,
    orderBy,
    window,
    ...(age !== undefined && { age }),
    digest: digestQuery({ kind, where: args.where ?? null, orderBy, owner }),
    also: registry === null ? [] : [registry],
  };
}
