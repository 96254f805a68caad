import Database from 'better-sqlite3';
import { finishFile, quoteName } from '../../versions/thread/finish-file.mjs';
import { DropRefused } from './drop-fault.mjs';

/** @typedef {import('./drop-fault.mjs').FaultList} FaultList */

/** As `FILE_COLUMNS` of `source-object.ts`. */
export const ADDED_COLUMNS = ['_sheet', '_row', '_received'];

const MAX_COLUMNS = 1000;

/**
 * The SQLite file that becomes a version: one table `rows` with a text column per heading. Nobody reads it before
 * it is whole, so it is written without a journal.
 */
export class RowsFile {
  #path;
  #key;
  #received;
  /** Opened with the first sheet that can be read: most bad drops never get there. @type {Database.Database | null} */
  #database = null;
  /** Headings by their lower-case text: SQLite does not tell letter cases of names apart. @type {Map<string, string>} */
  #headings = new Map();

  /**
   * @param {string} path must not exist.
   * @param {readonly string[]} key columns that tell its rows apart
   * @param {string} received what `_received` says
   */
  constructor(path, key, received) {
    this.#path = path;
    this.#key = key;
    this.#received = received;
  }

  /**
   * @param {string | null} sheet
   * @param {readonly string[]} headings
   * @returns {(row: number, cells: readonly (string | null)[]) => void} adds a row with a cell per heading
   */
  openSheet(sheet, headings) {
    const database = this.#open();
    for (const heading of headings) this.#addColumn(database, sheet, heading);
    const names = [...ADDED_COLUMNS, ...headings].map(quoteName).join(', ');
    const places = Array.from({ length: headings.length + 3 }, () => '?').join(', ');
    const insert = database.prepare(`INSERT INTO rows (${names}) VALUES (${places})`);
    return (row, cells) => {
      insert.run(sheet, row, this.#received, ...cells);
    };
  }

  #open() {
    if (this.#database !== null) return this.#database;
    const database = new Database(this.#path);
    this.#database = database;
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.exec('BEGIN');
    database.exec('CREATE TABLE rows (_sheet TEXT, _row INTEGER NOT NULL, _received TEXT NOT NULL)');
    return database;
  }

  /**
   * @param {Database.Database} database
   * @param {string | null} sheet
   * @param {string} heading
   */
  #addColumn(database, sheet, heading) {
    const known = this.#headings.get(heading.toLowerCase());
    if (known === heading) return;
    if (known !== undefined) throw new DropRefused('duplicate-heading', { sheet, column: heading });
    this.#headings.set(heading.toLowerCase(), heading);
    if (this.#headings.size > MAX_COLUMNS) {
      throw new DropRefused('too-many-columns', { sheet, column: heading, value: String(MAX_COLUMNS) });
    }
    database.exec(`ALTER TABLE rows ADD COLUMN ${quoteName(heading)} TEXT`);
  }

  /** @param {FaultList} faults is told of keys that occur twice. */
  indexKey(faults) {
    const isThere = (/** @type {string} */ column) =>
      ADDED_COLUMNS.includes(column) || this.#headings.has(column.toLowerCase());
    if (this.#key.length === 0 || !this.#key.every(isThere)) return;
    const columns = this.#key.map(quoteName).join(', ');
    const database = this.#open();
    try {
      database.exec(`CREATE UNIQUE INDEX rows_key ON rows (${columns})`);
    } catch (error) {
      if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT'))) throw error;
      this.#nameTwins(database, faults);
    }
  }

  /**
   * @param {Database.Database} database
   * @param {FaultList} faults
   */
  #nameTwins(database, faults) {
    const key = this.#key.map(quoteName).join(', ');
    const cells = this.#key.map((column, index) => `${quoteName(column)} AS k${index}`).join(', ');
    const names = this.#key.map((_, index) => `k${index}`).join(', ');
    const twins = database.prepare(
      `SELECT s, r, fs, fr, ${names} FROM (
         SELECT _sheet AS s, _row AS r, first_value(_sheet) OVER twins AS fs, first_value(_row) OVER twins AS fr,
           row_number() OVER twins AS place, rowid AS id, ${cells}
         FROM rows WINDOW twins AS (PARTITION BY ${key} ORDER BY rowid))
       WHERE place > 1 ORDER BY id`,
    );
    for (const found of twins.raw(true).iterate()) {
      const [sheet, row, firstSheet, firstRow, ...texts] = /** @type {(string | number | null)[]} */ (found);
      faults.add('duplicate-key', {
        sheet: sheet === null ? null : String(sheet),
        row: Number(row),
        column: this.#key.join(' + '),
        value: texts.join(' + '),
        known: firstSheet === null ? [String(firstRow)] : [String(firstRow), String(firstSheet)],
      });
    }
  }

  /**
   * Brings the file to the disk.
   *
   * @returns {string} the file's SHA-256
   */
  finish() {
    const database = this.#open();
    database.exec('COMMIT');
    database.close();
    return finishFile(this.#path);
  }

  /** Lets go of the file, whatever state it is in. */
  abandon() {
    this.#database?.close();
  }
}
