import { SourceRejected } from '../../source-error.js';
import { NO_XML_CHARACTER } from './xml-characters.js';

/** Blanks are written as references, because attributes and line endings would be normalised at the other end. */
const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  ['\t', '&#9;'],
  ['\n', '&#10;'],
  ['\r', '&#13;'],
]);

/**
 * Writes a value so that it is the same text again wherever it is put, in content or in a quoted attribute.
 *
 * @throws {SourceRejected} on a character that XML cannot hold.
 */
export function escapeXml(value: string): string {
  if (NO_XML_CHARACTER.test(value)) {
    throw new SourceRejected(
      'Cannot write a value as XML: it must hold characters of XML only, but holds others',
      {
        detail:
          '查询条件含有该来源无法接收的字符（如控制字符）。 The filter holds a character, such as a control character, that this source cannot be sent.',
      },
    );
  }
  return value.replace(/[&<>"'\t\n\r]/g, (character) => REFERENCES.get(character) ?? character);
}
