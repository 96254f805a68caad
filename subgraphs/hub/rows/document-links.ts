import DataLoader from 'dataloader';
import type { GraphQLError, GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import { publicError } from '../../../runtime/errors.js';
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
/** Rows of one interface that may share one number: a link to one needs no more to tell which, a list takes them all. */
const ROWS_PER_NUMBER = { one: 4, list: 50 };

type Links = LinkDeclaration['by'];

type LinkResolver = (
  node: RowNode,
  args: unknown,
  context: CallContext,
  info: GraphQLResolveInfo,
) => Promise<RowNode | readonly RowNode[] | null>;

interface Linked {
  readonly nodes: readonly RowNode[];
  /** What was asked for it; empty when the row names no number. */
  readonly rests: readonly InterfaceOutcome[];
  /** An interface has more rows with these numbers than were read. */
  readonly cutOff: boolean;
}

/** Resolves a row's counterparts by document number; all rows of one request are looked up together. */
export function linkResolver(hub: Hub, link: LinkDeclaration): LinkResolver {
  const kind = link.to as RowKind;
  const loaders = perRequest(
    (context, fieldList) =>
      new DataLoader<RowNode, Linked, string>(
        (nodes) => readLinked(hub, link, nodes, fieldList.split(','), context),
        { cacheKeyFn: ({ id }) => id, maxBatchSize: NODES_PER_BATCH },
      ),
  );
  return async (node, _args, context, info) => {
    const numbers = ['department', ...link.by.map(([, to]) => to)];
    const fields = new Set([...fieldsForSelection(kind, selectionOf(info)), ...numbers]);
    const linked = await loaders(context, [...fields].sort().join(',')).load(node);
    // A link has no `coverage` to read.
    tellCoverage(linked.rests, false, context, info);
    if (link.many !== true) return linked.nodes[0] ?? null;
    if (linked.cutOff) throw tooMany(info.fieldName);
    return linked.nodes;
  };
}

function tooMany(field: string): GraphQLError {
  return publicError(
    'SOURCE_TOO_LARGE',
    `${field}：同一文号的记录过多，请改用按文号筛选的清单。 ${field}: too many rows have this number; use the list filtered by it.`,
  );
}

async function readLinked(
  hub: Hub,
  link: LinkDeclaration,
  nodes: readonly RowNode[],
  fields: readonly string[],
  context: CallContext,
): Promise<readonly Linked[]> {
  const { by: links, many = false, acrossDepartments = false } = link;
  const kind = link.to as RowKind;
  const leaves = new Map<string, RowCondition>();
  for (const node of nodes) {
    for (const [from, to] of links) {
      for (const number of numbersOf(node, from)) {
        leaves.set(`${to} ${number}`, { field: to, sameNumber: number });
      }
    }
  }
  if (leaves.size === 0) return nodes.map(() => ({ nodes: [], rests: [], cutOff: false }));
  const named: RowCondition = { any: [...leaves.values()] };
  // Most numbers lead nowhere, and that is known of all that was read: nothing is searched for them.
  const where = await narrowNumbers(hub, kind, named, 'trusted', context);
  const limit = leaves.size * ROWS_PER_NUMBER[many ? 'list' : 'one'];
  const page = await createListReader(hub.fan).page(
    {
      kind,
      where,
      orderBy: [],
      reversed: false,
      limit,
      fields,
      interfaces: contributorsOf(hub.fan, kind, where),
    },
    context,
  );
  const found = page.parts.flatMap(({ interface: name, rows }) =>
    rows.map((row) => toNode(kind, name, row, fields)),
  );
  return nodes.map((node) => {
    const isAsked = links.some(([from]) => numbersOf(node, from).length > 0);
    if (!isAsked) return { nodes: [], rests: [], cutOff: false };
    const one = many ? null : counterpartOf(node, links, found);
    const linked = many ? counterpartsOf(node, links, found, acrossDepartments) : one === null ? [] : [one];
    return {
      nodes: linked,
      rests: page.outcomes,
      cutOff: page.parts.some(({ rows }) => rows.length > limit),
    };
  });
}

/** Every row that has one of the numbers; as of one counterpart, those of the row's own department before others'. */
function counterpartsOf(
  node: RowNode,
  links: Links,
  found: readonly RowNode[],
  acrossDepartments: boolean,
): readonly RowNode[] {
  const matches = found.filter((other) =>
    links.some(([from, to]) => numbersOf(other, to).some((number) => numbersOf(node, from).includes(number))),
  );
  if (acrossDepartments) return matches;
  const near = matches.filter((other) => other.department === node.department);
  if (near.length > 0) return near;
  return new Set(matches.map((other) => other.department)).size > 1 ? [] : matches;
}

/**
 * The best link that leads anywhere decides. Of several rows with that number, one of the same department is
 * taken; several of others are a coincidence of numbers, and none is taken.
 */
function counterpartOf(node: RowNode, links: Links, found: readonly RowNode[]): RowNode | null {
  for (const [from, to] of links) {
    const [number] = numbersOf(node, from);
    if (number === undefined) continue;
    const matches = found.filter((other) => numbersOf(other, to).includes(number));
    if (matches.length === 0) continue;
    const [only, ...others] = matches;
    const near = matches.find((other) => other.department === node.department);
    return near ?? (others.length === 0 ? (only ?? null) : null);
  }
  return null;
}

/** The numbers that a field holds: one, or those of a list. */
function numbersOf(node: RowNode, field: string): readonly string[] {
  const value: unknown = node[field];
  const texts = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return texts.flatMap((text) => {
    const number = typeof text === 'string' ? normaliseDocumentNumber(text) : '';
    return number === '' ? [] : [number];
  });
}
