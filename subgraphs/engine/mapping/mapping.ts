import type { ObjectDefinition } from '../../../adapters/source-object.js';
import type { Level } from '../../../runtime/level.js';
import type { Place } from '../../../runtime/yaml/placed-yaml.js';
import type { RelationRole } from '../../feed/feed.js';
import type { Kind } from '../../kinds/kinds.js';
import type { Scheme } from '../../kinds/subject-key.js';
import type { DateFormat } from '../../values/dates/date-format.js';
import type { FieldMapping } from '../../values/field-mapping.js';
import type { Split } from '../../values/texts/split.js';

/**
 * One mapping file after parsing and validation: what `subgraphs/departments/<department>/<interface>.yaml` says, in the
 * same words. `schema/interface.v1.json` is the JSON Schema of the same for editors.
 */
export interface InterfaceMapping {
  readonly place: Place;
  /** `market.inspection`: department, a dot, kebab-case. */
  readonly interface: string;
  readonly title: string;
  readonly owner: { readonly department: string; readonly contact?: string };
  /** Canonical kind that rows contribute to the hub. */
  readonly feeds?: Kind;
  /**
   * Where rows hang in the department's GraphQL types:
   * `Inspection.market` (the row behind the entity's id), `Subject.market.registration` (one row per subject, or the
   * newest when the SDL type is an object and several exist), `Subject.market.licences` (a list in the SDL);
   * `Event.grassroots.steps`: rows that belong to the row behind `Event.grassroots`.
   */
  readonly facet?: string;
  /**
   * The interface of the same department whose rows this one completes: a row facet then hangs at that one's
   * entities and is found by the same key (a look-up of one case beside the table of cases). With `by`, several rows
   * may belong to one of its rows.
   */
  readonly of?: string;
  /**
   * Completes rows of whichever department: the facet's entity has a document number in `entity`, which the rows of this
   * interface hold in `field`. The SDL's field `@requires` the entity's.
   */
  readonly match?: { readonly entity: string; readonly field: string };
  /** Columns that hold the key of the row of `of`, in the order of that key. */
  readonly by?: readonly string[];
  readonly source: MappedSource;
  /** Columns that name a row; the id is `<interface>:<cell>:<cell>…`, cells percent-encoded where they hold `:` or `%`. */
  readonly key: readonly string[];
  /** Newest row of each group only (append-only exchange tables, duplicates of one case). */
  readonly latest?: { readonly by: readonly string[]; readonly newest: readonly string[] };
  /** Read as a list: newest first by these canonical or facet fields. */
  readonly order?: { readonly field: string; readonly direction: 'asc' | 'desc' };
  /** How a row points at its subject: the first entry that yields a valid ref wins. */
  readonly subject: readonly SubjectPointer[];
  /** Feeds of kind Subject only. */
  readonly related: readonly RelatedPointer[];
  readonly fields: ReadonlyMap<string, FieldMapping>;
  /** Dates of which the first cannot come after the second, beside those of the kind: else the row is marked. */
  readonly ordered: readonly OrderedPair[];
  /** Rows that exist: soft deletes and test rows excluded. Checked before `latest` picks … */
  readonly where: readonly CellFilter[];
  /** … and after it picked (a newest row that says "deleted" deletes). */
  readonly whereLatest: readonly CellFilter[];
  readonly watermark?: {
    readonly column: string;
    /** How often the source promises news. */
    readonly everySeconds: number;
    readonly warnSeconds: number;
    /** Older than this the interface is STALE. */
    readonly failSeconds: number;
    readonly format: DateFormat;
    readonly zone: string;
    /**
     * For a source that cannot count: the column of a Date field by which its rows of the last days are asked for, to
     * find the newest watermark among them; without any such row the interface is STALE.
     */
    readonly recent?: { readonly column: string; readonly withinSeconds: number };
  };
  /** Of `limits.timeout`, where the mapping has one. */
  readonly timeoutPlace?: Place;
  /** How often the source is looked at, whether or not anybody asks for its rows. */
  readonly probe: { readonly everySeconds: number };
  readonly observe: ObserveRule;
  readonly scope: { readonly township?: string };
  /** Filters of which a query must give one, or the source is not asked: names of fields, or `subject`. */
  readonly requires?: RequiredFilters;
  /** The source is read whole now and then, and asked for nothing else. */
  readonly snapshot?: SnapshotRule;
  /** What the catalogue of government data says of it, besides title, owner, fields and how often it is updated. */
  readonly catalogue?: CatalogueEntry;
  readonly limits: {
    readonly keysPerCall: number;
    /** What a call to the source costs, in points of an operation's cost. */
    readonly callPrice: number;
    readonly concurrent: number;
    readonly timeoutMs: number;
    readonly maxRowsScanned: number;
    readonly maxBytes: number;
    /** Exchanges in any 60 s, and in one day of the county. */
    readonly perMinute?: number;
    readonly perDay?: number;
    readonly quiet: readonly QuietWindow[];
    /** How often a failed read is tried again at most; all retries together stay within 10 % of the traffic. */
    readonly retries: number;
    readonly breaker: boolean;
  };
}

/** `source: { connection: market, table: cs_pub_entresult }`, or `http`, `soap` or `file` in place of `table`. */
interface MappedSource {
  readonly place: Place;
  readonly connection: string;
  readonly object: ObjectDefinition;
}

/**
 * `observe`: what the department promises of the interface, beside `watermark` and `limits`. What is absent goes by a
 * default (`observe/thresholds.ts`). Shares are from 0 to 1.
 */
export interface ObserveRule {
  readonly place: Place;
  /** How often columns, days, cells and keys are looked at. */
  readonly everySeconds?: number;
  /** On which days news comes; default by the watermark's frequency. */
  readonly days?: 'working' | 'every';
  /** Of twenty calls at most one may take longer. */
  readonly slowMs?: number;
  /** Share of looks that the interface must answer. */
  readonly available?: number;
  /** A day's rows by their number on the same weekday, as usual. */
  readonly volume?: { readonly low?: number; readonly high?: number };
  readonly cells: {
    /** Share of a field's cells that may be unreadable. */
    readonly flagged?: number;
    /** The same, by field. */
    readonly fields: ReadonlyMap<string, number>;
    /** Share of rows about nobody who is known by a number. */
    readonly unresolved?: number;
    /** Different codes that are in no list, of each field. */
    readonly unknownCodes?: number;
  };
  /** Where the source itself says what the codes of a field mean, by field. */
  readonly texts: ReadonlyMap<string, CodeText>;
  /** A dropped file with a smaller share of the rows that files before it had is short. */
  readonly shortDrop?: number;
  /** The day on which its password, key or application ends, `yyyy-MM-dd`. */
  readonly expires?: string;
}

/** A column of the same row that words the code, or a table of the same connection. */
export type CodeText =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'table'; readonly table: string; readonly code: string; readonly text: string };

/** A part of the day (county time, `HH:mm`) in which a source must not be called; `to` before `from` spans midnight. */
export interface QuietWindow {
  readonly from: string;
  readonly to: string;
}

/** Names of fields, or `subject`. Rows are looked up by key without any. */
export interface RequiredFilters {
  readonly place: Place;
  readonly names: readonly string[];
}

/** How old what is kept of a source may get, and how it is renewed. */
export interface SnapshotRule {
  readonly place: Place;
  /** Older than this it is due; LIVE up to there. */
  readonly everySeconds: number;
  /** Between two whole readings, rows from the watermark on are asked for this often. Absent: every reading is whole. */
  readonly changesSeconds?: number;
  /** How often a reading is whole, so that deleted rows go. Default `everySeconds`. */
  readonly wholeSeconds: number;
  /** How long it serves while the source fails: STALE until then, MISSING afterwards. */
  readonly staleForSeconds: number;
  /** How much later than it says a row may be committed; readings of changes reach back so far. */
  readonly overlapSeconds: number;
  /** Fields of level L3 that may be kept. */
  readonly store: readonly string[];
  /** For a source that answers for keys alone: which it is asked for. */
  readonly keys?: SnapshotKeys;
}

/** `catalogue`: on what terms the department shares the interface (政务数据共享条例; domain §5.5). */
export interface CatalogueEntry {
  readonly place: Place;
  readonly share: 'UNCONDITIONAL' | 'CONDITIONAL';
  readonly conditions?: string;
  readonly basis: string;
  /** Absent: as the watermark promises. */
  readonly updatesEverySeconds?: number;
  readonly withheld: readonly WithheldColumns[];
}

/** Columns of the source that are shared with nobody. */
interface WithheldColumns {
  readonly place: Place;
  readonly columns: readonly string[];
  readonly level: Level;
  readonly basis: string;
  readonly reason: string;
}

/** Where the keys come from that a reading asks its source for. */
export type SnapshotKeys = { readonly place: Place } & (
  | {
      /** An interface of the same department: the subjects that its rows name, or the keys of the rows themselves. */
      readonly of: string;
    }
  | {
      /** Every ref of a scheme that the county's register knows. */
      readonly refs: Scheme;
    }
);

/** Names of two fields. */
export interface OrderedPair {
  readonly place: Place;
  readonly earlier: string;
  readonly later: string;
}

interface Pointer {
  readonly place: Place;
  readonly scheme: Scheme;
  readonly column: string;
}

export interface SubjectPointer extends Pointer {
  /** Facets of Subject alone: where a cell splits that names several, all of whom have the row. */
  readonly split?: Split;
  /**
   * Scheme plate: the column with the plate's colour. A lorry and a car may bear the same number; and a green plate
   * of seven characters was cut off by a short column and names nobody. `words` says which colour a code stands for.
   */
  readonly colour?: { readonly column: string; readonly words?: ReadonlyMap<string, string> };
}

interface RelatedPointer extends Pointer {
  readonly role: RelationRole;
  /** Splits a cell that holds several (`张三、李四`). */
  readonly split?: Split;
  /** Column with the share, beside it. */
  readonly share?: string;
}

/** `S_EXT_VALIDFLAG: '1'`, `opt_type: {not: [D, d]}`, `delete_flag: null`. Null among the values means an empty cell. */
export interface CellFilter {
  readonly place: Place;
  readonly column: string;
  readonly negated: boolean;
  readonly values: readonly (string | number | null)[];
}
