import fc from 'fast-check';

const BLANK = fc.constantFrom('', ' ', '  ', '\t', '\r\n', '\u3000', '\u200b', '\ufeff', '\u00a0');

/** Null words and other texts that no column should hold. */
export const JUNK = fc.constantFrom<string | null>(
  null,
  '',
  ' ',
  '\u3000',
  'null',
  'NULL',
  'undefined',
  '\\N',
  '\\n',
  ' \\N\r',
  '＼Ｎ',
  '暂无',
  '无',
  ' 无 ',
  '-',
  '--',
  'N/A',
  'n/a',
  '长期',
  '锟斤拷',
  '\ufffd',
  'ÖÜÉ½',
  '0',
  '1',
  '*',
  '[',
  ']',
  '^',
  '\\',
  '.',
  '(',
  ')',
  '|',
  ',',
  '，',
  ';',
  '、',
  ' a',
  '=""',
  "'",
  '="无"',
  "'1",
  '="1,2"',
  '＇1',
  "'1'",
  '"1"',
  '=',
  '"',
  '="="1""',
  '\'="1"',
  '𣗋',
  '㟙',
  '\u2028',
);

/** A text as clerks and programs mistreat it: blanks around it, full width, other case, an exporter's guard. */
export function dirtied(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      BLANK,
      texts,
      BLANK,
      fc.constantFrom<(text: string) => string>(same, same, wide, lower, upper),
      fc.constantFrom<(text: string) => string>(same, same, same, apostrophe, formula),
    )
    .map(([before, text, after, spoil, guard]) => `${before}${guard(spoil(text))}${after}`);
}

function apostrophe(text: string): string {
  return `'${text}`;
}

function formula(text: string): string {
  return `="${text}"`;
}

function same(text: string): string {
  return text;
}

function lower(text: string): string {
  return text.toLowerCase();
}

function upper(text: string): string {
  return text.toUpperCase();
}

/** Full width, as Chinese input methods write digits and letters. */
export function wide(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}

/** Any text that every source can store. */
export const ANY_TEXT = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter((text) => !text.includes('\u0000'));
