/** By code point, which is the order of the bytes in UTF-8. */
export function compareTexts(left: string, right: string): number {
  return Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right)));
}
