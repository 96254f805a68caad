import type { SnapshotVersion } from '../../../adapters/snapshot/snapshot-store.js';
import type { ReadingKind } from './reading-schedule.js';

/** Who reads a source into versions, and what came of it. */
export interface Readings {
  /** Learns what the store has. @throws {SourceError} when it cannot be asked. */
  load(): Promise<void>;
  /** Reads the source if that is due. Never fails: what went wrong stands in `status`. */
  keep(): Promise<void>;
  /** Reads it now; whoever asks while it is read waits for the same. Never fails. */
  read(kind: ReadingKind): Promise<void>;
  /** Reads no more. @returns when nothing is read any more. */
  rest(): Promise<void>;
  /** Without waiting for anything. */
  status(): SnapshotStatus;
  /** Why the store could not be asked; null: it was asked, or nobody has asked it yet. */
  readonly storeFailure: { readonly error: unknown } | null;
  /** Whether it is known what the store has. */
  readonly isLoaded: boolean;
}

/** For the data centre. Moments are ISO 8601. */
export interface SnapshotStatus {
  readonly version: SnapshotVersion | null;
  readonly readings: number;
  readonly failures: number;
  /** Null: the last reading did not fail. */
  readonly lastFailure: unknown;
}
