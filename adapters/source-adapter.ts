import type { Condition } from './condition.js';
import type { SourceBinding } from './source-object.js';
import type { SourceRow, SourceValue } from './source-value.js';

export type ColumnType =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'date'
  | 'datetime'
  | 'boolean'
  | 'binary'
  | 'json'
  | 'other';

export interface SourceColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** As the source writes it, e.g. `varchar(18)`. */
  readonly nativeType: string;
  readonly nullable: boolean;
  /** What the source's own catalogue says of the column, for people. */
  readonly comment?: string;
}

export interface SourceIndex {
  readonly columns: readonly string[];
  readonly unique: boolean;
}

/** What a table, endpoint, operation or sheet looks like right now. */
export interface SourceShape {
  readonly object: string;
  /** What the source's own catalogue says of the object, for people. */
  readonly comment?: string;
  readonly columns: readonly SourceColumn[];
  /** Primary key first, if there is one. */
  readonly indexes: readonly SourceIndex[];
  /** Where in an answer the rows were found, of an object whose definition does not say (`AskedObject.rows`). */
  readonly rowsAt?: string;
}

/**
 * Where rows come from: a table (or endpoint, operation, sheet), optionally reduced to the newest row of
 * each group, as append-only exchange tables need it (domain §1.1 IF-4, D12, D14).
 */
export interface SourceObject {
  readonly name: string;
  /** Every version is read, not the newest alone: rows of one key are several, and none of them is lost. */
  readonly versions?: true;
  readonly latest?: {
    /** Columns that together name one business object. */
    readonly by: readonly string[];
    /**
     * Columns that tell newer from older, greatest first; must make the choice unique. Cells compare as their column
     * does; a source that cannot filter has texts alone, of which those that read as numbers compare by value.
     */
    readonly newest: readonly string[];
    /** Only these rows compete (for example no test rows). */
    readonly among: Condition;
  };
}

/** One term of a total order. Text is compared by code point, never by the source's collation. */
export interface OrderTerm {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
  /**
   * Cells for which this is false sort as if they were null.
   * (A text date sorts by its text only where it has the shape of a date.)
   */
  readonly guard?: Condition;
  /**
   * Where null stands in both directions. `excluded`: the request's `where` admits neither null nor a cell that
   * fails the guard, so the source may walk an index.
   */
  readonly nulls: 'first' | 'last' | 'excluded';
}

export interface ReadRequest {
  readonly from: SourceObject;
  readonly columns: readonly string[];
  readonly where: Condition;
  /** Empty: any order. */
  readonly orderBy: readonly OrderTerm[];
  /** Only rows strictly after this position; one cell per order term, `null` meaning the null class. */
  readonly after?: readonly SourceValue[];
  /** At least 1. */
  readonly limit: number;
}

/** A group is named by a column's cell. */
export interface GroupTerm {
  readonly column: string;
}

/**
 * Counts rows per distinct tuple of raw cells. The engine decodes each tuple once and adds up, so sums and groups are
 * exact for every unit, code list and spelling.
 */
export interface TallyRequest {
  readonly from: SourceObject;
  readonly where: Condition;
  /** Empty: one group of everything. */
  readonly groupBy: readonly GroupTerm[];
  /** Columns whose greatest non-null cell is wanted per group. */
  readonly max?: readonly string[];
  /** Only groups of at least so many rows. Default 1. */
  readonly atLeast?: number;
  /** More groups than this fail with SourceTooLarge. */
  readonly maxGroups: number;
}

export interface TallyGroup {
  /** In the order of `groupBy`. */
  readonly key: readonly SourceValue[];
  readonly count: number;
  /** In the order of `max`; empty when that was not asked for. */
  readonly max: readonly SourceValue[];
}

/** What a source can do by itself. The engine does the rest within a bound, or refuses it. */
export interface Capabilities {
  /**
   * Evaluates every `Condition` where the rows are. Without it `read` still gives exactly the rows of `where`, but
   * picks them here out of what the source sends, within `CallBounds.maxRows`.
   */
  readonly filters: boolean;
  /** Sorts by every `OrderTerm`; without it a request with an order is SourceRejected. */
  readonly orders: boolean;
  /** Resumes after a position without reading what lies before it. */
  readonly keyset: boolean;
  /** Counts and groups; without it `tally` is SourceRejected. */
  readonly tallies: boolean;
  /** An aborted read stops at the source as well. */
  readonly cancels: boolean;
  /**
   * One call may take several exchanges with the source (pages, one key each): the adapter passes every one of them
   * through `CallBounds.guard`. Else the caller guards the call as a whole.
   */
  readonly exchanges: boolean;
}

/** Runs one exchange with a source: waits for a place, keeps to quotas, refuses while the source is down, retries. */
type CallGuard = <T>(send: () => Promise<T>) => Promise<T>;

/** How one call to a source is bounded. Durations are milliseconds. */
export interface CallBounds {
  readonly signal: AbortSignal;
  /** From sending to the last row, of each exchange; beyond it the call fails with SourceTimeout. */
  readonly timeoutMs: number;
  /** Approximate size of the answer in bytes; beyond it the call fails with SourceTooLarge. */
  readonly maxBytes: number;
  /** Rows that may be fetched to pick from where the source cannot filter; beyond it SourceTooLarge. Default 200,000. */
  readonly maxRows?: number;
  /** For adapters with `exchanges`. Absent: every exchange just runs. */
  readonly guard?: CallGuard;
  /** Code of the legal matter that the call is made for, for sources that ask for one. Absent: nobody names one. */
  readonly purpose?: string;
}

/** What an adapter has learnt of its source from the answers; for metrics and for coverage. */
export interface SourceStats {
  /** A sentence for callers, Chinese first: what is amiss although the source answers. */
  readonly notice?: string;
  /** How far the source's clock is ahead of ours, smoothed; negative when it is behind. To about a second. */
  readonly clockSkewMs?: number;
  /** By our clock, when the secret that requests are signed with stops being valid. */
  readonly secretEndsAt?: Date;
  /** When the certificate ends by which the source proves who it is. */
  readonly certificateEndsAt?: Date;
}

/**
 * The port between the engine and one source connection.
 *
 * @example The ten newest checks of 2026:
 * ```ts
 * const adapter = openSqlAdapter({ dialect: 'sqlite', file: 'market.sqlite' });
 * const rows = await adapter.read(
 *   {
 *     from: { name: 'cs_pub_entresult' },
 *     columns: ['TaskCode', 'CheckDate'],
 *     where: { kind: 'startsWith', column: 'CheckDate', text: '2026' },
 *     orderBy: [{ column: 'CheckDate', direction: 'desc', nulls: 'excluded' }],
 *     limit: 10,
 *   },
 *   { signal: AbortSignal.timeout(3000), timeoutMs: 3000, maxBytes: 8 * 1024 * 1024 },
 * );
 * // [['R20260630001', '20260630'], …]
 * ```
 *
 * Every method but `close` fails only with the five errors of `source-error.ts`. Implementations keep no
 * state between calls but their connections, and are safe to call concurrently.
 */
export interface SourceAdapter {
  /** `sqlite`, `postgres`, `mysql`, `rest`, `if1`, `if2`, `soap`, `files`. */
  readonly kind: string;
  readonly capabilities: Capabilities;
  /**
   * The adapter for one object of a source that cannot describe its objects itself. It shares this one's connections
   * and is closed with it. Absent: objects are known by name (tables).
   *
   * @throws {SourceRejected} when the definition is of another kind of source.
   */
  bind?(binding: SourceBinding): SourceAdapter;
  /** @throws {SourceRejected} when there is no such object. */
  describe(object: string, bounds: CallBounds): Promise<SourceShape>;
  read(request: ReadRequest, bounds: CallBounds): Promise<readonly SourceRow[]>;
  tally(request: TallyRequest, bounds: CallBounds): Promise<readonly TallyGroup[]>;
  /** Resolves when the source answers at all. */
  probe(bounds: CallBounds): Promise<void>;
  /** What `read` would send, for people: SQL with its parameters, an HTTP request, a file scan. */
  explain(request: ReadRequest): string;
  /**
   * The statement by which the source's owner makes an order by these columns cheap: it adds an index and changes no
   * column. Null where none would help, as of a view; absent where none exists.
   */
  suggestIndex?(object: string, columns: readonly string[]): string | null;
  /**
   * Names what all rows are read from; as long as it is the same, so are they. Null: nothing serves. Absent: rows may change at any
   * time.
   */
  version?(): string | null;
  /** Absent where there is nothing to tell; without a member until it is known. */
  stats?(): SourceStats;
  /** Never fails; idempotent. */
  close(): Promise<void>;
}
