import type { DropState } from '../../adapters/file/file-object.js';
import type { SeenColumn, Study } from '../../subgraphs/engine/observe/study.js';
import type { Thresholds } from '../../subgraphs/engine/observe/thresholds.js';
import type { SourceState } from '../../subgraphs/port/source-observer.js';
import type { WorkingDays } from '../../subgraphs/values/dates/working-days.js';
import type { CodeExchange } from './judge/code-exchange.js';
import type { Reach } from './reach.js';

/** What is known of one interface when it is judged. Moments are milliseconds since the epoch, by the county's clock. */
export interface Seen {
  readonly reach: Reach;
  /** When it was last looked whether it is there; null: never. */
  readonly lookedAt: number | null;
  /** It must not be called at this time of day. */
  readonly isQuiet: boolean;
  /** Seconds that the last calls took which were answered, of a quarter of an hour. */
  readonly tookSeconds: readonly number[];
  /** Null: nothing is known of its source, as of an interface whose mapping has errors. */
  readonly source: SourceState | null;
  /** Of its newest row; null: unknown. */
  readonly watermark: number | null;
  /** When it was first seen so new. */
  readonly watermarkSince: number;
  /** The last look into its columns and rows. */
  readonly study: { readonly at: number; readonly found: Study } | null;
  /** The columns by which changes are told; null: none were ever seen. */
  readonly columnsBefore: readonly SeenColumn[] | null;
  /** Fields two of whose codes seem to have changed places, by the last study. */
  readonly exchanges: ReadonlyMap<string, CodeExchange>;
  readonly drop: DropState | null;
  /** Rows of the files that were accepted before the one that serves, oldest first. */
  readonly dropsBefore: readonly number[];
  readonly snapshot: SeenSnapshot | null;
  /** Whether the county's index knows it; null: it has nothing to say there, or there is none yet. */
  readonly isIndexed: boolean | null;
}

interface SeenSnapshot {
  /** Since the reading began that serves; null before the first. */
  readonly ageSeconds: number | null;
  /** Whether it still serves. */
  readonly isServing: boolean;
}

/** By what it is judged. */
export interface Criteria {
  /** What its mapping promises; null: its mapping cannot be read. */
  readonly thresholds: Thresholds | null;
  /** Columns that the mapping reads, with the fields of each. */
  readonly mapped: ReadonlyMap<string, readonly string[]>;
  readonly workingDays: Pick<WorkingDays, 'isWorkingDay'>;
  readonly now: number;
}
