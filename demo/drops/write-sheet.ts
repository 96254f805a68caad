import writeExcelFile, { type Row } from 'write-excel-file/node';
import type { LegacyCell, LegacyColumnType, LegacyTable } from '../stores/legacy-table.js';
import { withoutTimes } from './zip-times.js';

/** A table as a form's export: one sheet, its columns as headings, days as real dates. */
export async function writeSheet({ name, columns, rows }: LegacyTable): Promise<Buffer> {
  const headings: Row = columns.map((column) => ({ value: column.name }));
  const data = Array.from(rows, (cells) =>
    cells.map((cell, place) => writeCell(cell, columns[place]?.type ?? 'text')),
  );
  return withoutTimes(await writeExcelFile([{ sheet: name, data: [headings, ...data] }]).toBuffer());
}

function writeCell(cell: LegacyCell, type: LegacyColumnType['type']): Row[number] {
  if (cell === null) return null;
  if (type === 'date') return { value: new Date(`${cell}T00:00:00Z`), format: 'yyyy-mm-dd' };
  return typeof cell === 'bigint' ? String(cell) : cell;
}
