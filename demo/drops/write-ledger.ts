import writeExcelFile, { type Row, type Sheet } from 'write-excel-file/node';
import type { LegacyCell, LegacyTable } from '../stores/legacy-table.js';
import type { LedgerForm } from './ledger-form.js';
import { withoutTimes } from './zip-times.js';

/** The cells of one row of a ledger, in the order of its columns. */
type Cells = readonly LegacyCell[];

/** Where the headings begin, counted from 1: above them stands the title. */
export const LEDGER_HEADER_ROW = 2;

/**
 * A ledger as a workbook of several sheets, each with a title, two rows of headings of which the upper ones are
 * merged, real dates where the form says so, numbers as numbers, everything else as text.
 *
 * @param table its first column is the name of the sheet.
 */
export async function writeLedger(form: LedgerForm, table: LegacyTable): Promise<Buffer> {
  const sheets = new Map<string, Cells[]>();
  for (const [sheet, ...cells] of table.rows) {
    const rows = sheets.get(String(sheet)) ?? [];
    rows.push(cells);
    sheets.set(String(sheet), rows);
  }
  const { footer = () => [], instructions } = form;
  const book = [...sheets].map(
    ([sheet, rows]): Sheet<never> => ({
      sheet,
      data: [
        titleRow(form, sheet),
        ...headingRows(form),
        ...rows.map((cells) => cells.map((cell, place) => writeCell(form, cell, place))),
        ...footer(rows.length).map((line): Row => [{ value: line }]),
      ],
    }),
  );
  const first =
    instructions === undefined
      ? []
      : [{ sheet: instructions.sheet, data: instructions.lines.map((line): Row => [{ value: line }]) }];
  return withoutTimes(await writeExcelFile([...first, ...book]).toBuffer());
}

function titleRow({ title, columns }: LedgerForm, sheet: string): Row {
  const rest = columns.slice(1).map(() => null);
  return [{ value: title(sheet), columnSpan: columns.length, align: 'center' }, ...rest];
}

function headingRows({ columns }: LedgerForm): readonly [Row, Row] {
  const groups = columns.map(({ group, heading }, place) => {
    if (group === heading) return { value: heading, rowSpan: 2 };
    if (columns[place - 1]?.group === group) return null;
    return { value: group, columnSpan: columns.filter((column) => column.group === group).length };
  });
  return [groups, columns.map(({ group, heading }) => (group === heading ? null : heading))];
}

function writeCell({ columns, dates }: LedgerForm, cell: LegacyCell, place: number): Row[number] {
  if (cell === null) return null;
  if (dates.includes(columns[place]?.heading ?? '')) {
    return { value: new Date(`${cell}T00:00:00Z`), format: 'yyyy-mm-dd' };
  }
  return typeof cell === 'bigint' ? String(cell) : cell;
}
