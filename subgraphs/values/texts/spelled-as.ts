import { all, any, type Condition, NEVER, not } from '../../../adapters/condition.js';
import type { PushedCondition } from '../value-codec.js';
import { withoutGuard } from './cell-text.js';
import { BLANKS_PATTERN, foldedPattern, isNameable } from './spelling.js';

/**
 * True for the cells that `foldSpelling` turns into one of these texts; blanks at the ends and an exporter's
 * guard do not count. Exact unless a text holds two or more characters that no pattern can name.
 */
export function spelledAs(column: string, folded: Iterable<string>): PushedCondition {
  const nameable: string[] = [];
  const others: Condition[] = [];
  let exact = true;
  for (const text of folded) {
    // `foldSpelling` never leaves a guard.
    if (withoutGuard(text) !== text) continue;
    if (isNameable(text)) {
      nameable.push(foldedPattern(text));
      continue;
    }
    const unnameable = [...text].filter((character) => !isNameable(character));
    exact &&= unnameable.length === 1;
    others.push(
      all([
        guardedMatches(column, foldedPattern(text)),
        ...unnameable.map((character) => holdsInAnyWidth(column, character)),
      ]),
    );
  }
  const plain = nameable.length === 0 ? NEVER : guardedMatches(column, `(${nameable.join('|')})`);
  return { condition: any([plain, ...others]), exact };
}

/**
 * True for the cells that match a pattern once `trimText` and `withoutGuard` are done with them.
 *
 * @param pattern matches no text that has a guard itself. `.` in it may stand for quotes.
 */
export function guardedMatches(column: string, pattern: string): Condition {
  const padded = `${BLANKS_PATTERN}${pattern}${BLANKS_PATTERN}`;
  return any([matches(column, padded), matchesInGuard(column, pattern)]);
}

/** True for the cells that have a guard, and match a pattern without it. */
export function matchesInGuard(column: string, pattern: string): Condition {
  const padded = `${BLANKS_PATTERN}${pattern}${BLANKS_PATTERN}`;
  return all([
    // Most cells have no guard, and fail at their first character.
    matches(column, `${BLANKS_PATTERN}['=＇＝].*`),
    any([
      all([matches(column, `${BLANKS_PATTERN}['＇]${padded}`), not(matches(column, ".*['＇].*['＇].*"))]),
      all([
        matches(column, `${BLANKS_PATTERN}[=＝]["＂]${padded}["＂]${BLANKS_PATTERN}`),
        not(matches(column, '.*["＂].*["＂].*["＂].*')),
      ]),
    ]),
  ]);
}

export function matches(column: string, pattern: string): Condition {
  return { kind: 'matches', column, pattern };
}

function holdsInAnyWidth(column: string, character: string): Condition {
  const code = character.charCodeAt(0);
  const widths = code > 0x7e ? [character] : [character, String.fromCharCode(code + 0xfee0)];
  return any(widths.map((text): Condition => ({ kind: 'contains', column, text })));
}
