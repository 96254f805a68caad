import type pg from 'pg';
import type { SqlParam, Statement } from '../../sql-fragment.js';

/**
 * What every read runs under, whatever the server or a pooler between has set. +08:00 is the offset in which mappings
 * read a moment that carries none.
 */
const SETTINGS = [
  ['transaction_read_only', 'on'],
  ['default_transaction_read_only', 'on'],
  ['TimeZone', '<+08>-08'],
  ['DateStyle', 'ISO, YMD'],
  ['IntervalStyle', 'postgres'],
  ['bytea_output', 'hex'],
  ['extra_float_digits', '1'],
  ['standard_conforming_strings', 'on'],
] as const;

interface QueryGuard {
  /** After so long the server stops the read by itself. */
  readonly statementTimeoutMs: number;
  /** The schema in which names are looked up; absent: the account's own search path. */
  readonly schema?: string;
}

/** What the driver hands to a query of our own. */
interface GuardedHandlers {
  onRow(cells: readonly (string | null)[]): void;
  onEnd(): void;
  onError(error: unknown): void;
}

/**
 * One read and its settings in one transaction and one round trip. Nothing is left on the server's session, which a
 * pooler (pgbouncer in transaction or statement mode) gives to somebody else afterwards: both statements come before
 * the one Sync, so that they are one implicit transaction, and the settings end with it.
 */
export class GuardedQuery implements pg.Submittable {
  readonly #statement: Statement;
  readonly #guard: QueryGuard;
  readonly #handlers: GuardedHandlers;
  #isGuarded = false;
  #hasFailed = false;

  constructor(statement: Statement, guard: QueryGuard, handlers: GuardedHandlers) {
    this.#statement = statement;
    this.#guard = guard;
    this.#handlers = handlers;
  }

  submit(connection: pg.Connection): void {
    connection.stream.cork();
    try {
      send(connection, settingsOf(this.#guard));
      send(connection, this.#statement);
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    // The first row is that of the settings.
    if (this.#isGuarded && !this.#hasFailed) this.#handlers.onRow(fields);
  }

  handleCommandComplete(): void {
    this.#isGuarded = true;
  }

  handleReadyForQuery(): void {
    if (!this.#hasFailed) this.#handlers.onEnd();
  }

  handleError(error: unknown): void {
    this.#hasFailed = true;
    this.#handlers.onError(error);
  }

  handleRowDescription(): void {
    // Nothing is described: every cell is the text that the server writes.
  }

  handlePortalSuspended(): void {
    // Every portal is read to its end.
  }

  handleEmptyQuery(): void {
    // A statement is never empty.
  }

  handleCopyInResponse(): void {
    // A statement never copies.
  }

  handleCopyData(): void {
    // A statement never copies.
  }
}

function settingsOf({ statementTimeoutMs, schema }: QueryGuard): Statement {
  const settings = [...SETTINGS, ['statement_timeout', String(statementTimeoutMs)] as const];
  const calls = settings.map(([name, value]) => `set_config('${name}', '${value}', true)`);
  if (schema === undefined) return { text: `SELECT ${calls.join(', ')}`, params: [] };
  return {
    text: `SELECT ${calls.join(', ')}, set_config('search_path', quote_ident($1), true)`,
    params: [schema],
  };
}

/** The driver's own messages; their types are those of an older version. */
interface Wire {
  parse(message: { readonly text: string }): void;
  bind(message: { readonly values: readonly (string | Buffer | null)[] }): void;
  execute(message: object): void;
}

function send(connection: pg.Connection, { text, params }: Statement): void {
  const wire = connection as unknown as Wire;
  wire.parse({ text });
  wire.bind({ values: params.map(toWire) });
  wire.execute({});
}

function toWire(value: SqlParam): string | Buffer | null {
  if (value === null) return null;
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value !== 'object') return String(value);
  return `{${value.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
