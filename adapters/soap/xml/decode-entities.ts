import { SourceMalformed } from '../../source-error.js';
import { NO_XML_CHARACTER } from './xml-characters.js';

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt;', '<'],
  ['gt;', '>'],
  ['amp;', '&'],
  ['quot;', '"'],
  ['apos;', "'"],
]);
const NUMBERED = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));$/;

/**
 * Resolves the five entities and numeric references, once.
 *
 * @throws {SourceMalformed} on any other entity, so that none is ever defined, fetched or expanded.
 */
export function decodeEntities(text: string, action: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{0,10};)?/g, (_, reference: string | undefined) => {
    const character = reference === undefined ? undefined : (NAMED.get(reference) ?? numbered(reference));
    if (character !== undefined) return character;
    throw new SourceMalformed(
      `Cannot ${action}: the XML must use the five entities and numeric references only, but has ` +
        JSON.stringify(`&${reference ?? ''}`),
    );
  });
}

function numbered(reference: string): string | undefined {
  const match = NUMBERED.exec(reference);
  if (match === null) return undefined;
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  const character = code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
  return NO_XML_CHARACTER.test(character) ? undefined : character;
}
