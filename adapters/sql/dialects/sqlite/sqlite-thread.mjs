import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { answerQuestions } from '../../../../runtime/thread/answer-questions.mjs';

/**
 * A thread that reads SQLite files. It answers one question at a time. Plain JavaScript: it is loaded as it stands, from
 * sources and from dist.
 *
 * @typedef {{ file: string, text: string, params: readonly unknown[], timeoutMs: number, maxBytes: number }} SqliteQuery
 * @typedef {SqliteQuery | { close: string }} SqliteQuestion
 */

/**
 * Kilobytes of a file's pages that a thread keeps. better-sqlite3 keeps 16 MB, which tens of files in several threads add up to
 * hundreds; the system keeps the same pages, once, and a scan is as fast.
 */
const CACHE_KB = 100;

/** By file. @type {Map<string, { database: import('better-sqlite3').Database, identity: string }>} */
const open = new Map();

/** @type {Map<string, RegExp>} */
const patterns = new Map();

/**
 * Patterns of the statement that runs. SQLite hands a pattern over anew for each row; comparing it with the few that the statement
 * has takes a tenth of what looking it up by its hash takes.
 *
 * @type {{ source: string, pattern: RegExp }[]}
 */
let atHand = [];

answerQuestions(run);

/**
 * @param {SqliteQuestion} question
 * @returns {unknown[][]}
 */
function run(question) {
  if ('close' in question) {
    closeDatabase(question.close);
    return [];
  }
  const { file, text, params, timeoutMs, maxBytes } = question;
  const database = openDatabase(file);
  database.pragma(`busy_timeout = ${Math.max(1, Math.ceil(timeoutMs))}`);
  atHand = [];
  const statement = database.prepare(text).safeIntegers(true).raw(true);
  /** @type {unknown[][]} */
  const rows = [];
  let bytes = 0;
  for (const row of statement.iterate(...params)) {
    const cells = /** @type {unknown[]} */ (row).map(narrowInteger);
    for (const cell of cells) bytes += sizeOf(cell);
    if (bytes > maxBytes) throw failure('TOO_LARGE', `the answer is larger than ${maxBytes} bytes`);
    rows.push(cells);
  }
  return rows;
}

/** @param {string} file */
function closeDatabase(file) {
  open.get(file)?.database.close();
  open.delete(file);
}

/**
 * A file that was replaced is another database: SQLite would go on reading the one that is gone.
 *
 * @param {string} file
 */
function openDatabase(file) {
  const identity = identify(file);
  const known = open.get(file);
  if (known?.identity === identity) return known.database;
  closeDatabase(file);
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    database.pragma('query_only = ON');
    database.pragma(`cache_size = ${-CACHE_KB}`);
    const encoding = database.pragma('encoding', { simple: true });
    if (encoding !== 'UTF-8') {
      throw failure(
        'MALFORMED',
        `the file must be encoded in UTF-8, whose bytes sort by code point, but is ${encoding}`,
      );
    }
    defineFunctions(database);
  } catch (error) {
    database.close();
    throw error;
  }
  open.set(file, { database, identity });
  return database;
}

/** @param {string} file */
function identify(file) {
  const stats = statSync(file, { bigint: true });
  return `${stats.dev}:${stats.ino}`;
}

/** @param {import('better-sqlite3').Database} database */
function defineFunctions(database) {
  const exactly = { deterministic: true, safeIntegers: true };
  database.function('whole_text_matches', exactly, (pattern, text) =>
    typeof text === 'string' && patternOf(String(pattern)).test(text) ? 1 : 0,
  );
  database.function('cell_text', exactly, cellText);
  database.function('exact_decimal_key', exactly, decimalKey);
  database.aggregate('exact_decimal_max', {
    ...exactly,
    start: () => /** @type {string | null} */ (null),
    step: (/** @type {string | null} */ greatest, /** @type {unknown} */ cell) => {
      const text = cellText(cell);
      if (text === null || greatest === null) return text ?? greatest;
      return String(decimalKey(text)) > String(decimalKey(greatest)) ? text : greatest;
    },
  });
}

/** @param {string} source */
function patternOf(source) {
  for (const one of atHand) if (one.source === source) return one.pattern;
  const pattern = compile(source);
  atHand.push({ source, pattern });
  return pattern;
}

/** @param {string} source */
function compile(source) {
  const known = patterns.get(source);
  if (known !== undefined) return known;
  if (patterns.size >= 500) patterns.clear();
  const pattern = new RegExp(source, 'su');
  patterns.set(source, pattern);
  return pattern;
}

/** @param {unknown} cell */
function cellText(cell) {
  if (typeof cell === 'string') return cell;
  return typeof cell === 'bigint' || typeof cell === 'number' ? String(cell) : null;
}

/**
 * A text that sorts by code point as the number sorts by value, and is equal for equal numbers: `12.5`, `12.50`.
 * A text that is no plain number sorts after every number, by its code points.
 *
 * @param {unknown} cell
 */
function decimalKey(cell) {
  const text = cellText(cell);
  if (text === null) return null;
  const match = text.length > 1000 ? null : /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) return `z${text}`;
  const [, sign, whole = '', fraction = ''] = match;
  const digits = `${whole}.${fraction.replace(/0+$/, '')}`;
  const magnitude =
    String(whole === '0' ? 0 : whole.length).padStart(4, '0') + (whole === '0' ? digits.slice(1) : digits);
  if (magnitude === '0000.') return 'b';
  if (sign !== '-') return `c${magnitude}`;
  // Mirrored digits, and an end mark above them all: of two negative numbers the longer one is the smaller.
  return `a${magnitude.replace(/[0-9]/g, (digit) => String(9 - Number(digit)))}~`;
}

/** @param {unknown} cell */
function narrowInteger(cell) {
  if (typeof cell !== 'bigint') return cell;
  const number = Number(cell);
  return Number.isSafeInteger(number) ? number : cell;
}

/** @param {unknown} cell */
function sizeOf(cell) {
  if (typeof cell === 'string') return Buffer.byteLength(cell);
  return cell instanceof Uint8Array ? cell.byteLength : 8;
}

/**
 * @param {string} code
 * @param {string} message
 */
function failure(code, message) {
  return Object.assign(new Error(message), { code });
}
