import type { SourceColumn } from '../../../../adapters/source-adapter.js';
import type { SourceValue } from '../../../../adapters/source-value.js';
import { SCHEMES, type Scheme } from '../../../kinds/subject-key.js';
import { readAnyDate } from '../../../values/dates/written/read-any-date.js';
import { readSubjectRef } from '../../../values/identifiers/subject-ref.js';
import { UNIT_NAMES } from '../../../values/numbers/units.js';
import { epochFormat } from './epoch-format.js';
import { isFilled, mostly } from './filled.js';
import { type SeenCode, seenCodes } from './seen-codes.js';

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
  [/^-?\d+(?:\.\d+)?\s*[%％]$/, { type: 'Decimal', unit: '%' }],
];

/** A field as it is drafted, and the codes that its column holds. */
export interface DraftedField {
  readonly field: Readonly<Record<string, string>>;
  /** Null: it holds none. */
  readonly codes: readonly SeenCode[] | null;
}

/** What a column's field probably is; of type Code without the name of a list, which is its drafter's. */
export function draftField(column: SourceColumn, cells: readonly SourceValue[]): DraftedField {
  const { comment = '' } = column;
  const title = comment.trim();
  const base = { column: column.name, ...(title !== '' && { description: title }) };
  const plain = (field: Readonly<Record<string, string>>): DraftedField => ({
    field: { ...base, ...field },
    codes: null,
  });
  if (column.type === 'date') return plain({ type: 'Date', sorts: 'native' });
  if (column.type === 'datetime') return plain({ type: 'DateTime', sorts: 'native' });
  if (column.type === 'boolean') return plain({ type: 'Boolean' });
  const unit = unitOf(column.name) ?? unitOf(comment);
  if (column.type === 'decimal' || column.type === 'float' || unit !== null) {
    return plain({ type: 'Decimal', ...(unit !== null && { unit }) });
  }
  const format = epochFormat(cells);
  if (format !== null)
    return plain({ type: 'DateTime', format, ...(column.type === 'integer' && { sorts: 'asNumber' }) });
  const drafted = column.type === 'integer' ? { type: 'Integer' } : draftText(cells);
  // Dates and amounts may repeat as well.
  const codes = drafted.type === undefined || drafted.type === 'Integer' ? seenCodes(column, cells) : null;
  return codes === null ? plain(drafted) : { field: { ...base, type: 'Code' }, codes };
}

function draftText(
  cells: readonly SourceValue[],
): { readonly type?: string } & Readonly<Record<string, string>> {
  const filled = cells.filter((cell): cell is string => typeof cell === 'string' && isFilled(cell));
  const shaped = TEXT_SHAPES.find(([shape]) => mostly(filled, (cell) => shape.test(cell)));
  if (shaped !== undefined) return shaped[1];
  if (mostly(filled, isTruth)) return { type: 'Boolean' };
  return mostly(filled, isWrittenDate) ? { type: 'Date', format: 'any' } : {};
}

/** The unit that a heading names: 罚款金额（万元）, 船长(厘米), 罚款金额，单位：万元. */
function unitOf(heading: string): string | null {
  const word = /[（(](?:单位[：:])?([^（()）]+)[)）]|单位[：:]\s*([^\s，,；;。]+)/.exec(heading.trim());
  const named = (word?.[1] ?? word?.[2])?.trim();
  return UNIT_NAMES.find((name) => name === named) ?? null;
}

const TRUTHS: ReadonlySet<string> = new Set(['是', '否', '有', '无', 'Y', 'N', 'YES', 'NO', 'TRUE', 'FALSE']);

function isTruth(cell: string): boolean {
  return TRUTHS.has(cell.trim().toUpperCase());
}

function isWrittenDate(cell: string): boolean {
  return /[年\-/.]/.test(cell) && readAnyDate(cell.trim()) !== null;
}
