import type { SqlColumn } from '../../sql/sql-table.js';
import { KIND, SPELLING } from './kept-cell.js';

/** The part of a decimal's cell that is the same for equal numbers; other cells as they are. */
export function decimalKey(expression: string): string {
  return `if(startsWith(${expression}, '${KIND.number}'), substringIndex(${expression}, '${SPELLING}', 1), ${expression})`;
}

/** The text of a cell as the port gives it; NULL for cells that have none. */
export function cellText({ type }: SqlColumn, expression: string): string {
  const isText = `startsWith(${expression}, '${KIND.text}')`;
  if (type === 'text' || type === 'json') return `if(${isText}, substring(${expression}, 2), NULL)`;
  const isNumber = `startsWith(${expression}, '${KIND.number}')`;
  return `multiIf(${isText}, substring(${expression}, 2), ${isNumber}, ${numberText(type, expression)}, NULL)`;
}

/** `number-key.ts` backwards. */
function numberText(type: SqlColumn['type'], expression: string): string {
  if (type === 'decimal') return `substring(${expression}, position(${expression}, '${SPELLING}') + 1)`;
  const digits = `substring(${expression}, 7)`;
  const mirrored = `translate(trim(TRAILING '~' FROM ${digits}), '0123456789', '9876543210')`;
  const isNegative = `startsWith(${expression}, '${KIND.number}a')`;
  const isZero = `${expression} = '${KIND.number}b'`;
  return `multiIf(${isZero}, '0', ${isNegative}, concat('-', ${plain(mirrored)}), ${plain(digits)})`;
}

/** `12.` is 12, and `.5` is 0.5. */
function plain(digits: string): string {
  return `concat(if(startsWith(${digits}, '.'), '0', ''), trim(TRAILING '.' FROM ${digits}))`;
}
