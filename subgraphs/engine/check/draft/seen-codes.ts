import type { SourceColumn } from '../../../../adapters/source-adapter.js';
import type { SourceValue } from '../../../../adapters/source-value.js';
import { isFilled } from './filled.js';

/** More different cells than this are no codes. */
const MAX_CODES = 20;
/** Each code is seen this often on average, at least. */
const REPEATS = 3;
/** Longer cells are sentences. */
const MAX_LENGTH = 20;

/** Words in a heading, a comment or a column's name that speak for codes, and for numbers. */
const CODE_WORDS =
  /代码|编码|字典|类型|种类|类别|状态|结果|性质|方式|级别|等级|标志|标识|是否|code|type|state|status|result|flag|kind|level|(?:lx|zt|jg|lb|dm|bz|fs|xz|jb)$/i;
const NUMBER_WORDS =
  /数|量|人次|次数|金额|年龄|天数|面积|长度|吨位|count|num|amount|total|qty|age|days|(?:rs|sl|je|ts|cs)$/i;

/** A code that a column holds. */
export interface SeenCode {
  readonly code: string;
  /** What the column's comment says of it: `1合格 2不合格`; empty when it says nothing. */
  readonly label: string;
}

/** The few values that a column repeats, in their order; null when it does not look like one of codes. */
export function seenCodes(column: SourceColumn, cells: readonly SourceValue[]): readonly SeenCode[] | null {
  const words = `${column.name} ${column.comment ?? ''}`;
  const filled = cells.filter(isFilled).map((cell) => String(cell).trim());
  const codes = [...new Set(filled)].sort((left, right) =>
    left.localeCompare(right, 'zh', { numeric: true }),
  );
  const hasHint = CODE_WORDS.test(words);
  if (codes.length < (hasHint ? 1 : 2) || codes.length > MAX_CODES || filled.length < codes.length * REPEATS)
    return null;
  if (codes.some((code) => code.length > MAX_LENGTH || /^-?\d*\.\d+$/.test(code))) return null;
  const areNumbers = codes.every((code) => /^\d+$/.test(code));
  if (areNumbers && !hasHint && (NUMBER_WORDS.test(words) || codes.length > 10)) return null;
  return codes.map((code) => ({ code, label: labelOf(code, column.comment ?? '') }));
}

function labelOf(code: string, comment: string): string {
  if (!/^[\w-]+$/.test(code)) return code;
  const said = new RegExp(
    `(?<![\\w-])${code}(?![\\w])\\s*[-:：=、.．]?\\s*([\\p{Script=Han}（）()]+)`,
    'u',
  ).exec(comment);
  const glued = new RegExp(`(?<![\\w-])${code}([\\p{Script=Han}（）()]+)`, 'u').exec(comment);
  return said?.[1] ?? glued?.[1] ?? '';
}
