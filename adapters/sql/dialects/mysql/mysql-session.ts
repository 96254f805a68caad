import type mysql from 'mysql2';
import { codeOf, type FailureKind, isNetworkCode, wrapForeign } from '../../../foreign-error.js';
import { SourceTooLarge } from '../../../source-error.js';
import type { ServerDriver, ServerSession } from '../../server/server-source.js';
import type { SqlParam, Statement } from '../../sql-fragment.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** `mariadb` and MySQL itself differ in a few words. */
type MysqlFlavour = 'mariadb' | 'mysql';

/**
 * Set on every session, so that nothing depends on the server's configuration. An empty sql_mode lets zero
 * dates through; +08:00 is the offset in which mappings read a moment that carries none.
 */
const SESSION_SETTINGS = [
  'SET SESSION TRANSACTION READ ONLY',
  `SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'`,
  `SET SESSION time_zone = '+08:00'`,
  'SET NAMES utf8mb4',
];

class MysqlSession implements ServerSession {
  readonly connection: mysql.Connection;
  readonly flavour: MysqlFlavour;
  #isAlive = true;
  #limitMs = 0;

  constructor(connection: mysql.Connection, flavour: MysqlFlavour) {
    this.connection = connection;
    this.flavour = flavour;
    const die = () => {
      this.#isAlive = false;
    };
    connection.on('error', die);
    connection.on('end', die);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  async limitStatements(timeoutMs: number): Promise<void> {
    // Twice the bound: KILL QUERY comes first.
    const limit = Math.min(Math.ceil(timeoutMs) * 2 + 1000, 2 ** 31 - 1);
    if (limit === this.#limitMs) return;
    const setting =
      this.flavour === 'mariadb'
        ? `SET SESSION max_statement_time = ${limit / 1000}`
        : `SET SESSION max_execution_time = ${limit}`;
    try {
      await command(this.connection, setting);
    } catch (cause) {
      throw this.#explain(cause);
    }
    this.#limitMs = limit;
  }

  run({ text, params }: Statement, maxBytes: number): Promise<readonly (readonly unknown[])[]> {
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
      for (const setting of SESSION_SETTINGS) await command(connection, setting);
      const version = await command(connection, 'SELECT VERSION()');
      const isMariadb = /mariadb/i.test(JSON.stringify(version));
      return new MysqlSession(connection, isMariadb ? 'mariadb' : 'mysql');
    } catch (cause) {
      connection.destroy();
      throw wrapForeign(failureKindOf(cause), 'connect to MySQL', cause);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  };
  const cancel = async (session: MysqlSession): Promise<void> => {
    const { threadId } = session.connection;
    if (!session.isAlive || !Number.isSafeInteger(threadId)) return;
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
const TIMEOUT = new Set([1205, 1213, 1317, 1969, 3024]);

/** https://mariadb.com/kb/en/mariadb-error-code-reference/; numbers from 2000 to 2999 are the client's. */
function failureKindOf(error: unknown): FailureKind {
  const code = codeOf(error);
  const number =
    typeof error === 'object' && error !== null && 'errno' in error ? Number(error.errno) : Number.NaN;
  if (TIMEOUT.has(number)) return 'timeout';
  if (UNAVAILABLE.has(number) || (number >= 2000 && number < 3000)) return 'unavailable';
  if (isNetworkCode(code) || /^(?:PROTOCOL_|HANDSHAKE_)/.test(code)) return 'unavailable';
  if (/closed state|connection.*(?:closed|lost)/i.test(String(error))) return 'unavailable';
  const state =
    typeof error === 'object' && error !== null && 'sqlState' in error ? String(error.sqlState) : '';
  if (state.startsWith('22')) return 'malformed';
  return state.startsWith('08') ? 'unavailable' : 'rejected';
}
