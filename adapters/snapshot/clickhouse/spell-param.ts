import type { SqlParam } from '../../sql/sql-fragment.js';

/** What TabSeparated, and a quoted text, must not hold as it is. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** The type in the place of a parameter: `{p1:String}`. */
export function typeOfParam(value: SqlParam | undefined): 'String' | 'Array(String)' {
  return Array.isArray(value) ? 'Array(String)' : 'String';
}

/** A parameter as it travels beside the statement: a text escaped as in TabSeparated, a list as an array of such. */
export function spellParam(value: SqlParam): string {
  if (Array.isArray(value)) return `[${value.map((text: string) => `'${escapeText(text)}'`).join(',')}]`;
  return escapeText(String(value));
}

/** Bytes of a text in a list of texts, at most. */
export function roomOf(text: string): number {
  return Buffer.byteLength(escapeText(text)) + 3;
}

function escapeText(text: string): string {
  return text.replace(/[\\'\0\b\f\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}
