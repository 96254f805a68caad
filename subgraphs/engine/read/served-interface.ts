import type { SourceCalls } from '../calls/source-calls.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { RowsDoor } from './rows-door.js';

/** An interface and the one way to its rows. */
export interface InterfaceRows {
  readonly compiled: CompiledInterface;
  readonly rows: RowsDoor;
}

/** An interface as it takes part in answers. */
export interface ServedInterface extends InterfaceRows {
  /** To its source, whatever is kept of it. */
  readonly calls: SourceCalls;
  /** Where its rows are read from what was kept of the source; null: they are asked of the source. */
  readonly kept: {
    readonly snapshot: Snapshot;
    /** The same interface, asked at its source. */
    readonly live: InterfaceRows;
    /** The source answers for keys alone: those that are not kept are asked of it. */
    readonly isKeyed: boolean;
    /** Fields that only the source can tell. */
    readonly leftOut: ReadonlySet<string>;
  } | null;
}
