import type { SourceValue } from '../../../../adapters/source-value.js';
import { trimText } from '../../../values/texts/cell-text.js';
import { isNullWord } from '../../../values/texts/null-words.js';

/** A column is taken for something when this share of its non-empty cells is. */
const CONFIDENT = 0.9;

/** Whether a cell says anything: words for nothing (D4) are no examples of what a column holds. */
export function isFilled(cell: SourceValue): boolean {
  return cell !== null && !isNullWord(trimText(String(cell)));
}

export function mostly<T>(cells: readonly T[], holds: (cell: T) => boolean): boolean {
  return cells.length > 0 && cells.filter(holds).length >= cells.length * CONFIDENT;
}
