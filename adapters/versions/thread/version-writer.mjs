import Database from 'better-sqlite3';
import { finishFile, quoteName } from './finish-file.mjs';

/**
 * @typedef {null | string | number | bigint | boolean | Uint8Array} Cell
 * @typedef {object} WrittenTable
 * @property {string} path where the version is written; nothing is there.
 * @property {readonly { readonly name: string, readonly declared: string }[]} columns with types of SQLite
 * @property {readonly string[]} key the columns that name a row
 * @property {readonly (readonly string[])[]} indexes columns of each index
 */

/** Writes a version of all that is written. Nobody reads it before it is whole, so it is written without a journal. */
export class VersionWriter {
  #path;
  #database;
  #insert;
  #indexes;

  /** @param {WrittenTable} table */
  constructor({ path, columns, indexes }) {
    this.#path = path;
    this.#database = openUnread(path);
    const declared = columns.map(({ name, declared: type }) => `${quoteName(name)} ${type}`);
    this.#database.exec(`CREATE TABLE rows (${declared.join(', ')})`);
    this.#indexes = indexes;
    this.#insert = this.#database.prepare(insertInto(columns));
  }

  /** @param {readonly (readonly Cell[])[]} rows cells in the order of the columns */
  write(rows) {
    for (const row of rows) this.#insert.run(...row.map(bindable));
  }

  /** A version that begins with nothing has nothing to leave out. */
  remove() {}

  /** @returns {{ rows: number, sha256: string }} */
  finish() {
    for (const [place, columns] of this.#indexes.entries()) {
      this.#database.exec(`CREATE INDEX rows_${place} ON rows (${columns.map(quoteName).join(', ')})`);
    }
    return closeWritten(this.#database, this.#path);
  }

  abandon() {
    this.#database.close();
  }
}

/**
 * A file that nobody reads before it is whole.
 *
 * @param {string} path
 */
export function openUnread(path) {
  const database = new Database(path);
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.exec('BEGIN');
  return database;
}

/**
 * @param {Database.Database} database
 * @param {string} path
 * @returns {{ rows: number, sha256: string }}
 */
export function closeWritten(database, path) {
  const rows = Number(database.prepare('SELECT count(*) FROM rows').pluck().get());
  database.exec('COMMIT');
  database.exec('ANALYZE');
  database.close();
  return { rows, sha256: finishFile(path) };
}

/** @param {WrittenTable['columns']} columns */
export function insertInto(columns) {
  const names = columns.map(({ name }) => quoteName(name)).join(', ');
  return `INSERT INTO rows (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
}

/** SQLite has no booleans, and integers of 64 bits alone. @param {Cell} cell */
export function bindable(cell) {
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  if (typeof cell === 'bigint' && BigInt.asIntN(64, cell) !== cell) return String(cell);
  return cell;
}
