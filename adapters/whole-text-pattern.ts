import { SourceRejected } from './source-error.js';

/**
 * One term of the dialect that JavaScript, PostgreSQL, PCRE and ICU read alike: a letter, `.`, a bracket with
 * plain characters and ranges, or a group; then at most one quantifier.
 */
const TERM =
  /[^()[\]{}*+?|^$\\.]|\.|\[[^\][^\\]+\]|\((?!\?)|\)|\||(?:[*+?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})(?![*+?{])/uy;

/**
 * The regular expression that matches exactly the texts which `matches` accepts.
 *
 * @throws {SourceRejected} on a pattern that not every source would read alike: `^`, `$`, `\`, look-around,
 *   lazy or doubled quantifiers, named classes such as `[[:digit:]]`.
 */
export function compileWholeTextPattern(pattern: string): RegExp {
  TERM.lastIndex = 0;
  let position = 0;
  while (position < pattern.length) {
    TERM.lastIndex = position;
    if (!TERM.test(pattern)) throw rejected(pattern, position);
    position = TERM.lastIndex;
  }
  try {
    // `s`: a dot is any character, as POSIX has it; `u`: characters are code points.
    return new RegExp(`^(?:${pattern})$`, 'su');
  } catch (cause) {
    throw rejected(pattern, pattern.length, cause);
  }
}

function rejected(pattern: string, position: number, cause?: unknown): SourceRejected {
  const message = `Cannot compile the pattern ${JSON.stringify(pattern)}: from character ${position + 1} on it is not plain POSIX extended syntax (no ^, $, \\, look-around, lazy quantifiers or named classes)`;
  return new SourceRejected(message, { cause });
}
