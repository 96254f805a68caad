// ClickHouse's engine behind its HTTP interface, as far as the store of snapshots uses it:
//   node chdb-server.mjs PORT FOLDER [PASSWORD]
// The engine is a library of hundreds of megabytes with one data folder for each process, so it has a process of its own.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { URL } from 'node:url';

/** A statement is planned, and begins to run, within this time. */
const PLANNED_SECONDS = 1.5;
/** Statements that run at the same time; the others wait. */
const SESSIONS = 4;
/** What a request's address holds besides settings and parameters. */
const NO_SETTINGS = new Set([
  'query',
  'query_id',
  'database',
  'wait_end_of_query',
  'cancel_http_readonly_queries_on_client_close',
]);

const [, , port = '', folder = '', password = ''] = process.argv;
/**
 * @typedef {object} Session
 * @property {(text: string, options?: { format: string }) => Promise<{ bytes(): Uint8Array }>} queryAsync
 * @typedef {object} Asked what a request asks for
 * @property {string} text the statement
 * @property {readonly (readonly [string, string])[]} params
 * @property {readonly (readonly [string, string])[]} settings
 * @property {string} database
 * @property {string} id of the statement
 */

/** @type {{ Session: new (folder: string) => Session }} */
const { Session } = createRequire(import.meta.url)('chdb');

/** The database that a session uses. @type {WeakMap<Session, string>} */
const databases = new WeakMap();
const administrator = new Session(folder);
const idle = Array.from({ length: SESSIONS }, () => new Session(folder));
// Long parameters must be read before a request's own settings can say so.
await Promise.all(idle.map((session) => session.queryAsync('SET max_query_size = 16777216')));
/** @type {((session: Session) => void)[]} */
const waiting = [];

/**
 * @template T
 * @param {(session: Session) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withSession(work) {
  /** @type {Session} */
  const session = idle.pop() ?? (await new Promise((resolve) => waiting.push(resolve)));
  try {
    return await work(session);
  } finally {
    const next = waiting.shift();
    if (next === undefined) idle.push(session);
    else next(session);
  }
}

/** A text as a literal of SQL. @param {string} text */
function literal(text) {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

/**
 * What a request says, in its address, its form or its body.
 *
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Asked>}
 */
async function readRequest(request) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  const fields = new Map(url.searchParams);
  let text = fields.get('query') ?? '';
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    for (const [name, value] of form) fields.set(name, String(value));
    text = fields.get('query') ?? '';
  } else text += body.toString();
  const params = [...fields].filter(([name]) => name.startsWith('param_'));
  const settings = [...fields].filter(([name]) => !name.startsWith('param_') && !NO_SETTINGS.has(name));
  return {
    text,
    params,
    settings,
    database: fields.get('database') ?? 'default',
    id: fields.get('query_id') ?? '',
  };
}

/**
 * A statement here has no id of its own; the comment of its log entry stands for it. The library overlooks what stops a
 * statement in its first moments, while it is still planned.
 *
 * @param {string} id
 */
async function kill(id) {
  const isThis = `Settings['log_comment'] = ${literal(id)}`;
  for (;;) {
    const found = await administrator.queryAsync(`SELECT elapsed FROM system.processes WHERE ${isThis}`, {
      format: 'TabSeparated',
    });
    const elapsed = Buffer.from(found.bytes()).toString();
    if (elapsed === '') return;
    if (Number(elapsed) > PLANNED_SECONDS) break;
    await delay(50);
  }
  await administrator.queryAsync(`KILL QUERY WHERE ${isThis} ASYNC`);
}

/**
 * @param {Asked} asked
 * @param {() => boolean} hasLeft whether nobody waits for the answer
 * @returns {Promise<Uint8Array>}
 */
async function run({ text, params, settings, database, id }, hasLeft) {
  const isKill = /^\s*KILL QUERY WHERE query_id = \{p1:String\} ASYNC\s*$/.test(text);
  if (isKill) return kill(params[0]?.[1] ?? '').then(() => Buffer.alloc(0));
  return withSession(async (session) => {
    const assigned = [...settings, ...params, ['log_comment', id]];
    if (databases.get(session) !== database) {
      await session.queryAsync(`USE \`${database.replaceAll('`', '')}\``);
      databases.set(session, database);
    }
    await session.queryAsync(
      `SET ${assigned.map(([name, value]) => `${name} = ${literal(value)}`).join(', ')}`,
    );
    if (hasLeft()) return Buffer.alloc(0);
    return (await session.queryAsync(text, { format: 'TabSeparated' })).bytes();
  });
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} code
 * @param {string} text
 */
function refuse(response, code, text) {
  response.writeHead(500, {
    'content-type': 'text/plain; charset=UTF-8',
    'x-clickhouse-exception-code': code,
  });
  response.end(`${text}\n`);
}

const server = createServer(async (request, response) => {
  try {
    if (request.method === 'GET' && request.url === '/') return response.end('Ok.\n');
    const asked = await readRequest(request);
    if ((request.headers['x-clickhouse-key'] ?? '') !== password) {
      return refuse(
        response,
        '516',
        'Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)',
      );
    }
    response.on('close', () => {
      if (!response.writableFinished) void kill(asked.id).catch(() => undefined);
    });
    const bytes = await run(asked, () => response.destroyed);
    response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' });
    return response.end(bytes);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return refuse(response, /^Code: ([0-9]+)\./.exec(text)?.[1] ?? '1002', text);
  }
});
server.listen(Number(port), '127.0.0.1');
