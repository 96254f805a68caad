import type { SourceAdapter, SourceColumn } from '../source-adapter.js';
import type { SourceRow } from '../source-value.js';

/** What is kept of one interface. */
export interface SnapshotDefinition {
  /** The interface's name. */
  readonly name: string;
  /** Names of the columns that are kept, in the order of the cells that are written. */
  readonly columns: readonly string[];
  /** The columns that name a row. */
  readonly key: readonly string[];
  /** Columns that rows are looked up or sorted by, an index each. */
  readonly indexes: readonly (readonly string[])[];
  /** Of all that a version depends on: one of another fingerprint is not served. */
  readonly fingerprint: string;
}

/** What is remembered of a reading. Moments are ISO 8601, by the county's clock. */
export interface SnapshotFacts {
  /** When the reading began that brought it up to date: all rows are at least as new. */
  readonly readAt: string;
  /** When the last whole reading began. */
  readonly wholeAt: string;
  /** Rows that are newer by the source's own clock may be missing; null: the source has no such clock. */
  readonly since: string | null;
  /** Written rows that stand for nothing at the source, and are not counted. Default none. */
  readonly absent?: number;
}

/** What is said of a version when it begins to serve. */
export interface PublishedFacts extends SnapshotFacts {
  /** Names the version, so that of two the later one is known by it. Default `readAt`. */
  readonly madeAt?: string;
}

/** A reading that is kept as a whole. */
export interface SnapshotVersion extends SnapshotFacts {
  /** Names it for people and logs. */
  readonly version: string;
  readonly rows: number;
}

/** Columns as the source describes them, in the order of the definition. */
export type SnapshotColumns = readonly Pick<SourceColumn, 'name' | 'type'>[];

/** Writes one version; nothing of it is seen before `publish`. */
export interface SnapshotWriter {
  /** Cells in the order of the definition's columns. @throws {SourceUnavailable} when the store cannot be written. */
  write(rows: readonly SourceRow[]): Promise<void>;
  /** Leaves out rows of the version that this one begins with. @param keys cells in the order of the key. */
  remove(keys: readonly SourceRow[]): Promise<void>;
  /**
   * Makes it serve, as a whole and at once. Where nothing changed in what served, that serves on with these facts.
   *
   * @throws {SourceUnavailable}
   */
  publish(facts: PublishedFacts): Promise<SnapshotVersion>;
  /** Forgets what was written; of no effect after `publish`. */
  abandon(): Promise<void>;
}

/** The versions of one interface. */
export interface SnapshotTable {
  /**
   * Reads the version that serves when a call begins; the object's name does not matter.
   * Calls fail with SourceUnavailable while there is none.
   */
  readonly adapter: SourceAdapter;
  /** What serves; null before the first reading. @throws {SourceUnavailable} when the store cannot be read. */
  serving(): Promise<SnapshotVersion | null>;
  /** A version that holds what will be written and nothing else. */
  begin(columns: SnapshotColumns): Promise<SnapshotWriter>;
  /** A version that begins with what serves; rows that are written replace those of the same key. */
  amend(): Promise<SnapshotWriter>;
}

/**
 * Where whole readings of interfaces are kept (design «Snapshots»). One process writes an interface's versions.
 *
 * @example
 * const table = store.table({ name: 'health.inspection', columns: ['jcid', 'jcrq'], key: ['jcid'], indexes: [], fingerprint });
 * const writer = await table.begin([{ name: 'jcid', type: 'text' }, { name: 'jcrq', type: 'text' }]);
 * await writer.write([['1', '2026-06-30']]);
 * await writer.publish({ readAt, wholeAt: readAt, since: null });
 */
export interface SnapshotStore {
  table(definition: SnapshotDefinition): SnapshotTable;
  /** Idempotent; never fails. */
  close(): Promise<void>;
}
