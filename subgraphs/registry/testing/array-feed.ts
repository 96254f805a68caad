import type {
  FeedPage,
  FeedPageRequest,
  FeedPart,
  FeedPort,
  FeedRow,
  InterfaceInfo,
  SubjectRefs,
} from '../../feed/feed.js';
import type { FieldValue } from '../../kinds/field-value.js';
import type { Kind } from '../../kinds/kinds.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';

/** One row of an interface, as its department would hand it out. */
export interface ArrayRow extends Partial<SubjectRefs> {
  readonly key: string;
  readonly values?: Readonly<Record<string, FieldValue>>;
  /** When it changed last; absent: always newer than any mark. */
  readonly changed?: number;
}

export interface ArrayInterface {
  readonly name: string;
  /** Null: it feeds no kind, but a department's facets. */
  readonly kind: Kind | null;
  readonly rows: readonly ArrayRow[];
  readonly lookupOnly?: boolean;
  /** Fields that are document numbers. */
  readonly numbers?: readonly string[];
  /** It tells what changed. */
  readonly marks?: boolean;
  /** The interface breaks off after this many pages. */
  readonly failsAfterPages?: number;
}

/** A department whose interfaces are arrays; its pages run in the order of the array. */
export interface ArrayFeed extends FeedPort {
  /** Replaces all interfaces, as if the sources had changed. */
  hold(interfaces: readonly ArrayInterface[]): void;
  readonly pagesRead: number;
}

export function createArrayFeed(department: string, first: readonly ArrayInterface[]): ArrayFeed {
  let interfaces = first;
  let pagesRead = 0;
  const pageOf = (one: ArrayInterface, request: FeedPageRequest): FeedPart<FeedPage> => {
    pagesRead += 1;
    const from = request.after?.key[0];
    const rows = one.rows.filter((row) => isAbout(one, row, request));
    const rest = rows.slice(from === undefined ? 0 : rows.findIndex((row) => row.key === from) + 1);
    const pages = Math.floor((rows.length - rest.length) / request.limit);
    if (one.failsAfterPages !== undefined && pages >= one.failsAfterPages)
      return { ...outcome(one, 'MISSING') };
    return {
      ...outcome(one, 'LIVE'),
      data: {
        rows: rest.slice(0, request.limit).map((row) => toFeedRow(one, row, request)),
        complete: rest.length <= request.limit,
        ...(request.mark === true && { mark: markOf(one) }),
      },
    };
  };
  const outcome = (one: ArrayInterface, state: 'LIVE' | 'MISSING'): InterfaceOutcome => ({
    interface: one.name,
    department,
    state,
    asOf: state === 'LIVE' ? '2026-06-30T08:00:00+08:00' : null,
    tookMs: 1,
    reason: state === 'LIVE' ? null : 'SOURCE_UNAVAILABLE: 数据源暂不可用。The source does not answer.',
  });
  return {
    department,
    get pagesRead() {
      return pagesRead;
    },
    hold: (next) => {
      interfaces = next;
    },
    interfaces: () => interfaces.map((one) => infoOf(department, one)),
    page: (request) =>
      Promise.resolve(
        interfaces
          .filter(({ name, kind }) => kind === request.kind && request.interfaces?.includes(name) !== false)
          .map((one) => pageOf(one, request)),
      ),
    tally: () => Promise.resolve([]),
    freshness: () => Promise.resolve(interfaces.map((one) => outcome(one, 'LIVE'))),
  };
}

function markOf({ marks, rows }: ArrayInterface): string | null {
  return marks === true ? String(Math.max(0, ...rows.map(({ changed = 0 }) => changed))) : null;
}

function infoOf(
  department: string,
  { name, kind, rows, numbers, lookupOnly = false }: ArrayInterface,
): InterfaceInfo {
  return {
    ...(numbers !== undefined && { numbers }),
    name,
    title: name,
    department,
    kind,
    departments: null,
    fields: [...new Set(rows.flatMap(({ values }) => Object.keys(values ?? {})))],
    warnAfterSeconds: null,
    failAfterSeconds: null,
    lookupOnly,
  };
}

function toFeedRow(one: ArrayInterface, row: ArrayRow, request: FeedPageRequest): FeedRow {
  const { refs = [], spellings = [], related = [] } = row;
  return {
    id: `${one.name}:${row.key}`,
    key: [row.key],
    sort: [],
    subject: refs[0] ?? null,
    values: request.fields.map((field) => row.values?.[field] ?? null),
    quality: [],
    ...(request.refs === true && { refs: { refs, spellings, related } }),
  };
}

/** The registry filters by subject, by what is newer, or not at all. */
function isAbout(one: ArrayInterface, row: ArrayRow, { where }: FeedPageRequest): boolean {
  if ('subject' in where) return row.refs?.some((ref) => where.subject.includes(ref)) === true;
  if (!('newerThan' in where)) return true;
  const own = where.newerThan.find((mark) => mark.interface === one.name);
  return own !== undefined && (row.changed === undefined || row.changed > Number(own.mark));
}
