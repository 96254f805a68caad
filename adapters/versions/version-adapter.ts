import { type Deadline, withDeadline } from '../call-deadline.js';
import type {
  CallBounds,
  Capabilities,
  ReadRequest,
  SourceAdapter,
  SourceObject,
  SourceShape,
  TallyGroup,
  TallyRequest,
} from '../source-adapter.js';
import { type SourceError, SourceMalformed, SourceUnavailable } from '../source-error.js';
import type { SourceRow } from '../source-value.js';
import type { SqlAdapter } from '../sql/sql-adapter.js';
import { ROWS_TABLE, type StoredVersion } from './stored-version.js';
import type { Version } from './version.js';

/** What a version, being a database, can do. */
export const VERSION_CAPABILITIES: Capabilities = {
  filters: true,
  orders: true,
  keyset: true,
  tallies: true,
  cancels: false,
  exchanges: false,
};

/** Whoever has the versions of an interface. */
export interface VersionOwner<Current extends StoredVersion> {
  readonly kind: string;
  /** What serves now. */
  readonly version: Version<Current> | null;
  /** Resolves when a version serves or none will for now. @throws {SourceError} */
  ready(deadline: Deadline): Promise<void>;
  /** Why nothing serves. */
  absence(): SourceError;
  /** After a read that failed: whether the version's file is to blame, which is then no longer served. */
  distrust(version: Version<Current>): Promise<boolean>;
}

/** Answers for one interface out of the version that serves when the call begins. */
export class VersionAdapter<Current extends StoredVersion> implements SourceAdapter {
  readonly kind: string;
  readonly capabilities = VERSION_CAPABILITIES;
  readonly #owner: VersionOwner<Current>;
  #isClosed = false;

  constructor(owner: VersionOwner<Current>) {
    this.kind = owner.kind;
    this.#owner = owner;
  }

  describe(object: string, bounds: CallBounds): Promise<SourceShape> {
    return this.#withVersion(bounds, `describe ${object}`, async (sql, rest) => ({
      ...(await sql.describe(ROWS_TABLE, rest)),
      object,
    }));
  }

  read(request: ReadRequest, bounds: CallBounds): Promise<readonly SourceRow[]> {
    return this.#withVersion(bounds, `read ${request.from.name}`, (sql, rest) =>
      sql.read({ ...request, from: rowsOf(request.from) }, rest),
    );
  }

  tally(request: TallyRequest, bounds: CallBounds): Promise<readonly TallyGroup[]> {
    return this.#withVersion(bounds, `tally ${request.from.name}`, (sql, rest) =>
      sql.tally({ ...request, from: rowsOf(request.from) }, rest),
    );
  }

  probe(bounds: CallBounds): Promise<void> {
    return this.#withVersion(bounds, 'reach the source', (sql, rest) => sql.probe(rest));
  }

  explain(request: ReadRequest): string {
    const { version } = this.#owner;
    if (version === null) return '-- 尚无版本 / no version yet';
    const { file, rows } = version.current;
    return [
      `-- 版本 version: ${file}, ${rows} 行 rows`,
      version.explain({ ...request, from: rowsOf(request.from) }),
    ].join('\n');
  }

  /** This one alone; versions are closed with their owner. */
  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #withVersion<T>(
    bounds: CallBounds,
    action: string,
    work: (sql: SqlAdapter, rest: CallBounds) => Promise<T>,
  ): Promise<T> {
    return withDeadline(bounds, action, async (deadline) => {
      if (this.#isClosed) throw new SourceUnavailable('Cannot read: the connection has been closed');
      await this.#owner.ready(deadline);
      // No other task may come between: the version that is found must be in use before a newer one retires it.
      const { version } = this.#owner;
      if (version === null) throw this.#owner.absence();
      try {
        return await version.use((sql) => {
          const timeoutMs = deadline.remainingMs();
          return work(sql, { ...bounds, signal: deadline.signal, timeoutMs });
        });
      } catch (error) {
        const isSuspect = error instanceof SourceMalformed || error instanceof SourceUnavailable;
        if (!isSuspect || this.#isClosed || !(await this.#owner.distrust(version))) throw error;
        throw this.#owner.absence();
      }
    });
  }
}

function rowsOf(from: SourceObject): SourceObject {
  return { ...from, name: ROWS_TABLE };
}
