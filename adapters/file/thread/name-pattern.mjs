/**
 * Whether a sheet's name is one of those that a pattern stands for, letter case and Unicode composition aside. The same
 * language as that of file names in `match-name.ts`, which this thread cannot load.
 *
 * @param {string} pattern `*` and `?` stand for any characters.
 * @returns {(name: string) => boolean}
 */
export function compilePattern(pattern) {
  const source = fold(pattern).replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => {
    if (sign === '*') return '.*';
    return sign === '?' ? '.' : `\\${sign}`;
  });
  const expression = new RegExp(`^${source}$`, 'su');
  return (name) => expression.test(fold(name));
}

/** @param {string} text */
function fold(text) {
  return text.normalize('NFC').trim().toLowerCase();
}
