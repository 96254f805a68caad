import { parseDecimal } from '../../exact-decimal.js';
import type { AskedParameter } from '../../source-object.js';

const DEFAULT_SEPARATOR = ',';

/** The text of a parameter for some values of its column; a list is JSON. */
export function spellValues(
  { type, separator = DEFAULT_SEPARATOR }: AskedParameter,
  texts: readonly string[],
): string {
  if (type === 'list') return JSON.stringify(texts);
  return type === 'numbers' ? `[${texts.join(',')}]` : texts.join(separator);
}

/** Whether a parameter can say the value at all; a value that it cannot say stands in no row of its column. */
export function canSpell({ type }: AskedParameter, text: string): boolean {
  if (type === 'number' || type === 'numbers') return parseDecimal(text) !== null;
  return type !== 'boolean' || text === 'true' || text === 'false';
}

/** Whether the value would be read as several. */
export function isSplit({ by, type, separator = DEFAULT_SEPARATOR }: AskedParameter, text: string): boolean {
  return by === 'keys' && type !== 'list' && text.includes(separator);
}
