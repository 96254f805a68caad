import type { Wording } from './wording.js';

/** An error of the YAML parser; offsets count from the beginning of the text. */
interface ParserError {
  readonly code: string;
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

/** What a person did wrong, and where. */
type Explanation = Wording & { readonly offset: number };

const KEY = String.raw`[ \t]*(?:-[ \t]+)*["']?[\w.-]+["']?`;
/** A key with the colon of Chinese input methods, at the beginning of a line. */
const FULL_WIDTH_COLON = new RegExp(`^(${KEY}[ \\t]*)：`);
/** A key whose colon touches the value; a URL's or a time's colon is none. */
const NO_SPACE = new RegExp(`^(${KEY}):(?!//|\\s|$)`);

export const FULL_WIDTH: Wording = {
  zh: '此处是全角冒号“：”，YAML 要用半角冒号加空格“: ”',
  en: 'a full-width colon stands where YAML wants ": "',
};
export const SPACE_NEEDED: Wording = {
  zh: '冒号后要有空格',
  en: 'a space must follow the colon',
};

/** What the parser says of the commonest mistakes, by its codes. */
const SAID: ReadonlyMap<string, Wording> = new Map([
  ['TAB_AS_INDENT', { zh: '缩进不能用制表符（Tab），要用空格', en: 'tabs must not indent, only spaces' }],
  ['DUPLICATE_KEY', { zh: '键重复', en: 'keys must be unique, but this one is there twice' }],
  ['BAD_INDENT', { zh: '缩进有误，或括号未闭合', en: 'wrong indentation, or a bracket is not closed' }],
  ['BLOCK_AS_IMPLICIT_KEY', { zh: '含“: ”的值要加引号', en: 'a value that holds ": " must be quoted' }],
  [
    'MULTILINE_IMPLICIT_KEY',
    { zh: '这一行不是“键: 值”', en: 'a line must read "key: value", but this one does not' },
  ],
]);

/** Turns an error of the parser into what its cause most likely is. */
export function explainSyntax(error: ParserError, text: string): Explanation {
  return (
    colonOf(error, text, FULL_WIDTH_COLON, FULL_WIDTH) ??
    colonOf(error, text, NO_SPACE, SPACE_NEEDED) ?? { offset: error.from, ...parserWords(error) }
  );
}

function parserWords({ code, message }: ParserError): Wording {
  const en = (message.split('\n')[0] ?? code).replace(/ at line \d+, column \d+:?$/, '');
  const said = SAID.get(code);
  if (said !== undefined) return said;
  if (/closing .*quote/.test(en)) return { zh: '引号未闭合', en };
  return { zh: en, en };
}

/** The first line between the error's ends, or the one before, that has the mistake. */
function colonOf(
  { from, to }: ParserError,
  text: string,
  mistake: RegExp,
  said: Wording,
): Explanation | null {
  const start = lineStart(text, Math.max(0, lineStart(text, from) - 1));
  for (let offset = start; offset <= to && offset < text.length; ) {
    const end = text.indexOf('\n', offset);
    const line = text.slice(offset, end === -1 ? text.length : end);
    const found = mistake.exec(line);
    if (found !== null) return { offset: offset + (found[1] ?? '').length, ...said };
    if (end === -1) break;
    offset = end + 1;
  }
  return null;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
