import type { ColumnType } from '../../source-adapter.js';
import type { SourceRow } from '../../source-value.js';
import { encodeCell } from './kept-cell.js';

/** Many small inserts would be as many parts to merge. Characters and rows of one insert. */
const MAX_CHARACTERS = 16 * 1024 * 1024;
const MAX_ROWS = 200_000;

/** Gathers rows until they are worth an insert. */
export class RowBuffer {
  readonly #types: readonly ColumnType[];
  readonly #insert: (rows: string) => Promise<void>;
  #lines: string[] = [];
  #characters = 0;
  #written = 0;

  constructor(types: readonly ColumnType[], insert: (rows: string) => Promise<void>) {
    this.#types = types;
    this.#insert = insert;
  }

  /** Rows that were given to `write`. */
  get written(): number {
    return this.#written;
  }

  async write(rows: readonly SourceRow[]): Promise<void> {
    for (const row of rows) {
      const cells = this.#types.map((type, index) => encodeCell(row[index] ?? null, type));
      const line = JSON.stringify(cells);
      this.#lines.push(line);
      this.#characters += line.length;
      this.#written += 1;
      if (this.#characters >= MAX_CHARACTERS || this.#lines.length >= MAX_ROWS) await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const rows = `${this.#lines.join('\n')}\n`;
    this.#lines = [];
    this.#characters = 0;
    await this.#insert(rows);
  }
}
