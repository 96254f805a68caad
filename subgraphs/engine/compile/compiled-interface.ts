import type { Condition } from '../../../adapters/condition.js';
import type { SnapshotStore } from '../../../adapters/snapshot/snapshot-store.js';
import type { SourceAdapter, SourceObject } from '../../../adapters/source-adapter.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import type { Clock } from '../../../runtime/clock.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import type { KnownRefs } from '../../feed/known-refs.js';
import type { DerivedDeclaration } from '../../kinds/derived.js';
import type { FieldValue } from '../../kinds/field-value.js';
import type { Kind } from '../../kinds/kinds.js';
import type { Hands, Pauses } from '../../port/hands.js';
import type { InterfaceWatch } from '../../port/observation.js';
import type { SourceObserver } from '../../port/source-observer.js';
import type { ClosedSeasons } from '../../values/dates/closed-seasons.js';
import type { WorkingDays } from '../../values/dates/working-days.js';
import type { FieldMapping } from '../../values/field-mapping.js';
import type { CodecEnvironment } from '../../values/make-codec.js';
import type { ValueCodec } from '../../values/value-codec.js';
import type { DayCounts } from '../calls/day-counts.js';
import type { CallBook } from '../calls/shared/call-book.js';
import type { CountyKeeper } from '../follow/county-keeper.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import type { RowScopeRule } from './row-scope.js';

/** What all interfaces of a running county share. */
export interface EngineEnvironment extends CodecEnvironment {
  readonly clock: Clock;
  readonly observer: SourceObserver;
  /** What derived fields count by. */
  readonly workingDays: WorkingDays;
  readonly closedSeasons: ClosedSeasons;
  /** Where snapshots are kept. Absent: every interface is asked at its source, whatever its mapping says. */
  readonly snapshots?: SnapshotStore;
  /** What the county's register knows. Absent: there is none in this process. */
  readonly knownRefs?: KnownRefs;
  /** What is known of interfaces by watching them. Absent: nobody does. */
  readonly watch?: InterfaceWatch;
  /** What daily quotas count in. Default: counts that are lost with the process. */
  readonly dayCounts?: DayCounts;
  /** Where calls are counted with those of other machines. Absent: there are none. */
  readonly callBook?: CallBook;
  /** Which interfaces are paused. Absent: none. */
  readonly pauses?: Pauses;
  /** What can be done to interfaces by hand. Absent: nothing. */
  readonly hands?: Hands;
  /** All processes that may ask its sources at one time. Default 1. */
  readonly processes?: number;
  /** The process that keeps the county, where this one follows it. Absent: this one keeps it. */
  readonly keeper?: CountyKeeper;
}

/** One field, ready to read. */
export type CompiledField =
  | { readonly kind: 'constant'; readonly name: string; readonly value: FieldValue }
  | {
      readonly kind: 'column';
      readonly name: string;
      readonly column: string;
      readonly codec: ValueCodec;
      readonly mapping: FieldMapping;
      readonly beside: BesideColumn | null;
    };

/** Another column of the same row that decoding a field looks at. */
export interface BesideColumn {
  readonly column: string;
  readonly read: (cell: SourceValue) => string | null;
}

/** One mapping, compiled against its source. */
export interface CompiledInterface {
  readonly mapping: InterfaceMapping;
  readonly info: InterfaceInfo;
  readonly adapter: SourceAdapter;
  readonly environment: EngineEnvironment;
  readonly from: SourceObject;
  /** Rows that exist at all; the door adds this to every request. */
  readonly base: Condition;
  /** The same before the newest row of each group is chosen (`latest`). */
  readonly versions: { readonly from: SourceObject; readonly base: Condition };
  /** Rows that would exist but for a cell of their key, which is null. */
  readonly keyless: { readonly from: SourceObject; readonly base: Condition };
  /** Which of its rows whom are shown. */
  readonly scope: RowScopeRule;
  readonly fields: ReadonlyMap<string, CompiledField>;
  /** Columns of which a filter by one must be given, or the source is not asked; empty: none is needed. */
  readonly required: readonly string[];
  /** Whether the source may be asked for its rows without naming which: not where it answers for keys alone, or `requires` a filter. */
  readonly isListed: boolean;
  readonly watermark: { readonly column: string; readonly codec: ValueCodec } | null;
  /** What it feeds; null for an interface that feeds a department's facets alone. */
  readonly kind: Kind | null;
  /** Derived fields of its kind that can be told from the fields that it maps. */
  readonly derived: ReadonlyMap<string, DerivedDeclaration>;
}
