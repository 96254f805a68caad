/**
 * @typedef {string | null} Text of a cell of the headings
 * @typedef {import('./xlsx/read-merges.mjs').Merge} Merge
 */

/** A heading as mappings write it: composed (NFC), without line breaks, zero-width characters and outer spaces. @param {Text} cell */
function normaliseHeading(cell) {
  if (cell === null) return '';
  return cell
    .normalize('NFC')
    .replace(/[\u200b-\u200d\u2060\ufeff\r\n]/g, '')
    .replace(/\t/g, ' ')
    .trim();
}

/**
 * The heading of each column: what stands above one another is joined by `/`, equal neighbours once.
 *
 * @param {readonly (readonly Text[])[]} rows the heading rows
 * @param {number} firstRow the sheet's number of the first of them
 * @param {readonly Merge[] | null} merges null: the format knows none, so that an upper heading reaches to the next one
 * @returns {string[]} empty where a column has no heading
 */
export function composeHeadings(rows, firstRow, merges) {
  const spread = merges === null ? spreadRight(rows) : spreadMerged(rows, firstRow, merges);
  const width = Math.max(0, ...spread.map((row) => row.length));
  return Array.from({ length: width }, (_, column) => {
    /** @type {string[]} */
    const parts = [];
    for (const row of spread) {
      const part = row[column] ?? '';
      if (part !== '' && part !== parts.at(-1)) parts.push(part);
    }
    return parts.join('/');
  });
}

/**
 * A merged heading stands in the first of its cells and applies to all of them.
 *
 * @param {readonly (readonly Text[])[]} rows
 * @param {number} firstRow
 * @param {readonly Merge[]} merges
 */
function spreadMerged(rows, firstRow, merges) {
  const spread = rows.map((row) => Array.from(row, normaliseHeading));
  for (const { top, left, bottom, right } of merges) {
    const origin = spread[top - firstRow]?.[left];
    if (origin === undefined || origin === '') continue;
    for (let row = top; row <= bottom; row += 1) {
      const target = spread[row - firstRow];
      if (target === undefined) break;
      while (target.length <= right) target.push('');
      target.fill(origin, left, right + 1);
    }
  }
  return spread;
}

/**
 * What is left of merged headings in CSV: the upper ones stand in the first of their columns only.
 *
 * @param {readonly (readonly Text[])[]} rows
 */
function spreadRight(rows) {
  return rows.map((row, index) => {
    const texts = Array.from(row, normaliseHeading);
    if (index === rows.length - 1) return texts;
    let current = '';
    return texts.map((text) => {
      if (text !== '') current = text;
      return current;
    });
  });
}

/** `A`, `Z`, `AA` of a column counted from 0. @param {number} index */
export function lettersOf(index) {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
