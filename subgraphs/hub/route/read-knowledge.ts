import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedOrder } from '../../feed/feed.js';
import { inForceOn } from '../../kinds/enforcement-item.js';
import type { FieldValue } from '../../kinds/field-value.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { type InterfaceOutcome, isAbsent } from '../../port/interface-outcome.js';
import { contributorsOf } from '../fan/can-contribute.js';
import { createCoverageBook, type InterfaceCoverage } from '../fan/coverage.js';
import { createListReader } from '../fan/list-reader.js';
import type { Hub } from '../hub.js';
import { toNode } from '../rows/row-node.js';
import type { ListedItem, ListVersion, RouteKnowledge, RouteTeam } from './route.js';

/** Lists whose editions an answer names. */
const CONSULTED = ['COMPREHENSIVE', 'PROFESSIONAL', 'TOWNSHIP'];
/** Rows of one item over all lists and editions, and teams of a county: more is no catalogue. */
const MOST_ROWS = 500;

const ITEM_FIELDS = [
  'list',
  'department',
  'enforcedBy',
  'field',
  'scope',
  'dutyBoundary',
  'transferredFrom',
  'township',
  'validFrom',
  'validTo',
];
const TEAM_FIELDS = ['name', 'kind', 'department', 'coverage'];

interface Read {
  readonly nodes: readonly Readonly<Record<string, FieldValue | undefined>>[];
  readonly outcomes: readonly InterfaceOutcome[];
  /** Every interface answered, and none has more. */
  readonly whole: boolean;
}

/** What catalogues and teams say of an item on a day, and what that rests on. */
export async function readKnowledge(
  hub: Hub,
  item: string | null,
  asOf: string,
  context: CallContext,
): Promise<{ readonly known: RouteKnowledge; readonly coverage: readonly InterfaceCoverage[] }> {
  const read = (
    kind: RowKind,
    where: RowCondition,
    fields: readonly string[],
    orderBy: readonly FeedOrder[] = [],
  ) => readRows(hub, { kind, where, fields, orderBy, limit: orderBy.length > 0 ? 1 : MOST_ROWS }, context);
  const [items, teams, ...editions] = await Promise.all([
    item === null ? null : read('EnforcementItem', { field: 'code', sameNumber: item }, ITEM_FIELDS),
    read('Team', { all: [] }, TEAM_FIELDS),
    ...CONSULTED.map((list) =>
      read(
        'EnforcementItem',
        { all: [{ field: 'list', in: [list] }, inForceOn(asOf)] },
        ['list', 'edition', 'validFrom'],
        [{ field: 'validFrom', direction: 'desc' }],
      ),
    ),
  ]);
  const isKnown = (items?.whole ?? true) && editions.every(({ outcomes }) => !outcomes.some(isAbsent));
  return {
    known: {
      items: isKnown ? ((items?.nodes ?? []) as unknown as readonly ListedItem[]) : null,
      versions: editions.flatMap(({ nodes }) => newest(nodes as unknown as readonly ListVersion[])),
      teams: teams.whole ? teams.nodes.map(readTeam) : null,
    },
    coverage: coverageOf([...(items === null ? [] : [items]), teams, ...editions]),
  };
}

interface Request {
  readonly kind: RowKind;
  readonly where: RowCondition;
  readonly fields: readonly string[];
  readonly orderBy: readonly FeedOrder[];
  readonly limit: number;
}

async function readRows({ fan }: Hub, request: Request, context: CallContext): Promise<Read> {
  const interfaces = contributorsOf(fan, request.kind, request.where);
  const page = await createListReader(fan).page({ ...request, reversed: false, interfaces }, context);
  const isWhole =
    interfaces.length > 0 &&
    !page.outcomes.some(isAbsent) &&
    page.parts.every(({ rows }) => rows.length <= request.limit);
  return {
    nodes: page.parts.flatMap(({ interface: name, rows }) =>
      rows.map((row) => toNode(request.kind, name, row, request.fields)),
    ),
    outcomes: page.outcomes,
    whole: isWhole,
  };
}

/** Each interface gave its newest row. */
function newest(versions: readonly ListVersion[]): readonly ListVersion[] {
  const [first] = [...versions].sort((left, right) => (left.validFrom < right.validFrom ? 1 : -1));
  return first === undefined ? [] : [first];
}

function readTeam(node: Read['nodes'][number]): RouteTeam {
  const { name, kind, department, coverage } = node;
  return {
    name: String(name),
    kind: String(kind),
    department: String(department),
    coverage: Array.isArray(coverage) ? coverage.map(String) : [],
  };
}

function coverageOf(reads: readonly Read[]): readonly InterfaceCoverage[] {
  const book = createCoverageBook();
  for (const { outcomes, nodes } of reads) {
    for (const outcome of outcomes) {
      book.add(outcome, nodes.filter((node) => node.interface === outcome.interface).length);
    }
  }
  return book.list();
}
