const CLOSED: Readonly<Record<string, string>> = {
  '〔': '(',
  '[': '(',
  '【': '(',
  '﹝': '(',
  '〕': ')',
  ']': ')',
  '】': ')',
  '﹞': ')',
};

/**
 * Whether two texts are the same document number (domain §2.6.2): width, case, blanks, the shape of brackets, 第, a
 * last 号 and leading zeros of the running number do not count.
 */
export function isSameNumber(left: string, right: string): boolean {
  return plainNumber(left) === plainNumber(right);
}

function plainNumber(text: string): string {
  const usual = text.normalize('NFKC').toUpperCase().replace(/\s/g, '');
  let plain = '';
  for (const character of usual) plain += CLOSED[character] ?? character;
  plain = plain.endsWith('号') ? plain.slice(0, -1) : plain;
  // A running number follows a bracket or a Chinese character; codes that are digits through and through keep zeros.
  return plain
    .replace(/([^0-9A-Z-])0+(\d)/g, '$1$2')
    .split('第')
    .join('');
}
