/** Characters that take two places on a terminal: Chinese, and full-width forms. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;
/** What could move a terminal's cursor is not printed. */
const CONTROL = /\p{Cc}/gu;

/** Lines of a table whose columns are aligned; the last one is as long as it is. @param head titles. */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): readonly string[] {
  const cells = [head, ...rows.map((row) => row.map((cell) => (cell === null ? '-' : String(cell))))].map(
    (row) => row.map((cell) => cell.replace(CONTROL, ' ')),
  );
  const widths = head.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  return cells.map((row) =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)),
      )
      .join('  ')
      .trimEnd(),
  );
}

function widthOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}
