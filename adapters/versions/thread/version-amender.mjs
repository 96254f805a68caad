import { constants, copyFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { quoteName } from './finish-file.mjs';
import { bindable, closeWritten, insertInto, openUnread } from './version-writer.mjs';

/**
 * @typedef {import('./version-writer.mjs').Cell} Cell
 * @typedef {import('./version-writer.mjs').WrittenTable & { readonly from: string }} AmendedTable a version made of `from`
 */

/**
 * Writes a version that begins with another one: rows that are written take the place of those with the same key. What is
 * there already is passed over, so that a reading without news makes no version.
 */
export class VersionAmender {
  #table;
  #before;
  #isThere;
  #order;
  /** All rows that are written. @type {unknown[][]} */
  #rows = [];
  /** Keys of which a row is not there yet. @type {Set<string>} */
  #changed = new Set();

  /** @param {AmendedTable} table */
  constructor(table) {
    this.#table = table;
    this.#before = new Database(table.from, { readonly: true, fileMustExist: true });
    const { key, columns } = table;
    // The key first, of which there is an index.
    const others = columns.map(({ name }) => name).filter((name) => !key.includes(name));
    const names = [...key, ...others];
    this.#order = names.map((name) => placeOf(columns, name));
    const same = names.map((name) => `${quoteName(name)} IS ?`);
    this.#isThere = this.#before.prepare(`SELECT 1 FROM rows WHERE ${same.join(' AND ')} LIMIT 1`).pluck();
  }

  /** @param {readonly (readonly Cell[])[]} rows cells in the order of the columns */
  write(rows) {
    for (const row of rows) {
      const cells = row.map(bindable);
      const ordered = this.#order.map((place) => cells[place]);
      this.#rows.push(cells);
      if (this.#isThere.get(...ordered) === undefined) this.#changed.add(this.#keyOf(cells));
    }
  }

  /** @returns {{ rows: number, sha256: string } | null} null: nothing changed, and nothing was written. */
  finish() {
    this.#before.close();
    if (this.#changed.size === 0) return null;
    const { path, from, columns, key } = this.#table;
    copyFileSync(from, path, constants.COPYFILE_FICLONE);
    const database = openUnread(path);
    const same = key.map((column) => `${quoteName(column)} IS ?`).join(' AND ');
    const removal = database.prepare(`DELETE FROM rows WHERE ${same}`);
    const insert = database.prepare(insertInto(columns));
    const places = key.map((column) => placeOf(columns, column));
    // Removed first, and written with what was there already: a key that comes twice has both its rows afterwards, as it
    // has at the source.
    const changed = this.#rows.filter((row) => this.#changed.has(this.#keyOf(row)));
    for (const row of changed) removal.run(...places.map((place) => row[place]));
    for (const row of changed) insert.run(...row);
    return closeWritten(database, path);
  }

  abandon() {
    this.#before.close();
  }

  /** Tells keys of different types apart. @param {readonly unknown[]} row */
  #keyOf(row) {
    const places = this.#table.key.map((column) => placeOf(this.#table.columns, column));
    return places.map((place) => `${typeof row[place]} ${String(row[place])}`).join('\u0000');
  }
}

/**
 * @param {AmendedTable['columns']} columns
 * @param {string} wanted
 */
function placeOf(columns, wanted) {
  return columns.findIndex(({ name }) => name === wanted);
}
