import type { Draw } from './draw.js';
import type { FileLayout } from './file-mapping.js';
import type { SpeltCell } from './spell-cell.js';
import { COLUMNS, type Column, HEADINGS, type TrueRow } from './true-table.js';

/** A line of a file before a program writes it: a row of the table, or what people put around one. */
export type Line =
  | { readonly kind: 'row'; readonly row: TrueRow }
  | { readonly kind: 'aside'; readonly texts: Partial<Readonly<Record<Column, string>>> }
  | { readonly kind: 'blank' };

export interface PlausibleSheet {
  readonly layout: FileLayout;
  /** In the order of the file; null is a column without a heading. */
  readonly columns: readonly (Column | null)[];
  readonly lines: readonly Line[];
}

const GROUPS: Readonly<Record<Column, string>> = {
  id: '基本信息',
  uscc: '基本信息',
  boat: '基本信息',
  permit: '证照',
  phone: '证照',
  fine: '处罚',
  count: '处罚',
  day: '时间',
  at: '时间',
  ok: '结果',
  town: '结果',
  note: '结果',
};

const TITLES = ['嵊泗县民宿台账', '台账（2026 年 6 月）'] as const;

const ASIDES: readonly [Line, ...Line[]] = [
  { kind: 'aside', texts: { id: '合计', fine: '300.00' } },
  { kind: 'aside', texts: { id: '总 计：', fine: '300', count: '7' } },
  { kind: 'aside', texts: { id: '菜园镇小计', count: '3' } },
  { kind: 'aside', texts: { id: '注：以上数据截至6月30日' } },
  { kind: 'aside', texts: { id: '制表人：张三' } },
  { kind: 'aside', texts: { id: '以下空白' } },
];

export function drawLayout(draw: Draw, format: Pick<FileLayout, 'delimiter' | 'charset'>): FileLayout {
  const headerRow = draw.pick([1, 1, 2, 3]);
  return draw.chance(0.3) ? { ...format, headerRow, groups: GROUPS } : { ...format, headerRow };
}

export function drawSheet(draw: Draw, layout: FileLayout, rows: readonly TrueRow[]): PlausibleSheet {
  const ordered: (Column | null)[] = layout.groups === undefined ? draw.shuffle(COLUMNS) : [...COLUMNS];
  if (draw.chance(0.2)) ordered.splice(draw.below(ordered.length + 1), 0, null);
  const lines: Line[] = [];
  if (draw.chance(0.05)) lines.push({ kind: 'aside', texts: numbersOf(ordered) });
  for (const row of rows) {
    if (draw.chance(0.1)) lines.push({ kind: 'blank' });
    // Ledgers say the headings again on every printed page.
    if (draw.chance(0.03)) lines.push({ kind: 'aside', texts: HEADINGS });
    lines.push({ kind: 'row', row });
  }
  if (draw.chance(0.3)) lines.push(draw.pick(ASIDES));
  if (draw.chance(0.1)) lines.push({ kind: 'blank' }, draw.pick(ASIDES));
  return { layout, columns: ordered, lines };
}

/** `1 2 3` below the headings, as statistics number their columns. */
function numbersOf(columns: readonly (Column | null)[]): Partial<Record<Column, string>> {
  const numbered = columns.filter((column) => column !== null);
  return Object.fromEntries(numbered.map((column, index) => [column, String(index + 1)]));
}

/** The rows above the data: titles, and headings in one row or two. */
export function headLines(
  draw: Draw,
  { layout, columns }: PlausibleSheet,
): readonly (readonly (string | null)[])[] {
  const titles = Array.from({ length: layout.headerRow - 1 }, (_, index) => [
    index === 0 ? draw.pick(TITLES) : null,
  ]);
  const headings = columns.map((column) => (column === null ? null : decorated(draw, HEADINGS[column])));
  if (layout.groups === undefined) return [...titles, headings];
  const { groups } = layout;
  let before = '';
  const upper = columns.map((column) => {
    const group = column === null ? before : groups[column];
    const isNew = group !== before;
    before = group;
    return isNew ? group : null;
  });
  return [...titles, upper, headings];
}

/** As clerks fit headings into narrow columns. */
function decorated(draw: Draw, heading: string): string {
  if (draw.chance(0.9)) return heading;
  return draw.pick([` ${heading}`, `${heading.slice(0, 2)}\n${heading.slice(2)}`, `${heading}\u200b`]);
}

export function asideCells(
  { columns }: PlausibleSheet,
  texts: Partial<Readonly<Record<Column, string>>>,
): readonly (SpeltCell | null)[] {
  return columns.map((column) => {
    const text = column === null ? undefined : texts[column];
    return text === undefined ? null : { kind: 'text', text };
  });
}
