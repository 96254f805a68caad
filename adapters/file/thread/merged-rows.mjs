/**
 * @typedef {import('./cell-text.mjs').Cell} Cell
 * @typedef {import('./xlsx/read-merges.mjs').Merge} Merge
 */

/**
 * Merged cells among the rows of data. One that reaches over rows of one column, like a township beside all of its
 * sites, holds for each of them. One that reaches over columns is a remark or a sum, and no row of the table.
 */
export class MergedRows {
  /** By the row in which they begin. @type {Map<number, Merge[]>} */
  #tall = new Map();
  /** @type {Map<number, Merge[]>} */
  #wide = new Map();
  /** Those that reach into the present row. @type {{ column: number, bottom: number, cell: Cell }[]} */
  #open = [];

  /**
   * @param {readonly Merge[]} merges
   * @param {number} firstRow of the data
   */
  constructor(merges, firstRow) {
    for (const merge of merges) {
      if (merge.top < firstRow) continue;
      const kind = merge.left === merge.right ? this.#tall : this.#wide;
      const known = kind.get(merge.top);
      if (known === undefined) kind.set(merge.top, [merge]);
      else known.push(merge);
    }
  }

  /**
   * @param {number} row
   * @param {readonly Cell[]} cells
   */
  isWide(row, cells) {
    const merges = this.#wide.get(row) ?? [];
    return merges.some(({ left }) => (cells[left] ?? null) !== null);
  }

  /**
   * Completes the row in place.
   *
   * @param {number} row ascending
   * @param {Cell[]} cells
   * @returns {boolean} whether that changed anything
   */
  fill(row, cells) {
    if (this.#tall.size === 0) return false;
    this.#open = this.#open.filter(({ bottom }) => bottom >= row);
    for (const { column, cell } of this.#open) {
      while (cells.length <= column) cells.push(null);
      cells[column] = cell;
    }
    for (const { left, bottom } of this.#tall.get(row) ?? []) {
      this.#open.push({ column: left, bottom, cell: cells[left] ?? null });
    }
    return this.#open.length > 0;
  }
}
