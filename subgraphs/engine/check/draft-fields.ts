import type { SourceColumn } from '../../../adapters/source-adapter.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import { SCHEMES, type Scheme } from '../../kinds/subject-key.js';
import { readAnyDate } from '../../values/dates/written/read-any-date.js';
import { readSubjectRef } from '../../values/identifiers/subject-ref.js';
import { UNIT_NAMES } from '../../values/numbers/units.js';
import { trimText } from '../../values/texts/cell-text.js';
import { isNullWord } from '../../values/texts/null-words.js';

/** A column is taken for something when this share of its non-empty cells is. */
const CONFIDENT = 0.9;

/** Columns whose cells are identifiers of subjects. */
export function draftPointers(
  columns: readonly SourceColumn[],
  cells: ReadonlyMap<string, readonly SourceValue[]>,
  personKey: string,
): readonly { scheme: Scheme; column: string }[] {
  return columns.flatMap(({ name }) => {
    const filled = (cells.get(name) ?? []).filter(isFilled);
    const scheme = SCHEMES.find((candidate) =>
      mostly(filled, (cell) => readSubjectRef(candidate, cell, { personKey }).refs[0]?.scheme === candidate),
    );
    return scheme === undefined ? [] : [{ scheme, column: name }];
  });
}

const TEXT_SHAPES: readonly (readonly [shape: RegExp, field: Readonly<Record<string, string>>])[] = [
  [/^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])$/, { type: 'Date', format: 'yyyyMMdd', sorts: 'asText' }],
  [/^\d{4}-\d{2}-\d{2}$/, { type: 'Date', format: 'yyyy-MM-dd', sorts: 'asText' }],
  [/^(19|20)\d{12}$/, { type: 'DateTime', format: 'yyyyMMddHHmmss', sorts: 'asText' }],
  [
    /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/,
    { type: 'DateTime', format: 'yyyy-MM-dd HH:mm:ss', sorts: 'asText' },
  ],
  // Leading zeros are the mark of a code, not of a number.
  [/^(?:0|-?[1-9]\d{0,8})$/, { type: 'Integer' }],
  [/^-?(?:0|[1-9]\d*)\.\d+$/, { type: 'Decimal' }],
];

/** What a column's field probably is. */
export function draftField(
  column: SourceColumn,
  cells: readonly SourceValue[],
): Readonly<Record<string, string>> {
  const base = { column: column.name };
  if (column.type === 'date') return { ...base, type: 'Date', sorts: 'native' };
  if (column.type === 'datetime') return { ...base, type: 'DateTime', sorts: 'native' };
  const unit = unitOf(column.name);
  if (column.type === 'decimal' || column.type === 'float' || unit !== null) {
    return { ...base, type: 'Decimal', ...(unit !== null && { unit }) };
  }
  if (column.type === 'integer') return { ...base, type: 'Integer' };
  if (column.type === 'boolean') return { ...base, type: 'Boolean' };
  const filled = cells.filter((cell): cell is string => typeof cell === 'string' && isFilled(cell));
  const shaped = TEXT_SHAPES.find(([shape]) => mostly(filled, (cell) => shape.test(cell)));
  if (shaped !== undefined) return { ...base, ...shaped[1] };
  return mostly(filled, isWrittenDate) ? { ...base, type: 'Date', format: 'any' } : base;
}

/** The unit that a heading names: 罚款金额（万元）, 船长(厘米). */
function unitOf(heading: string): string | null {
  const word = /[（(]([^（()）]+)[)）]$/.exec(heading.trim())?.[1];
  const unit = UNIT_NAMES.find(
    (name) => word === name || word === `单位：${name}` || word === `单位:${name}`,
  );
  return unit ?? null;
}

/** Whether a cell says anything: words for nothing (D4) are no examples of what a column holds. */
function isFilled(cell: SourceValue): boolean {
  return cell !== null && !isNullWord(trimText(String(cell)));
}

function isWrittenDate(cell: string): boolean {
  return /[年\-/.]/.test(cell) && readAnyDate(cell.trim()) !== null;
}

function mostly<T>(cells: readonly T[], holds: (cell: T) => boolean): boolean {
  return cells.length > 0 && cells.filter(holds).length >= cells.length * CONFIDENT;
}

/** Names of fields after their columns, each once; a column without Latin letters is called after its place. */
export function fieldNames(columns: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return columns.map((column, index) => {
    const wanted = fieldName(column) ?? `column${index + 1}`;
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}${count}`;
    taken.add(name);
    return name;
  });
}

/** `S_EXT_VALIDFLAG` → `sExtValidflag`; null for `检查日期`. */
function fieldName(column: string): string | null {
  const words = column.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  if (words.length === 0) return null;
  const name = words
    .map((word, index) => {
      const lower = word === word.toUpperCase() ? word.toLowerCase() : word;
      return index === 0
        ? lower.charAt(0).toLowerCase() + lower.slice(1)
        : lower.charAt(0).toUpperCase() + lower.slice(1);
    })
    .join('');
  return /^[a-z]/.test(name) ? name : `c${name}`;
}
