import type { CallContext } from '../../runtime/call/call-context.js';
import type { Level } from '../../runtime/level.js';
import type { FieldDeclaration } from '../kinds/field.js';
import type { FieldValue } from '../kinds/field-value.js';
import type { Kind } from '../kinds/kinds.js';
import type { RowCondition } from '../kinds/row-condition.js';
import type { InterfaceOutcome } from '../port/interface-outcome.js';
import type { FeedHands } from './feed-hands.js';
import type { FeedWatch } from './feed-watch.js';

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

/** How old what is kept of a source may be, and what to do where it is older and cannot be read anew in time. */
export interface FeedAge {
  readonly maxSeconds: number;
  /** Ask the source itself; serve it and call it STALE; or leave the interface out as MISSING. */
  readonly otherwise: 'SOURCE' | 'STALE' | 'MISSING';
}

export interface FeedPageRequest {
  /** Null: interfaces that feed no kind but a department's facets; they have no fields, only subjects. */
  readonly kind: Kind | null;
  readonly where: RowCondition;
  readonly orderBy: readonly FeedOrder[];
  /** Reads the reversed total order: what `last`/`before` need. */
  readonly reversed: boolean;
  readonly after?: FeedPosition;
  readonly limit: number;
  /** Fields wanted in `FeedRow.values`, derived ones included. */
  readonly fields: readonly string[];
  /** Also fill `FeedRow.refs` (the registry builds its index from that). */
  readonly refs?: boolean;
  /** Also fill `FeedPage.mark`. */
  readonly mark?: boolean;
  /** Only these interfaces take part; absent: all that feed the kind. */
  readonly interfaces?: readonly string[];
  /** Absent: as old as its mapping allows. */
  readonly age?: FeedAge;
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
  /** Refs of all subjects of a row that belongs to several; absent where it is about one. */
  readonly shared?: readonly string[];
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
  /**
   * When asked for: where the interface stood before the page was read, for `newerThan`; null when it cannot tell
   * which rows change afterwards.
   */
  readonly mark?: string | null;
}

/**
 * A dimension of a tally: a field (of a list, each different element counts the row once), a day or moment truncated,
 * the days between two days, the row's subject ref, or its interface. Values are texts; null where the row has none.
 */
export type FeedDimension =
  | { readonly field: string }
  | { readonly field: string; readonly truncate: Truncation }
  | { readonly days: DaySpan }
  | { readonly subject: true }
  | { readonly interface: true };

/** `2026`, `2026-Q2`, `2026-06`, `2026-W27` (ISO 8601) and `2026-06-30`. */
export type Truncation = 'year' | 'quarter' | 'month' | 'week' | 'day';

/** Whole days from one day to another; negative when `to` is earlier, null unless both are there. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** A number to be measured: a Decimal or Integer field, or the days between two days. */
export type FeedMeasure = { readonly field: string } | { readonly days: DaySpan };

export interface FeedTallyRequest {
  /** Null: interfaces that feed no kind, by their own fields. */
  readonly kind: Kind | null;
  readonly where: RowCondition;
  readonly by: readonly FeedDimension[];
  readonly measures: readonly FeedMeasure[];
  readonly interfaces?: readonly string[];
  /** Absent: as old as its mapping allows. */
  readonly age?: FeedAge;
}

export interface FeedTally {
  /** In the order of `by`. */
  readonly key: readonly (string | null)[];
  readonly count: number;
  /** In the order of `FeedTallyRequest.measures`. */
  readonly measures: readonly Measured[];
}

/** What the rows of a bucket say of one number; exact decimal texts. */
export interface Measured {
  /** Rows that have the number. */
  readonly count: number;
  /** `0.00` of no rows. */
  readonly sum: string;
  /** Null of no rows, like `max`. */
  readonly min: string | null;
  readonly max: string | null;
}

/** What the gateway knows of an interface without asking its source. */
export interface InterfaceInfo {
  readonly name: string;
  readonly title: string;
  readonly department: string;
  readonly kind: Kind | null;
  /** Values of the canonical `department` field that its rows can have; null: any. */
  readonly departments: readonly string[] | null;
  /** Fields that its rows can have: those it maps, and those that can be derived from them. */
  readonly fields: readonly string[];
  /** Those of them that are document numbers and may be kept in the index of numbers. Absent: none. */
  readonly numbers?: readonly string[];
  readonly warnAfterSeconds: number | null;
  readonly failAfterSeconds: number | null;
  /**
   * Its source answers for keys alone and cannot list: it takes part only where a filter names subjects, rows or a
   * document number.
   */
  readonly lookupOnly: boolean;
  /** Of one that cannot list: the document numbers by which its source can be asked. Absent: all of them. */
  readonly askedNumbers?: readonly string[];
  /** Its rows belong to rows of a kind by document number. Absent: they do not. */
  readonly matched?: MatchedFacet;
  /** It fills a facet of Subject, by which subjects are filtered. Absent: it fills none. */
  readonly facet?: SubjectFacet;
  /** It shows fields of its own at its rows, by which they are filtered. Absent: it shows none. */
  readonly rowFacet?: RowFacet;
  /** Names of filters of which one must be given, or its source is not asked. Absent: none is needed. */
  readonly requires?: readonly string[];
  /**
   * It stands for all interfaces of its kind whose names begin so, of a county that has never said which it has. Absent:
   * for itself.
   */
  readonly standsFor?: string;
  /** Who of the department answers for it, with a telephone where the mapping has one. Absent: it does not say. */
  readonly contact?: string;
  /** Absent: its mapping, or an older department, says nothing. */
  readonly catalogue?: InterfaceCatalogue;
}

/** A facet whose rows belong to rows of any department that bear the same document number, in any spelling. */
export interface MatchedFacet {
  /** `Inspection.mobile`. */
  readonly facet: string;
  /** The document number of the kind. */
  readonly number: string;
  /** The interface's own field that holds it. */
  readonly field: string;
}

/** Where an interface's rows hang at subjects, and what can be asked of them. */
export interface SubjectFacet {
  /** Below Subject: `publicProfile.annualReports`. */
  readonly path: string;
  /** All rows of a subject are shown; otherwise one of them, the first by `order`. */
  readonly list: boolean;
  readonly order: readonly FeedOrder[];
  /** A row may be about several subjects. */
  readonly shared: boolean;
  /** Empty: it is not known what its rows hold, and it is MISSING. */
  readonly fields: readonly FacetField[];
}

/** Fields that an interface shows at the rows which it feeds, beside those of the kind. */
export interface RowFacet {
  /** The field of the kind's type: `marine` of `Inspection`. */
  readonly holder: string;
  /** Empty: it is not known which, and the interface is MISSING. */
  readonly fields: readonly FacetField[];
}

/** A field of a facet; `words` as its department's SDL has them. */
export interface FacetField extends FieldDeclaration {
  readonly name: string;
}

/** An interface's entry in the catalogue of government data (domain §5.5). */
export interface InterfaceCatalogue {
  readonly share: 'UNCONDITIONAL' | 'CONDITIONAL';
  readonly conditions: string | null;
  /** The rule that says so. */
  readonly basis: string;
  readonly updatesEverySeconds: number | null;
  /** The highest of its fields. */
  readonly level: Level;
  readonly fields: readonly CatalogueField[];
  /** Columns of the source that are shared with nobody. */
  readonly withheld: readonly {
    readonly columns: readonly string[];
    readonly level: Level;
    readonly basis: string;
    readonly reason: string;
  }[];
}

export interface CatalogueField {
  readonly name: string;
  /** Chinese. */
  readonly title: string;
  readonly level: Level;
}

/** Whether a row with this global id would be one of the interface's. */
export function bearsRow({ name, standsFor }: InterfaceInfo, id: string): boolean {
  return id.startsWith(standsFor ?? `${name}:`);
}

/** What is kept of an interface of which snapshots are kept. Moments are ISO 8601. */
export interface FeedSnapshot {
  readonly interface: string;
  /** Names what serves; null before the first reading. */
  readonly version: string | null;
  readonly rows: number | null;
  /** When the reading began that brought it up to date, and when the last whole one did. */
  readonly readAt: string | null;
  readonly wholeAt: string | null;
  /** Since this process began. */
  readonly readings: number;
  readonly failures: number;
  /** Why the last reading failed; null: it did not. */
  readonly lastFailure: string | null;
}

/** How an interface was when its department last looked at it. */
export interface FeedStanding extends InterfaceOutcome {
  /** ISO 8601 at +08:00; null when unknown. */
  readonly lookedAt: string | null;
}

/**
 * The uniform list that each department offers the hub; in process a direct call, across machines the
 * hidden root field `_feed`. A failing interface is an outcome, never a rejection of the whole.
 *
 * @example the newest 20 inspections with problems, from the rows of one interface
 * const [part] = await feed.page(
 *   {
 *     kind: 'Inspection',
 *     where: { not: { field: 'result', in: ['NO_ISSUE'] } },
 *     orderBy: [{ field: 'date', direction: 'desc' }],
 *     reversed: false,
 *     limit: 20,
 *     fields: ['date', 'result'],
 *     interfaces: ['market.inspection'],
 *   },
 *   context,
 * );
 * // part.state === 'LIVE', part.data.rows[0].values === ['2026-06-28', 'RECTIFIED']
 */
export interface FeedPort {
  readonly department: string;
  interfaces(): readonly InterfaceInfo[];
  page(request: FeedPageRequest, context: CallContext): Promise<readonly FeedPart<FeedPage>[]>;
  tally(request: FeedTallyRequest, context: CallContext): Promise<readonly FeedPart<readonly FeedTally[]>[]>;
  /** Freshness of every interface, from its watermark. */
  freshness(context: CallContext): Promise<readonly InterfaceOutcome[]>;
  /** What `freshness` found last, without a look at any source; absent, or without an interface: nobody has looked. */
  standing?(context: CallContext): Promise<readonly FeedStanding[]>;
  /** How the snapshots stand; absent: none are kept. */
  snapshots?(context: CallContext): Promise<readonly FeedSnapshot[]>;
  /** What is known by watching them; absent: nobody does. */
  readonly watch?: FeedWatch;
  /** What can be done to them by hand; absent: nothing, through this process. */
  readonly hands?: FeedHands;
}
