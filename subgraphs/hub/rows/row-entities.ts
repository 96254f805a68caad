import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import { bearsRow } from '../../feed/feed.js';
import type { RowKind } from '../../kinds/kinds.js';
import { interfaceMissing } from '../../port/answer-notes.js';
import { isAbsent } from '../../port/interface-outcome.js';
import { contributorsOf } from '../fan/can-contribute.js';
import { createListReader } from '../fan/list-reader.js';
import type { Hub } from '../hub.js';
import { fieldsForSelection, type RowNode, toNode } from './row-node.js';
import { selectionOf } from './selection.js';

const IDS_PER_BATCH = 500;

type ReferenceResolver = (
  reference: { readonly id: string },
  context: CallContext,
  info: GraphQLResolveInfo,
) => Promise<RowNode | null>;

/** `__resolveReference` of a kind of rows: all ids of one request are read together. */
export function referenceResolver(hub: Hub, kind: RowKind): ReferenceResolver {
  const loaders = perRequest(
    (context, fieldList) =>
      new DataLoader<string, RowNode | null>(
        (ids) => readByIds(hub, kind, ids, fieldList.split(',').filter(Boolean), context),
        { maxBatchSize: IDS_PER_BATCH },
      ),
  );
  return ({ id }, context, info) =>
    loaders(context, fieldsForSelection(kind, selectionOf(info)).join(',')).load(id);
}

/** @returns in the order of `ids`: the row, null where there is none, an error where its source did not answer. */
async function readByIds(
  hub: Hub,
  kind: RowKind,
  ids: readonly string[],
  fields: readonly string[],
  context: CallContext,
): Promise<readonly (RowNode | Error | null)[]> {
  const where = { ids };
  const page = await createListReader(hub.fan).page(
    {
      kind,
      where,
      orderBy: [],
      reversed: false,
      limit: ids.length,
      fields,
      interfaces: contributorsOf(hub.fan, kind, where),
    },
    context,
  );
  const found = new Map(
    page.parts.flatMap(({ interface: name, rows }) =>
      rows.map((row) => [row.id, toNode(kind, name, row, fields)] as const),
    ),
  );
  const absent = new Map(page.outcomes.filter(isAbsent).map((outcome) => [outcome.interface, outcome]));
  const lacking = hub.fan.interfacesOf(kind).filter(({ name }) => absent.has(name));
  return ids.map((id) => {
    const away = absent.get(lacking.find((info) => bearsRow(info, id))?.name ?? '');
    return away === undefined ? (found.get(id) ?? null) : interfaceMissing(away);
  });
}
