import { randomUUID } from 'node:crypto';
import { type Deadline, withDeadline } from '../../call-deadline.js';
import { SourceMalformed, SourceUnavailable } from '../../source-error.js';
import type { Statement } from '../../sql/sql-fragment.js';
import type { SqlSource } from '../../sql/sql-source.js';
import { type HttpAnswer, type Origin, openOrigin } from '../../web/exchange.js';
import { clickHouseFailure, STORE_FAILS } from './clickhouse-failure.js';
import { spellParam } from './spell-param.js';
import { type FormField, writeForm } from './write-form.js';

/** A database of a ClickHouse server, as its HTTP interface is reached. */
export interface ClickHouseAddress {
  /** `http(s)://host:8123`. */
  readonly url: string;
  /** It must exist, and hold nothing but one county's snapshots. */
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** Statements at once; more wait within their deadline. */
const CONNECTIONS = 16;
/** Longer parameters travel in a form; an address may have 1 MiB (`http_max_uri_size`), less where a proxy stands before. */
const MAX_ADDRESS_BYTES = 16_384;
/** Statements of many conditions are long and deep. */
const ROOMY = {
  max_query_size: '4194304',
  max_parser_depth: '5000',
  max_ast_depth: '5000',
  max_ast_elements: '500000',
  max_expanded_ast_elements: '2000000',
};
const KILL_TIMEOUT_MS = 5000;

type Settings = Readonly<Record<string, string>>;

/** Speaks ClickHouse's HTTP interface. A statement whose caller leaves is stopped at the server. */
export class ClickHouseServer implements SqlSource {
  readonly #origin: Origin;
  readonly #headers: ReadonlyMap<string, string>;
  readonly #database: string;
  readonly #kills = new Set<Promise<void>>();
  #isClosed = false;

  constructor({ url, database, user, password }: ClickHouseAddress) {
    this.#origin = openOrigin(url, { connections: CONNECTIONS });
    this.#database = database;
    this.#headers = new Map([
      ['x-clickhouse-user', user],
      ['x-clickhouse-key', password],
    ]);
  }

  /** Rows of a SELECT. Numbers of 64 bits come as texts. */
  async query(statement: Statement, deadline: Deadline): Promise<readonly (readonly unknown[])[]> {
    const seconds = Math.max(1, Math.ceil(deadline.remainingMs() / 1000));
    const settings = `max_execution_time = ${seconds}, output_format_json_quote_64bit_integers = 1`;
    const text = `${statement.text} SETTINGS ${settings} FORMAT JSONCompactEachRow`;
    const { bytes } = await this.#send('read', { ...statement, text }, deadline, {});
    return decodeRows(bytes.toString());
  }

  /** A statement that changes something. */
  async run(text: string, deadline: Deadline, settings: Settings = {}): Promise<void> {
    await this.#send('write', { text, params: [] }, deadline, settings);
  }

  /** @param rows in the format JSONCompactEachRow. */
  async insert(into: string, rows: string, deadline: Deadline): Promise<void> {
    const text = `INSERT INTO ${into} FORMAT JSONCompactEachRow\n${rows}`;
    // At once, and however often the same rows were written before.
    await this.#send('write', { text, params: [] }, deadline, { async_insert: '0', insert_deduplicate: '0' });
  }

  /** Idempotent; never fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#kills);
    await this.#origin.close();
  }

  async #send(
    action: string,
    { text, params }: Statement,
    deadline: Deadline,
    settings: Settings,
  ): Promise<HttpAnswer> {
    if (this.#isClosed) {
      throw new SourceUnavailable(`Cannot ${action} in ClickHouse: the store has been closed`, {
        detail: STORE_FAILS,
      });
    }
    const id = randomUUID();
    const fields = params.map((value, index): FormField => [`param_p${index + 1}`, spellParam(value)]);
    const path = new URLSearchParams({
      database: this.#database,
      query_id: id,
      wait_end_of_query: '1',
      cancel_http_readonly_queries_on_client_close: '1',
      ...ROOMY,
      ...settings,
    });
    try {
      const answer = await this.#exchange(path, text, fields, deadline);
      const code = answer.headers.get('x-clickhouse-exception-code');
      if (answer.status === 200 && code === undefined) return answer;
      throw refusal(action, answer, code);
    } catch (error) {
      if (deadline.signal.aborted) this.#kill(id);
      if (!(error instanceof SourceUnavailable) || error.detail !== undefined) throw error;
      throw new SourceUnavailable(error.message, { cause: error, detail: STORE_FAILS });
    }
  }

  #exchange(
    path: URLSearchParams,
    text: string,
    fields: readonly FormField[],
    deadline: Deadline,
  ): Promise<HttpAnswer> {
    const address = `${path}&${new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]))}`;
    if (address.length <= MAX_ADDRESS_BYTES) {
      const headers = new Map([...this.#headers, ['content-type', 'text/plain; charset=UTF-8']]);
      return this.#origin.exchange({ method: 'POST', path: `/?${address}`, headers, body: text }, deadline);
    }
    const { contentType, body } = writeForm([['query', text], ...fields]);
    const headers = new Map([...this.#headers, ['content-type', contentType]]);
    return this.#origin.exchange({ method: 'POST', path: `/?${path}`, headers, body }, deadline);
  }

  /** Asks the server to stop a statement that nobody waits for any more; the connection is cut already. */
  #kill(id: string): void {
    if (this.#isClosed) return;
    const bounds = { signal: new AbortController().signal, timeoutMs: KILL_TIMEOUT_MS, maxBytes: 65_536 };
    const path = new URLSearchParams({ param_p1: id });
    const request = { method: 'POST', path: `/?${path}`, headers: this.#headers } as const;
    const kill = withDeadline(bounds, 'stop a statement', (deadline) =>
      this.#origin.exchange({ ...request, body: 'KILL QUERY WHERE query_id = {p1:String} ASYNC' }, deadline),
    ).then(
      () => undefined,
      // It ends by `max_execution_time` then.
      () => undefined,
    );
    this.#kills.add(kill);
    void kill.finally(() => this.#kills.delete(kill));
  }
}

function refusal(action: string, { status, bytes }: HttpAnswer, code: string | undefined): Error {
  const text = bytes.toString();
  const told = code ?? /^Code: ([0-9]+)\. DB::/.exec(text)?.[1];
  if (told !== undefined) return clickHouseFailure(action, Number(told), text);
  const Failure = status >= 500 ? SourceUnavailable : SourceMalformed;
  return new Failure(
    `Cannot ${action} in ClickHouse: an answer must have status 200 or tell an exception's code, but has status ${status}: ${text.trim().slice(0, 200)}`,
    { detail: STORE_FAILS },
  );
}

function decodeRows(text: string): readonly (readonly unknown[])[] {
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  if (rest !== '') throw malformed(`${JSON.stringify(rest.slice(0, 100))}, which does not end as a line`);
  return lines.map((line) => {
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      throw malformed(JSON.stringify(line.slice(0, 100)));
    }
    if (!Array.isArray(row)) throw malformed(JSON.stringify(line.slice(0, 100)));
    return row;
  });
}

function malformed(found: string): SourceMalformed {
  return new SourceMalformed(
    `Cannot read in ClickHouse: an answer must be lines of JSON arrays, but holds ${found}`,
    { detail: STORE_FAILS },
  );
}
