/**
 * Texts that went through the wrong encoding (D10): replacement characters, UTF-8 replacement bytes read as GBK
 * (锟斤拷), GBK or UTF-8 bytes read as Latin-1 (`ÖÜÉ½`, `å˜Š`). No Chinese text holds so many Latin-1 letters in a row.
 */
const DAMAGE =
  /\ufffd|锟斤拷|锟斤|斤拷|[\u0080-\u009f]|[\u00a1-\u00ff]{4}|[\u00e3-\u00e9][\u00a1-\u00bf\u0152-\u02dc\u2013-\u2122]{2}/;

export function isDamaged(text: string): boolean {
  return DAMAGE.test(text);
}
