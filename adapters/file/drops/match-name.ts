/**
 * Whether a file's name is one of those that the pattern stands for, letter case and Unicode composition aside:
 * file systems and hands differ in both.
 *
 * @param pattern `*` and `?` stand for any characters.
 */
export function compileNamePattern(pattern: string): (name: string) => boolean {
  const source = fold(pattern).replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => {
    if (sign === '*') return '.*';
    return sign === '?' ? '.' : `\\${sign}`;
  });
  const expression = new RegExp(`^${source}$`, 'su');
  return (name) => !isPassing(name) && expression.test(fold(name));
}

/** Files that are not meant as drops: uploads under way, locks of an open workbook, hidden files. */
function isPassing(name: string): boolean {
  return /^(?:~\$|\.)|\.(?:tmp|part)$/i.test(name);
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
