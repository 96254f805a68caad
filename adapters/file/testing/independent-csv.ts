import iconv from 'iconv-lite';

/**
 * The rows of a CSV file as another program reads them: other decoders, other code. Only for files that were accepted,
 * so that nothing is checked here.
 *
 * @returns by row number from 1; null where nothing stands between the commas.
 */
export function readCsvIndependently(bytes: Buffer): Map<number, (string | null)[]> {
  const isUtf8 = iconv.decode(bytes, 'utf8').includes('\ufffd') === false;
  const text = iconv.decode(bytes, isUtf8 ? 'utf8' : 'gb18030');
  const rows = new Map<number, (string | null)[]>();
  const cell = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n|\n|\r|$)/gy;
  let cells: (string | null)[] = [];
  let row = 1;
  for (;;) {
    const at = cell.lastIndex;
    if (at === text.length && cells.length === 0) return rows;
    const match = cell.exec(text);
    if (match === null) throw new Error(`no cell at ${at}`);
    const [, quoted, plain = '', end] = match;
    cells.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.set(row, cells);
    if (end === '') return rows;
    row += 1;
    cells = [];
  }
}
