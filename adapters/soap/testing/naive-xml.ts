/** An element as the naive reader sees it: local name, text, children. */
export interface NaiveElement {
  readonly name: string;
  text: string;
  isNil: boolean;
  readonly children: NaiveElement[];
}

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/[^>]*>|<([^\s/>]+)((?:"[^"]*"|'[^']*'|[^>"'])*)>|([^<]+)/g;

/**
 * Reads XML that is known to be well-formed, in another way than the product: one expression, a stack, no checks.
 * Attributes but `xsi:nil` are left out.
 */
export function readNaively(xml: string): NaiveElement {
  const root: NaiveElement = { name: '', text: '', isNil: false, children: [] };
  const stack = [root];
  const document = xml.replace(/^\ufeff?\s*<\?xml[^>]*\?>/, '').replace(/\r\n?/g, '\n');
  for (const [token, cdata, tag, rest = '', text] of document.matchAll(TOKEN)) {
    const top = stack.at(-1) ?? root;
    if (cdata !== undefined) top.text += cdata;
    else if (text !== undefined) top.text += unescapeNaively(text);
    else if (token.startsWith('</')) stack.pop();
    else if (tag !== undefined) {
      const isNil = /\s[^\s=]+:nil\s*=\s*["'](?:true|1)["']/.test(rest);
      const element = { name: tag.replace(/^[^:]*:/, ''), text: '', isNil, children: [] };
      top.children.push(element);
      if (!rest.endsWith('/')) stack.push(element);
    }
  }
  return root;
}

function unescapeNaively(text: string): string {
  return text
    .replace(
      /&#x([0-9a-fA-F]+);/g,
      (_, hex: string) => `\0${String.fromCodePoint(Number.parseInt(hex, 16))}\0`,
    )
    .replace(/&#([0-9]+);/g, (_, digits: string) => `\0${String.fromCodePoint(Number(digits))}\0`)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll('\0', '');
}
