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

/** What a version, being a database, can do. */
export const VERSION_CAPABILITIES: Capabilities = {
  filters: true,
  orders: true,
  keyset: true,
  tallies: true,
  cancels: false,
  exchanges: false,
};

/** A version, as a database that is only read. */
export interface ReadVersion {
  /** Names it for people. */
  readonly name: string;
  readonly rows: number;
  /** The table of its rows. */
  readonly object: string;
  /** Keeps it while the work goes on. @throws {SourceMalformed} when it is not what was written. */
  use<T>(work: (sql: SqlAdapter) => Promise<T>): Promise<T>;
  /** The statement of a read, for people. */
  readonly explain: SqlAdapter['explain'];
}

/** Whoever has the versions of an interface. */
export interface VersionOwner<Version extends ReadVersion> {
  readonly kind: string;
  /** Whether a read that is abandoned stops where the rows are. */
  readonly cancels: boolean;
  /** What serves now. */
  readonly version: Version | null;
  /** Resolves when a version serves or none will for now. @throws {SourceError} */
  ready(deadline: Deadline): Promise<void>;
  /** Why nothing serves. */
  absence(): SourceError;
  /** After a read that failed: whether what the version lies in is to blame, which is then no longer served. */
  distrust(version: Version): Promise<boolean>;
}

/** Answers for one interface out of the version that serves when the call begins. */
export class VersionAdapter<Version extends ReadVersion> implements SourceAdapter {
  readonly kind: string;
  readonly capabilities: Capabilities;
  readonly #owner: VersionOwner<Version>;
  #isClosed = false;

  constructor(owner: VersionOwner<Version>) {
    this.kind = owner.kind;
    this.capabilities = { ...VERSION_CAPABILITIES, cancels: owner.cancels };
    this.#owner = owner;
  }

  describe(object: string, bounds: CallBounds): Promise<SourceShape> {
    return this.#withVersion(bounds, `describe ${object}`, async (sql, rest, from) => ({
      ...(await sql.describe(from.name, rest)),
      object,
    }));
  }

  read(request: ReadRequest, bounds: CallBounds): Promise<readonly SourceRow[]> {
    return this.#withVersion(bounds, `read ${request.from.name}`, (sql, rest, from) =>
      sql.read({ ...request, from: { ...request.from, ...from } }, rest),
    );
  }

  tally(request: TallyRequest, bounds: CallBounds): Promise<readonly TallyGroup[]> {
    return this.#withVersion(bounds, `tally ${request.from.name}`, (sql, rest, from) =>
      sql.tally({ ...request, from: { ...request.from, ...from } }, rest),
    );
  }

  probe(bounds: CallBounds): Promise<void> {
    return this.#withVersion(bounds, 'reach the source', (sql, rest) => sql.probe(rest));
  }

  explain(request: ReadRequest): string {
    const { version } = this.#owner;
    if (version === null) return '-- 尚无版本 / no version yet';
    const { name, rows, object } = version;
    return [
      `-- 版本 version: ${name}, ${rows} 行 rows`,
      version.explain({ ...request, from: { ...request.from, name: object } }),
    ].join('\n');
  }

  /** This one alone; versions are closed with their owner. */
  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #withVersion<T>(
    bounds: CallBounds,
    action: string,
    work: (sql: SqlAdapter, rest: CallBounds, from: SourceObject) => Promise<T>,
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
          return work(sql, { ...bounds, signal: deadline.signal, timeoutMs }, { name: version.object });
        });
      } catch (error) {
        const isSuspect = error instanceof SourceMalformed || error instanceof SourceUnavailable;
        if (!isSuspect || this.#isClosed || !(await this.#owner.distrust(version))) throw error;
        throw this.#owner.absence();
      }
    });
  }
}
