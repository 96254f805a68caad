import { attributeOf, parseXml } from './parse-xml.mjs';

/** @typedef {'number' | 'date' | 'datetime' | 'time' | 'elapsed'} NumberKind what a cell's number stands for */

/** ECMA-376 Part 1, 18.8.30, the Chinese ones included; of the Chinese times of day only the hours are left. @type {readonly (readonly [number, number, NumberKind])[]} */
const BUILT_IN = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'datetime'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 45, 'time'],
  [46, 46, 'elapsed'],
  [47, 47, 'time'],
  [50, 54, 'date'],
  [55, 56, 'time'],
  [57, 58, 'date'],
];
const FIRST_CUSTOM = 164;

/**
 * The kinds of numbers by the number of a cell's style.
 *
 * @param {import('./zip-package.mjs').ZipPackage} zip
 * @param {string | null} part
 * @returns {Promise<readonly NumberKind[]>}
 */
export async function readNumberKinds(zip, part) {
  if (part === null || !zip.has(part)) return [];
  /** @type {Map<number, NumberKind>} */
  const custom = new Map();
  /** @type {number[]} */
  const formats = [];
  let isCellStyle = false;
  await parseXml(zip, part, {
    open: (name, attributes) => {
      const format = Number(attributeOf(attributes, 'numFmtId') ?? 0);
      if (name === 'numFmt') custom.set(format, classifyFormat(attributeOf(attributes, 'formatCode') ?? ''));
      else if (name === 'cellXfs') isCellStyle = true;
      else if (name === 'xf' && isCellStyle) formats.push(format);
    },
    close: (name) => {
      if (name === 'cellXfs') isCellStyle = false;
    },
  });
  return formats.map((format) => custom.get(format) ?? builtIn(format));
}

/**
 * @param {number} format
 * @returns {NumberKind}
 */
function builtIn(format) {
  if (format >= FIRST_CUSTOM) return 'number';
  return BUILT_IN.find(([first, last]) => format >= first && format <= last)?.[2] ?? 'number';
}

/**
 * What a format code such as `yyyy"年"m"月"d"日"` shows.
 *
 * @param {string} code
 * @returns {NumberKind}
 */
function classifyFormat(code) {
  const shown = code.toLowerCase().replace(/"[^"]*"|\\.|_.|\*./g, '');
  if (/\[(?:h+|m+|s+)\]/.test(shown)) return 'elapsed';
  const [letters = ''] = shown
    // Colours, currencies and languages; exponents; halves of the day.
    .replace(/\[[^\]]*\]|e[+-]|general|am\/pm|a\/p/g, '')
    .split(';', 1);
  const hasTime = /[hs]/.test(letters);
  if (/[yde]|aaa|mmm/.test(letters)) return hasTime ? 'datetime' : 'date';
  if (hasTime) return 'time';
  // `m` without hours or seconds is a month.
  return letters.includes('m') ? 'date' : 'number';
}
