import { type Deadline, untilDeadline, withDeadline } from '../call-deadline.js';
import type {
  CallBounds,
  Capabilities,
  ReadRequest,
  SourceAdapter,
  SourceObject,
  SourceShape,
  SourceStats,
  TallyGroup,
  TallyRequest,
} from '../source-adapter.js';
import { SourceMalformed, SourceRejected, SourceUnavailable } from '../source-error.js';
import type { SourceRow } from '../source-value.js';
import type { SqlAdapter } from '../sql/sql-adapter.js';
import type { DropFolder } from './drops/drop-folder.js';
import { writeReceived } from './file-moment.js';
import type { FileObject } from './file-object.js';
import { ROWS_TABLE, type Version } from './versions/version.js';

/** What a version, being a database, can do. */
export const FILE_CAPABILITIES: Capabilities = {
  filters: true,
  orders: true,
  keyset: true,
  tallies: true,
  cancels: false,
  exchanges: false,
};

/** Answers for one interface out of the version that serves when the call begins. */
export class BoundFile implements SourceAdapter {
  readonly kind = 'files';
  readonly capabilities = FILE_CAPABILITIES;
  readonly #object: FileObject;
  readonly #folder: DropFolder;
  #isClosed = false;

  constructor(object: FileObject, folder: DropFolder) {
    this.#object = object;
    this.#folder = folder;
  }

  describe(object: string, bounds: CallBounds): Promise<SourceShape> {
    return this.#withVersion(bounds, `describe ${object}`, async (sql, rest) => {
      this.#checkName(object);
      return { ...(await sql.describe(ROWS_TABLE, rest)), object };
    });
  }

  read(request: ReadRequest, bounds: CallBounds): Promise<readonly SourceRow[]> {
    return this.#withVersion(bounds, `read ${request.from.name}`, async (sql, rest) =>
      sql.read({ ...request, from: this.#rowsOf(request.from) }, rest),
    );
  }

  tally(request: TallyRequest, bounds: CallBounds): Promise<readonly TallyGroup[]> {
    return this.#withVersion(bounds, `tally ${request.from.name}`, async (sql, rest) =>
      sql.tally({ ...request, from: this.#rowsOf(request.from) }, rest),
    );
  }

  probe(bounds: CallBounds): Promise<void> {
    return this.#withVersion(bounds, 'reach the source', (sql, rest) => sql.probe(rest));
  }

  stats(): SourceStats {
    const rejection = this.#object.rejection();
    if (rejection !== null && !rejection.isSettled) {
      return {
        notice:
          '最近收到的文件未通过校验，仍使用上一份。The file that arrived last was rejected; the one before is still in use.',
      };
    }
    if (!this.#object.hasPassedOver) return {};
    return {
      notice:
        '最近收到的文件修改时间较早，未被采用。The file that arrived last says that it is older; the one before is still in use.',
    };
  }

  explain(request: ReadRequest): string {
    const { definition } = this.#object.plan;
    const { version } = this.#object;
    const head = `-- 文件 file: ${definition.match}`;
    if (version === null) return `${head}\n-- 尚无版本 / no version yet`;
    const { file, drop, received, rows } = version.current;
    return [
      head,
      `-- 版本 version: ${file}, ${rows} 行 rows`,
      `-- 来自 from: ${drop.name}, 收于 received ${writeReceived(new Date(received))}`,
      version.explain({ ...request, from: { ...request.from, name: ROWS_TABLE } }),
    ].join('\n');
  }

  /** This one alone; versions are closed with the connection. */
  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #withVersion<T>(
    bounds: CallBounds,
    action: string,
    work: (sql: SqlAdapter, rest: CallBounds) => Promise<T>,
  ): Promise<T> {
    return withDeadline(bounds, action, async (deadline) => {
      await this.#awaitVersion(deadline);
      // No other task may come between: the version that is found must be in use before a newer one retires it.
      const version = this.#presentVersion();
      try {
        return await version.use((sql) => {
          const timeoutMs = deadline.remainingMs();
          return work(sql, { ...bounds, signal: deadline.signal, timeoutMs });
        });
      } catch (error) {
        const isSuspect = error instanceof SourceMalformed || error instanceof SourceUnavailable;
        if (!isSuspect || this.#isClosed || !(await this.#object.distrust(version))) throw error;
        this.#folder.lookSoon();
        throw this.#object.absence();
      }
    });
  }

  async #awaitVersion(deadline: Deadline): Promise<void> {
    if (this.#isClosed) throw new SourceUnavailable('Cannot read: the connection has been closed');
    this.#folder.lookIfDue();
    if (this.#object.version === null) await untilDeadline(this.#object.load(), deadline);
    // A process that has just started finds its first drop still to be read.
    if (this.#object.version === null) await untilDeadline(this.#folder.settle(), deadline);
  }

  #presentVersion(): Version {
    const { version } = this.#object;
    if (version !== null) return version;
    const { away } = this.#folder;
    if (away === null) throw this.#object.absence();
    throw new SourceUnavailable(`Cannot read ${this.#object.plan.binding.interface}: ${away.message}`, {
      cause: away,
      detail:
        '交换目录无法访问，且尚无已接收的版本。 The drop folder cannot be reached, and no file was accepted before.',
    });
  }

  #rowsOf(from: SourceObject): SourceObject {
    this.#checkName(from.name);
    return { ...from, name: ROWS_TABLE };
  }

  #checkName(name: string): void {
    const { interface: bound } = this.#object.plan.binding;
    if (name === bound) return;
    throw new SourceRejected(
      `Cannot read ${JSON.stringify(name)}: the adapter is bound to ${bound}, and to nothing else`,
    );
  }
}
