/**
 * Rows that a mapping takes, by one of their columns.
 *
 * @typedef {object} CellRule
 * @property {string} column
 * @property {boolean} negated whether the row must have none of the values
 * @property {readonly (string | number | null)[]} values null: the cell is empty
 */

/**
 * @param {readonly CellRule[]} rules
 * @param {(column: string) => string | number | null} cellOf
 */
export function keepsRow(rules, cellOf) {
  return rules.every(({ column, negated, values }) => {
    const cell = cellOf(column);
    const isAmong = values.some((value) =>
      value === null ? cell === null || cell === '' : cell !== null && String(cell) === String(value),
    );
    return isAmong !== negated;
  });
}
