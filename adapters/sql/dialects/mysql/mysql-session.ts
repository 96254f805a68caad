import type mysql from 'mysql2';
import { codeOf, type FailureKind, isNetworkCode, wrapForeign } from '../../../foreign-error.js';
import { SourceTooLarge } from '../../../source-error.js';
import type {
  ServerDriver,
  ServerSession,
  SourceCells,
  StatementBounds,
} from '../../server/server-source.js';
import type { SqlParam, Statement } from '../../sql-fragment.js';
import { guardStatement, type MysqlServer, readServer, SERVER_FACTS, settingsOf } from './guard-statement.js';

const CONNECT_TIMEOUT_MS = 10_000;

class MysqlSession implements ServerSession {
  readonly connection: mysql.Connection;
  readonly server: MysqlServer;
  #isAlive = true;

  constructor(connection: mysql.Connection, server: MysqlServer) {
    this.connection = connection;
    this.server = server;
    const die = () => {
      this.#isAlive = false;
    };
    connection.on('error', die);
    connection.on('end', die);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  async run(statement: Statement, { timeoutMs, maxBytes }: StatementBounds): Promise<SourceCells> {
    // Twice the bound: KILL QUERY comes first.
    const text = guardStatement(statement.text, timeoutMs * 2 + 1000, this.server);
    const guarded = { ...statement, text };
    if (!this.server.needsTransaction) return this.#read(guarded, maxBytes);
    await this.#command('START TRANSACTION READ ONLY');
    try {
      return await this.#read(guarded, maxBytes);
    } finally {
      // The transaction was read-only: there is nothing to keep.
      if (this.#isAlive) await this.#command('ROLLBACK');
    }
  }

  async #command(text: string): Promise<void> {
    try {
      await command(this.connection, text);
    } catch (cause) {
      throw this.#explain(cause);
    }
  }

  #read({ text, params }: Statement, maxBytes: number): Promise<SourceCells> {
    return new Promise((resolve, reject) => {
      const rows: (readonly unknown[])[] = [];
      let bytes = 0;
      const query = this.connection.execute({ sql: text, values: params.map(toWire), rowsAsArray: true });
      query.on('error', (cause) => reject(this.#explain(cause)));
      query.on('result', (row: unknown) => {
        if (!Array.isArray(row) || bytes > maxBytes) return;
        const cells: readonly unknown[] = row;
        for (const cell of cells) bytes += sizeOf(cell);
        if (bytes <= maxBytes) {
          rows.push(cells);
          return;
        }
        // Nothing else stops the server from sending the rest.
        this.destroy();
        reject(new SourceTooLarge(`Cannot read from MySQL: the answer is larger than ${maxBytes} bytes`));
      });
      query.on('end', () => resolve(rows));
    });
  }

  destroy(): void {
    this.#isAlive = false;
    this.connection.destroy();
  }

  #explain(cause: unknown): Error {
    const failure = failureKindOf(cause);
    if (failure === 'unavailable') this.#isAlive = false;
    return wrapForeign(failure, 'read from MySQL', cause);
  }
}

export function mysqlDriver(url: string): ServerDriver<MysqlSession> {
  const loading = loadDriver();
  const connect = async (signal: AbortSignal): Promise<MysqlSession> => {
    const connection = open(await loading, url);
    const giveUp = () => connection.destroy();
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      signal.throwIfAborted();
      await established(connection);
      const server = readServer(await command(connection, SERVER_FACTS));
      for (const setting of settingsOf(server)) await command(connection, setting);
      return new MysqlSession(connection, server);
    } catch (cause) {
      connection.destroy();
      throw wrapForeign(failureKindOf(cause), 'connect to MySQL', cause);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  };
  const cancel = async (session: MysqlSession): Promise<void> => {
    const { threadId } = session.connection;
    // Behind a pooler that gives out numbers of its own, the number may be that of somebody else's session.
    if (!session.isAlive || threadId !== session.server.connectionId) return;
    const canceller = open(await loading, url);
    try {
      await established(canceller);
      await command(canceller, `KILL QUERY ${threadId}`);
    } catch {
      // The statement's own time limit is left to end it.
    } finally {
      canceller.destroy();
    }
  };
  return { connect, cancel };
}

/** Loaded when a connection is configured: most processes and tests that know this kind of source have none. */
function loadDriver(): Promise<typeof mysql> {
  const loading = import('mysql2').then((module) => module.default);
  // The first connection tells.
  loading.catch(() => undefined);
  return loading;
}

function open(driver: typeof mysql, url: string): mysql.Connection {
  const connection = driver.createConnection({
    uri: url,
    charset: 'utf8mb4',
    connectTimeout: CONNECT_TIMEOUT_MS,
    multipleStatements: false,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
    maxPreparedStatements: 64,
  });
  // Without a listener a broken connection would end the process.
  connection.on('error', () => undefined);
  return connection;
}

function established(connection: mysql.Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error === null ? resolve() : reject(error)));
  });
}

function command(connection: mysql.Connection, text: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    connection.query(text, (error, result) => (error === null ? resolve(result) : reject(error)));
  });
}

function sizeOf(cell: unknown): number {
  if (typeof cell === 'string') return Buffer.byteLength(cell);
  return cell instanceof Uint8Array ? cell.byteLength : 8;
}

type WireValue = string | number | bigint | boolean | Buffer | null;

function toWire(value: SqlParam): WireValue {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) throw new TypeError('MySQL has no arrays');
  return typeof value === 'object' ? null : value;
}

const UNAVAILABLE = new Set([
  1040, 1043, 1053, 1077, 1078, 1079, 1080, 1152, 1153, 1158, 1159, 1160, 1161, 1203, 1226, 1927,
]);
const CREDENTIALS = new Set([1044, 1045, 1142, 1143, 1227, 1370, 1698, 1820, 1862, 3118, 4151]);
const MISSING = new Set([1054, 1146]);
const TIMEOUT = new Set([1205, 1213, 1317, 1969, 3024]);

/** https://mariadb.com/kb/en/mariadb-error-code-reference/; numbers from 2000 to 2999 are the client's. */
function failureKindOf(error: unknown): FailureKind {
  const code = codeOf(error);
  const number =
    typeof error === 'object' && error !== null && 'errno' in error ? Number(error.errno) : Number.NaN;
  if (TIMEOUT.has(number)) return 'timeout';
  if (CREDENTIALS.has(number)) return 'credentials';
  if (MISSING.has(number)) return 'missing';
  if (UNAVAILABLE.has(number) || (number >= 2000 && number < 3000)) return 'unavailable';
  if (isNetworkCode(code) || /^(?:PROTOCOL_|HANDSHAKE_)/.test(code)) return 'unavailable';
  if (/closed state|connection.*(?:closed|lost)/i.test(String(error))) return 'unavailable';
  const state =
    typeof error === 'object' && error !== null && 'sqlState' in error ? String(error.sqlState) : '';
  if (state.startsWith('22')) return 'malformed';
  return state.startsWith('08') ? 'unavailable' : 'rejected';
}
