import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { RowKind } from '../../kinds/kinds.js';
import { createListReader } from '../fan/list-reader.js';
import { filterContextOf, filterToFeed } from '../filter/filter-to-feed.js';
import { type ListArguments, readPageWindow } from '../filter/page-window.js';
import { readOrder } from '../filter/read-order.js';
import type { Hub } from '../hub.js';
import { digestQuery } from './cursor.js';
import { type RowsConnection, type RowsQuery, readRowsConnection } from './rows-connection.js';
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
    return readRowsConnection(hub, reader, query, selectionOf(info), context);
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
  const orderBy = readOrder(kind, args.orderBy);
  const { condition, registry } = await filterToFeed(
    args.where,
    'where',
    filterContextOf(hub, kind, context),
  );
  return {
    kind,
    where: condition,
    ofSubject: owner !== null,
    orderBy,
    window,
    digest: digestQuery({ kind, where: args.where ?? null, orderBy, owner }),
    also: registry === null ? [] : [registry],
  };
}
