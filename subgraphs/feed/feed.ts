import type { CallContext } from '../../runtime/call/call-context.js';
import type { Kind } from '../kinds/canonical.js';
import type { FieldValue } from '../kinds/field-value.js';
import type { InterfaceOutcome } from '../port/interface-outcome.js';

/**
 * A filter over canonical fields, as the hub sends it to every department.
 *
 * Two-valued like `Condition`: a comparison with an absent value is false and its `not` is true.
 * On list fields `in` means that at least one element is in the list.
 */
export type FeedCondition =
  | { readonly all: readonly FeedCondition[] }
  | { readonly any: readonly FeedCondition[] }
  | { readonly not: FeedCondition }
  | { readonly field: string; readonly in: readonly (string | boolean)[] }
  /** Both ends belong to the range; dates, date-times and decimals. */
  | { readonly field: string; readonly from?: string; readonly to?: string }
  | { readonly field: string; readonly isNull: boolean }
  | { readonly field: string; readonly contains: string }
  /** Document numbers, compared after normalisation. */
  | { readonly field: string; readonly sameNumber: string }
  /** Rows of these subjects: keys as the registry hands them out (see `subject-key.ts`). */
  | { readonly subject: readonly string[] }
  /** Rows with these global ids (`FeedRow.id`). */
  | { readonly ids: readonly string[] }
  /** Rows of these interfaces. */
  | { readonly interface: readonly string[] }
  /** Cases whose fine is overdue on that day (domain §2.6.4). */
  | { readonly unpaidOn: string }
  | { readonly late: Lateness };

/**
 * Rows in which one day did not come within so many working days of another.
 *
 * The limit is the last of the `workingDays` working days that follow the day in `from`. A row is late when that
 * limit lies before the day `on`, and `to` is absent or lies after the limit. Without `from` nothing is late.
 */
export interface Lateness {
  readonly from: string;
  readonly to: string;
  /** At least 1. */
  readonly workingDays: number;
  readonly on: string;
  /** Days `yyyy-MM-dd` on which the rule "work from Monday to Friday" is turned round: holidays and days worked instead. */
  readonly exceptions: readonly string[];
}

/** Nulls stand last in ascending and in descending order alike. */
export interface FeedOrder {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

/**
 * A position in the total order (order keys…, interface, row id); the tie-breakers run in the direction of
 * the first order key. Reading backwards is reading the reversed order, nulls first.
 */
export interface FeedPosition {
  /** Sort texts of the order keys, null for the null class. */
  readonly keys: readonly (string | null)[];
  readonly interface: string;
  /** The row's id within its interface, as `FeedRow.key`. */
  readonly key: readonly string[];
}

export interface FeedPageRequest {
  /** Null: interfaces that feed no kind but a department's facets; they have no fields, only subjects. */
  readonly kind: Kind | null;
  readonly where: FeedCondition;
  readonly orderBy: readonly FeedOrder[];
  /** Reads the reversed total order: what `last`/`before` need. */
  readonly reversed: boolean;
  readonly after?: FeedPosition;
  readonly limit: number;
  /** Canonical fields wanted in `FeedRow.values`. */
  readonly fields: readonly string[];
  /** Also fill `FeedRow.refs` (the registry builds its index from that). */
  readonly refs?: boolean;
  /** Only these interfaces take part; absent: all that feed the kind. */
  readonly interfaces?: readonly string[];
}

export interface FeedRow {
  /** Global id: `<interface>:<key text>`. */
  readonly id: string;
  /** The row's key, cell by cell as text. */
  readonly key: readonly string[];
  /** One sort text per order key (see `FeedPosition.keys`); compares by code point, decimals by value. */
  readonly sort: readonly (string | null)[];
  /** Who the row is about: `scheme:value`, or null when nothing in the row tells. */
  readonly subject: string | null;
  /** In the order of `FeedPageRequest.fields`. */
  readonly values: readonly FieldValue[];
  /** What was repaired, guessed or unreadable in the values above: `<CODE>:<field>`. */
  readonly quality: readonly string[];
  /** When asked for: everything that identifies the row's subject. */
  readonly refs?: SubjectRefs;
}

/** What one row says of its subject's identity. */
export interface SubjectRefs {
  /** Canonical refs, best first; in a Subject feed they all name the same subject. */
  readonly refs: readonly string[];
  /** Refs with the spelling that the source holds, `scheme~raw`, where it differs from the canonical one. */
  readonly spellings: readonly { readonly ref: string; readonly held: string }[];
  /** Other subjects that this one belongs to. */
  readonly related: readonly { readonly role: RelationRole; readonly ref: string; readonly share?: string }[];
}

export type RelationRole = 'OWNER' | 'LEGAL_REPRESENTATIVE' | 'CAPTAIN';

export interface FeedPart<T> extends InterfaceOutcome {
  /** Absent when the state is MISSING or DENIED. */
  readonly data?: T;
}

export interface FeedPage {
  readonly rows: readonly FeedRow[];
  /** No row follows the last one. */
  readonly complete: boolean;
}

/**
 * A dimension of a tally: a canonical field, a date truncated, or the row's subject ref.
 * Values are canonical texts; null where the row has none.
 */
export type FeedDimension =
  | { readonly field: string }
  | { readonly field: string; readonly truncate: 'year' | 'quarter' | 'month' }
  | { readonly subject: true }
  | { readonly interface: true };

export interface FeedTallyRequest {
  readonly kind: Kind;
  readonly where: FeedCondition;
  readonly by: readonly FeedDimension[];
  /** Decimal fields to add up, exactly. */
  readonly sums: readonly string[];
  /** Cases only: also add up the part of `fine` still owed and overdue on that day. */
  readonly overdueOn?: string;
  readonly interfaces?: readonly string[];
}

export interface FeedTally {
  /** In the order of `by`. */
  readonly key: readonly (string | null)[];
  readonly count: number;
  /** In the order of `sums`, decimal texts in yuan; `overdueOn` appends one more. */
  readonly sums: readonly string[];
}

/** What the gateway knows of an interface without asking its source. */
export interface InterfaceInfo {
  readonly name: string;
  readonly title: string;
  readonly department: string;
  readonly kind: Kind | null;
  /** Values of the canonical `department` field that its rows can have; null: any. */
  readonly departments: readonly string[] | null;
  /** Canonical fields that it maps. */
  readonly fields: readonly string[];
  readonly warnAfterSeconds: number | null;
  readonly failAfterSeconds: number | null;
  /**
   * Its source answers for keys alone and cannot list: it takes part only where a filter names subjects, rows or a
   * document number.
   */
  readonly lookupOnly: boolean;
}

/**
 * The uniform list that each department offers the hub; in process a direct call, across machines the
 * hidden root field `_feed`. A failing interface is an outcome, never a rejection of the whole.
 */
export interface FeedPort {
  readonly department: string;
  interfaces(): readonly InterfaceInfo[];
  page(request: FeedPageRequest, context: CallContext): Promise<readonly FeedPart<FeedPage>[]>;
  tally(request: FeedTallyRequest, context: CallContext): Promise<readonly FeedPart<readonly FeedTally[]>[]>;
  /** Freshness of every interface, from its watermark. */
  freshness(context: CallContext): Promise<readonly InterfaceOutcome[]>;
}
