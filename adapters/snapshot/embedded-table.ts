import { rm } from 'node:fs/promises';
import { type Deadline, untilDeadline } from '../call-deadline.js';
import { wrapForeign } from '../foreign-error.js';
import type { ColumnType } from '../source-adapter.js';
import type { SourceError } from '../source-error.js';
import type { SourceRow } from '../source-value.js';
import { ServingVersion } from '../versions/serving-version.js';
import type { Sharing } from '../versions/sharing.js';
import type { WrittenTable } from '../versions/thread/version-writer.mjs';
import type { Version } from '../versions/version.js';
import { VersionAdapter, type VersionOwner } from '../versions/version-adapter.js';
import { VersionStore } from '../versions/version-store.js';
import type { WriteThread } from '../versions/write-thread.js';
import { decodeKeptSnapshot, type KeptSnapshot } from './kept-snapshot.js';
import { snapshotAbsence } from './snapshot-absence.js';
import type {
  SnapshotColumns,
  SnapshotDefinition,
  SnapshotFacts,
  SnapshotTable,
  SnapshotVersion,
  SnapshotWriter,
} from './snapshot-store.js';

/** Together with the one that serves, two versions are kept. */
const KEPT_BEFORE = 1;

/** Types under which SQLite keeps cells as they are and this program compares them as their source does. */
const DECLARED: { readonly [type in ColumnType]: string } = {
  text: 'TEXT',
  integer: 'INTEGER',
  decimal: 'DECIMAL_TEXT',
  float: 'REAL',
  date: 'DATE',
  datetime: 'DATETIME',
  boolean: 'BOOLEAN_CELL',
  binary: 'BLOB',
  json: 'TEXT',
  other: '',
};

/** The snapshots of one interface as SQLite files. */
export class EmbeddedTable implements SnapshotTable, VersionOwner<Version<KeptSnapshot>> {
  readonly kind = 'snapshot';
  readonly cancels = false;
  readonly adapter: VersionAdapter<Version<KeptSnapshot>>;
  readonly #definition: SnapshotDefinition;
  readonly #versions: ServingVersion<KeptSnapshot>;
  readonly #thread: WriteThread;
  readonly #sharing: Sharing;
  #loaded: Promise<void> | null = null;

  constructor(
    folder: string,
    definition: SnapshotDefinition,
    { thread, sharing }: { readonly thread: WriteThread; readonly sharing: Sharing },
  ) {
    this.#definition = definition;
    this.#thread = thread;
    this.#sharing = sharing;
    const decode = (text: string): KeptSnapshot | null => decodeKeptSnapshot(text, definition.fingerprint);
    this.#versions = new ServingVersion(
      new VersionStore(folder, definition.name, { decode, keptBefore: KEPT_BEFORE, sharing }),
    );
    this.adapter = new VersionAdapter(this);
  }

  async serving(): Promise<SnapshotVersion | null> {
    await this.#load();
    return this.version === null ? null : describeSnapshot(this.version.current);
  }

  begin(columns: SnapshotColumns): Promise<SnapshotWriter> {
    const { key, indexes } = this.#definition;
    const declared = columns.map(({ name, type }) => ({ name, declared: DECLARED[type] }));
    return this.#write({ columns: declared, key, indexes });
  }

  async amend(): Promise<SnapshotWriter> {
    const { columns, key } = this.#definition;
    await this.#load();
    if (this.version === null) throw this.absence();
    return this.#write({
      from: this.#versions.store.pathOf(this.version.current),
      columns: columns.map((name) => ({ name, declared: '' })),
      key,
      indexes: [],
    });
  }

  get version(): Version<KeptSnapshot> | null {
    return this.#versions.version;
  }

  ready(deadline: Deadline): Promise<void> {
    return untilDeadline(this.#load(), deadline);
  }

  absence(): SourceError {
    return snapshotAbsence(this.#definition.name, { isBroken: this.#versions.isBroken });
  }

  distrust(version: Version<KeptSnapshot>): Promise<boolean> {
    return this.#versions.distrust(version);
  }

  close(): Promise<void> {
    return this.#versions.close();
  }

  /** Once, unless another process writes the versions of this interface. */
  #load(): Promise<void> {
    if (this.#sharing === 'follows') return this.#versions.follow();
    this.#loaded ??= this.#versions.load().catch((error: unknown) => {
      this.#loaded = null;
      throw error;
    });
    return this.#loaded;
  }

  async #write(table: Omit<WrittenTable, 'path'> & { readonly from?: string }): Promise<SnapshotWriter> {
    const action = `write the snapshot of ${this.#definition.name}`;
    const ask = this.#thread.start();
    const { output } = await this.#stage(action);
    const written = async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work;
      } catch (error) {
        await rm(output, { force: true });
        throw wrapForeign('unavailable', action, error);
      }
    };
    await written(ask({ step: 'begin', table: { ...table, path: output } }));
    let isOver = false;
    return {
      write: async (rows: readonly SourceRow[]) => {
        await written(ask({ step: 'write', rows }));
      },
      remove: async (keys: readonly SourceRow[]) => {
        await written(ask({ step: 'remove', keys }));
      },
      publish: async ({ madeAt, ...facts }) => {
        isOver = true;
        const made = await written(ask({ step: 'finish' }));
        if (made === null || made.sha256 === this.version?.current.sha256) {
          await rm(output, { force: true });
          return this.#confirm(facts);
        }
        const moment = new Date(madeAt ?? facts.readAt);
        const file = await written(this.#versions.store.keep(output, moment, made.sha256));
        return this.#publish({
          absent: 0,
          ...facts,
          ...made,
          format: 1,
          file,
          fingerprint: this.#definition.fingerprint,
        });
      },
      abandon: async () => {
        if (isOver) return;
        isOver = true;
        await ask({ step: 'abandon' }).catch(() => undefined);
        await rm(output, { force: true });
      },
    };
  }

  /** Nothing changed in what serves. */
  #confirm(facts: SnapshotFacts): Promise<SnapshotVersion> {
    if (this.version === null) throw this.absence();
    return this.#publish({ ...this.version.current, ...facts });
  }

  async #stage(action: string): Promise<{ readonly output: string }> {
    return this.#versions.store.stage().catch((error: unknown) => {
      throw wrapForeign('unavailable', action, error);
    });
  }

  async #publish(kept: KeptSnapshot): Promise<SnapshotVersion> {
    await this.#versions.store.publish(kept).catch((error: unknown) => {
      throw wrapForeign('unavailable', `publish the snapshot of ${this.#definition.name}`, error);
    });
    await this.#versions.serve(kept);
    return describeSnapshot(kept);
  }
}

function describeSnapshot({ file, rows, absent, readAt, wholeAt, since }: KeptSnapshot): SnapshotVersion {
  return { version: file.replace(/\.sqlite$/, ''), rows: rows - absent, readAt, wholeAt, since, absent };
}
