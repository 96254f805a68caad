import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { bearsRow } from '../../feed/feed.js';
import { ROW_KINDS, type RowKind } from '../../kinds/kinds.js';
import { checkUpTo } from '../filter/bad-input.js';
import type { Hub } from '../hub.js';
import { registryFailed } from '../subjects/ask-registry.js';
import { referenceResolver } from './row-entities.js';
import { type RowNode, subjectStub } from './row-node.js';

/** As many as a page has at most. */
const MAX_NODES = 500;

type NodeOfHub = RowNode | ReturnType<typeof subjectStub>;

/**
 * `Query.node` and `Query.nodes`: a row by the name of its interface, which its id begins with; anything else as a
 * subject. Null where nothing bears the id.
 */
export function nodeResolvers(hub: Hub) {
  const rowOf = new Map(ROW_KINDS.map((kind) => [kind, referenceResolver(hub, kind)]));
  const kindOf = (id: string): RowKind | undefined =>
    ROW_KINDS.find((kind) => hub.fan.interfacesOf(kind).some((info) => bearsRow(info, id)));
  const nodeOf = async (id: string, context: CallContext, info: GraphQLResolveInfo): Promise<NodeOfHub> => {
    const kind = kindOf(id);
    const resolveRow = kind === undefined ? undefined : rowOf.get(kind);
    if (resolveRow !== undefined) return resolveRow({ id }, context, info);
    const { byRef, failure } = await hub.identities.resolve([id], context);
    if (failure !== null) throw registryFailed();
    return subjectStub(byRef.get(id)?.id ?? null);
  };
  return {
    node: (
      _parent: unknown,
      { id }: { readonly id: string },
      context: CallContext,
      info: GraphQLResolveInfo,
    ) => nodeOf(id, context, info),
    nodes: (
      _parent: unknown,
      { ids }: { readonly ids: readonly string[] },
      context: CallContext,
      info: GraphQLResolveInfo,
    ) => {
      checkUpTo(MAX_NODES, 'ids', ids.length);
      return ids.map((id) => nodeOf(id, context, info));
    },
  };
}
