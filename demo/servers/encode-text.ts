import iconv from 'iconv-lite';

const held = new Map<string, boolean>();

/** Whether GBK has the character; GB2312 and GBK both lack islets such as 㟙, and every emoji. */
function isInGbk(character: string): boolean {
  const known = held.get(character);
  if (known !== undefined) return known;
  const found = iconv.decode(iconv.encode(character, 'gbk'), 'gbk') === character;
  held.set(character, found);
  return found;
}

/** Characters outside GBK as numeric references, as XML serialisers write them: `㟙` is `&#14297;`. */
export function withNumericReferences(xml: string): string {
  return xml.replace(/[^\0-\x7f]/gu, (character) =>
    isInGbk(character) ? character : `&#${character.codePointAt(0)};`,
  );
}

export function encodeText(text: string, charset: 'utf-8' | 'gbk'): Buffer {
  return charset === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, 'gbk');
}
