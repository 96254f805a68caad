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
  /** @type {unknown[][]} */
  #changed = [];
  /** @type {unknown[][]} rows that were written and are there already */
  #same = [];
  /** @type {unknown[][]} keys */
  #removed = [];

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
      if (this.#isThere.get(...ordered) === undefined) this.#changed.push(cells);
      else this.#same.push(cells);
    }
  }

  /** @param {readonly (readonly Cell[])[]} keys cells in the order of the key */
  remove(keys) {
    for (const key of keys) this.#removed.push(key.map(bindable));
  }

  /** @returns {{ rows: number, sha256: string } | null} null: nothing changed, and nothing was written. */
  finish() {
    this.#before.close();
    if (this.#changed.length === 0 && this.#removed.length === 0) return null;
    const { path, from, columns, key } = this.#table;
    copyFileSync(from, path, constants.COPYFILE_FICLONE);
    const database = openUnread(path);
    const same = key.map((column) => `${quoteName(column)} IS ?`).join(' AND ');
    const removal = database.prepare(`DELETE FROM rows WHERE ${same}`);
    const insert = database.prepare(insertInto(columns));
    const places = key.map((column) => placeOf(columns, column));
    /** @param {unknown[]} row */
    const keyOf = (row) => places.map((place) => row[place]);
    for (const gone of this.#removed) removal.run(...gone);
    // All first: a key that comes twice has both its rows afterwards, as it has at the source.
    for (const row of this.#changed) removal.run(...keyOf(row));
    for (const row of this.#changed) insert.run(...row);
    const replaced = new Set(this.#changed.map((row) => keyText(keyOf(row))));
    for (const row of this.#same) if (replaced.has(keyText(keyOf(row)))) insert.run(...row);
    return closeWritten(database, path);
  }

  abandon() {
    this.#before.close();
  }
}

/** The same for the same key alone. @param {unknown[]} cells */
function keyText(cells) {
  return JSON.stringify(cells.map((cell) => [typeof cell, String(cell)]));
}

/**
 * @param {AmendedTable['columns']} columns
 * @param {string} wanted
 */
function placeOf(columns, wanted) {
  return columns.findIndex(({ name }) => name === wanted);
}
