import writeExcelFile, { type Row, type Sheet } from 'write-excel-file/node';
import type { LegacyCell, LegacyTable } from '../stores/legacy-table.js';
import { LEDGER_COLUMNS, type LedgerColumn } from './ledger-columns.js';
import { withoutTimes } from './zip-times.js';

/** The cells of one row of the ledger, in the order of its columns. */
type Cells = readonly LegacyCell[];

/** Where the headings begin, counted from 1: above them stands the title. */
export const LEDGER_HEADER_ROW = 2;

/**
 * The ledger as a workbook: one sheet per township, a title, two rows of headings of which the upper ones are merged,
 * days of issue as real dates, numbers as numbers, everything else as text.
 *
 * @param table its first column is the name of the sheet.
 */
export async function writeLedger(table: LegacyTable): Promise<Buffer> {
  const sheets = new Map<string, Cells[]>();
  for (const [sheet, ...cells] of table.rows) {
    const rows = sheets.get(String(sheet)) ?? [];
    rows.push(cells);
    sheets.set(String(sheet), rows);
  }
  const book = [...sheets].map(
    ([sheet, rows]): Sheet<never> => ({
      sheet,
      data: [titleRow(sheet), ...headingRows(), ...rows.map((cells) => cells.map(writeCell))],
    }),
  );
  return withoutTimes(await writeExcelFile(book).toBuffer());
}

function titleRow(sheet: string): Row {
  const rest = LEDGER_COLUMNS.slice(1).map(() => null);
  return [
    { value: `嵊泗县民宿台账（${sheet}）`, columnSpan: LEDGER_COLUMNS.length, align: 'center' },
    ...rest,
  ];
}

function headingRows(): readonly [Row, Row] {
  const groups = LEDGER_COLUMNS.map(({ group, heading }: LedgerColumn, place) => {
    if (group === heading) return { value: heading, rowSpan: 2 };
    if (LEDGER_COLUMNS[place - 1]?.group === group) return null;
    return { value: group, columnSpan: LEDGER_COLUMNS.filter((column) => column.group === group).length };
  });
  const headings = LEDGER_COLUMNS.map(({ group, heading }: LedgerColumn) =>
    group === heading ? null : heading,
  );
  return [groups, headings];
}

const DATES: ReadonlySet<number> = new Set(
  LEDGER_COLUMNS.flatMap(({ heading }, place) => (heading === '发证日期' ? [place] : [])),
);

function writeCell(cell: LegacyCell, place: number): Row[number] {
  if (cell === null) return null;
  if (DATES.has(place)) return { value: new Date(`${cell}T00:00:00Z`), format: 'yyyy-mm-dd' };
  return typeof cell === 'bigint' ? String(cell) : cell;
}
