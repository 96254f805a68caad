import { LEVELS, type Level } from '../../../runtime/level.js';

/** A description in SDL, in a block where it spans lines or holds quotes. */
export function describe(words: string, indent = ''): string {
  if (!/[\n"\\]/.test(words)) return `${indent}"${words}"\n`;
  const lines = words.split('\n').map((line) => `${indent}${line}\n`);
  return `${indent}"""\n${lines.join('')}${indent}"""\n`;
}

/** One field, input or value with its description, and its level where that is higher than the lowest. */
export function member(words: string | null, text: string, level: Level = LEVELS[0]): string {
  return `${words === null ? '' : describe(words, '  ')}  ${text}${levelTag(level)}\n`;
}

/**
 * How the supergraph tells a level: what has no such tag is open. Filters, orders, dimensions and measures by a field are
 * tagged like the field, so that nobody learns by them what he may not read.
 */
export function levelTag(level: Level): string {
  return level === LEVELS[0] ? '' : ` @tag(name: "${level}")`;
}

/** `enum X { … }` with a description for each value. */
export function enumSdl(
  name: string,
  words: string,
  values: Iterable<readonly [name: string, words: string, level?: Level | undefined]>,
): string {
  return `${describe(words)}enum ${name} {\n${[...values].map(([value, text, level]) => member(text, value, level)).join('')}}\n`;
}

/** Of everything that counts rows: some callers are not told exact counts of natural persons. */
export const ROUNDED_MEMBER = member(
  '非空：涉及自然人，计数取整为其倍数，不足其一半的组不列出. Not null: counts of persons, rounded to multiples of this; groups of fewer than half of it are left out.',
  'roundedTo: Int',
);
