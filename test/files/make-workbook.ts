import type { Draw } from './draw.js';
import { asideCells, headLines, type PlausibleSheet } from './plausible-sheet.js';
import { CellSpeller, type SpeltCell } from './spell-cell.js';
import {
  drawProgram,
  lettersOf,
  type Sheet,
  type SheetRow,
  writePlausibleWorkbook,
} from './write-plausible-workbook.js';

const OTHER = [{ row: 1, cells: [{ kind: 'text', text: '填写说明' } satisfies SpeltCell] }];

/** A workbook of tables, one sheet each, with the sheets that usually lie beside them. */
export function makeWorkbook(draw: Draw, tables: readonly PlausibleSheet[]): Buffer {
  const program = drawProgram(draw);
  const speller = new CellSpeller(draw, program);
  const sheets = tables.map((table, index) => makeSheet(draw, `台账${index + 1}`, table, speller));
  const beside: Sheet[] = [
    { name: '说明', rows: OTHER, merges: [] },
    { name: '字典', rows: OTHER, merges: [], isHidden: true },
    { name: 'Sheet3', rows: [], merges: [] },
  ];
  for (const other of beside) {
    if (draw.chance(0.3)) sheets.splice(draw.below(sheets.length + 1), 0, other);
  }
  return writePlausibleWorkbook(sheets, program, draw);
}

function makeSheet(draw: Draw, name: string, sheet: PlausibleSheet, speller: CellSpeller): Sheet {
  const rows: SheetRow[] = [];
  const merges: string[] = [];
  const head = headLines(draw, sheet);
  for (const texts of head) {
    if (texts.some((text) => text !== null)) rows.push({ row: rows.length + 1, cells: texts.map(cellOf) });
    else rows.push({ row: rows.length + 1, cells: [] });
  }
  mergeHead(sheet, head, merges);
  let number = rows.length;
  for (const line of sheet.lines) {
    number += 1;
    if (line.kind === 'blank' && draw.chance(0.5)) continue;
    rows.push({ row: number, cells: cellsOf(line, sheet, speller) });
  }
  const table = addTotals(draw, sheet, rows, number);
  mergeTowns(draw, sheet, rows, merges);
  return { name, rows, merges, ...(table !== undefined && { table }) };
}

function cellOf(text: string | null): SpeltCell | null {
  return text === null ? null : { kind: 'text', text };
}

function cellsOf(
  line: PlausibleSheet['lines'][number],
  sheet: PlausibleSheet,
  speller: CellSpeller,
): readonly (SpeltCell | null)[] {
  if (line.kind === 'aside') return asideCells(sheet, line.texts);
  if (line.kind === 'blank') return sheet.columns.map(() => null);
  const spelt = speller.spell(line.row);
  return sheet.columns.map((column) => (column === null ? null : spelt[column]));
}

/** The upper heading stands in the first of its cells; a heading without a group reaches over both rows. */
function mergeHead(
  { layout, columns }: PlausibleSheet,
  head: readonly (readonly (string | null)[])[],
  merges: string[],
): void {
  const { headerRow, groups } = layout;
  if (headerRow > 1) merges.push(`A1:${lettersOf(columns.length - 1)}1`);
  if (groups === undefined) return;
  const upper = head[headerRow - 1] ?? [];
  upper.forEach((text, column) => {
    if (text === null) return;
    let last = column;
    while (last + 1 < columns.length && (upper[last + 1] ?? null) === null) last += 1;
    if (last > column) merges.push(`${lettersOf(column)}${headerRow}:${lettersOf(last)}${headerRow}`);
  });
}

/** A table object over the whole sheet, whose last row sums up. */
function addTotals(
  draw: Draw,
  { layout, columns }: PlausibleSheet,
  rows: SheetRow[],
  last: number,
): string | undefined {
  if (layout.groups !== undefined || layout.headerRow !== 1 || !draw.chance(0.2)) return undefined;
  const row = last + 1;
  const label = draw.pick(['汇总', '合计', '3', '两件']);
  rows.push({
    row,
    cells: columns.map((column) =>
      column === 'id'
        ? { kind: 'text', text: label }
        : column === 'fine'
          ? { kind: 'number', number: '300', format: 0, isFormula: true }
          : null,
    ),
  });
  return `A1:${lettersOf(columns.length - 1)}${row}`;
}

/** Townships beside all of their rows. */
function mergeTowns(draw: Draw, { columns }: PlausibleSheet, rows: SheetRow[], merges: string[]): void {
  const column = columns.indexOf('town');
  if (!draw.chance(0.3)) return;
  for (let index = 1; index < rows.length; index += 1) {
    const [above, here] = [rows[index - 1], rows[index]];
    const [first, second] = [above?.cells[column], here?.cells[column]];
    const isSame = first?.kind === 'text' && second?.kind === 'text' && first.text === second.text;
    if (!isSame || above === undefined || here === undefined || here.row !== above.row + 1) continue;
    merges.push(`${lettersOf(column)}${above.row}:${lettersOf(column)}${here.row}`);
    rows[index] = { ...here, cells: here.cells.map((cell, place) => (place === column ? null : cell)) };
    index += 1;
  }
}
