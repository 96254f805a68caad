const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML 1.0 cannot hold, and what looks like the escape for it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stay
const UNHOLDABLE = /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text inside a part of a workbook (ECMA-376 part 1, §22.9.2.19: `_x000D_` is a carriage return). */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, (sign) => MARKUP[sign] ?? sign)
    .replace(UNHOLDABLE, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(LONE_SURROGATE, '\ufffd');
}
