import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import type { LinkDeclaration } from '../../kinds/kind.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import { normaliseDocumentNumber } from '../../values/texts/document-number.js';
import { contributorsOf } from '../fan/can-contribute.js';
import { createListReader } from '../fan/list-reader.js';
import { tellCoverage } from '../fan/tell-coverage.js';
import type { Hub } from '../hub.js';
import { narrowNumbers } from '../numbers/narrow-numbers.js';
import { fieldsForSelection, type RowNode, toNode } from './row-node.js';
import { selectionOf } from './selection.js';

const NODES_PER_BATCH = 100;
/** Rows that may share one number before the rest is cut off. */
const ROWS_PER_NUMBER = 4;

type Links = LinkDeclaration['by'];

type LinkResolver = (
  node: RowNode,
  args: unknown,
  context: CallContext,
  info: GraphQLResolveInfo,
) => Promise<RowNode | null>;

interface Linked {
  readonly node: RowNode | null;
  /** What was asked for it; empty when the row names no number. */
  readonly rests: readonly InterfaceOutcome[];
}

/** Resolves a row's counterpart by document number; all rows of one request are looked up together. */
export function linkResolver(hub: Hub, link: LinkDeclaration): LinkResolver {
  const kind = link.to as RowKind;
  const loaders = perRequest(
    (context, fieldList) =>
      new DataLoader<RowNode, Linked, string>(
        (nodes) => readLinked(hub, kind, link.by, nodes, fieldList.split(','), context),
        { cacheKeyFn: ({ id }) => id, maxBatchSize: NODES_PER_BATCH },
      ),
  );
  return async (node, _args, context, info) => {
    const numbers = ['department', ...link.by.map(([, to]) => to)];
    const fields = new Set([...fieldsForSelection(kind, selectionOf(info)), ...numbers]);
    const linked = await loaders(context, [...fields].sort().join(',')).load(node);
    // A link has no `coverage` to read.
    tellCoverage(linked.rests, false, context, info);
    return linked.node;
  };
}

async function readLinked(
  hub: Hub,
  kind: RowKind,
  links: Links,
  nodes: readonly RowNode[],
  fields: readonly string[],
  context: CallContext,
): Promise<readonly Linked[]> {
  const leaves = new Map<string, RowCondition>();
  for (const node of nodes) {
    for (const [from, to] of links) {
      const number = numberOf(node, from);
      if (number !== null) leaves.set(`${to} ${number}`, { field: to, sameNumber: number });
    }
  }
  if (leaves.size === 0) return nodes.map(() => ({ node: null, rests: [] }));
  const named: RowCondition = { any: [...leaves.values()] };
  // Most numbers lead nowhere, and that is known of all that was read: nothing is searched for them.
  const where = await narrowNumbers(hub, kind, named, 'trusted', context);
  const page = await createListReader(hub.fan).page(
    {
      kind,
      where,
      orderBy: [],
      reversed: false,
      limit: leaves.size * ROWS_PER_NUMBER,
      fields,
      interfaces: contributorsOf(hub.fan, kind, where),
    },
    context,
  );
  const found = page.parts.flatMap(({ interface: name, rows }) =>
    rows.map((row) => toNode(kind, name, row, fields)),
  );
  return nodes.map((node) => {
    const isAsked = links.some(([from]) => numberOf(node, from) !== null);
    return { node: counterpartOf(node, links, found), rests: isAsked ? page.outcomes : [] };
  });
}

/**
 * The best link that leads anywhere decides. Of several rows with that number, one of the same department is
 * taken; several of others are a coincidence of numbers, and none is taken.
 */
function counterpartOf(node: RowNode, links: Links, found: readonly RowNode[]): RowNode | null {
  for (const [from, to] of links) {
    const number = numberOf(node, from);
    if (number === null) continue;
    const matches = found.filter((other) => numberOf(other, to) === number);
    if (matches.length === 0) continue;
    const [only, ...others] = matches;
    const near = matches.find((other) => other.department === node.department);
    return near ?? (others.length === 0 ? (only ?? null) : null);
  }
  return null;
}

function numberOf(node: RowNode, field: string): string | null {
  const value = node[field];
  if (typeof value !== 'string') return null;
  const number = normaliseDocumentNumber(value);
  return number === '' ? null : number;
}
