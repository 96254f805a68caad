import { all, any, type Condition, NEVER } from '../../../adapters/condition.js';
import type { PushedCondition } from '../value-codec.js';
import { BLANKS_PATTERN, foldedPattern, isNameable } from './spelling.js';

/**
 * True for the cells that `foldSpelling` turns into one of these texts; blanks at the ends do not count.
 * Exact unless a text holds two or more characters that no pattern can name.
 */
export function spelledAs(column: string, folded: Iterable<string>): PushedCondition {
  const nameable: string[] = [];
  const others: Condition[] = [];
  let exact = true;
  for (const text of folded) {
    if (isNameable(text)) {
      nameable.push(foldedPattern(text));
      continue;
    }
    const unnameable = [...text].filter((character) => !isNameable(character));
    exact &&= unnameable.length === 1;
    others.push(
      all([
        matches(column, `${BLANKS_PATTERN}${foldedPattern(text)}${BLANKS_PATTERN}`),
        ...unnameable.map((character) => holdsInAnyWidth(column, character)),
      ]),
    );
  }
  const plain =
    nameable.length === 0
      ? NEVER
      : matches(column, `${BLANKS_PATTERN}(${nameable.join('|')})${BLANKS_PATTERN}`);
  return { condition: any([plain, ...others]), exact };
}

export function matches(column: string, pattern: string): Condition {
  return { kind: 'matches', column, pattern };
}

function holdsInAnyWidth(column: string, character: string): Condition {
  const code = character.charCodeAt(0);
  const widths = code > 0x7e ? [character] : [character, String.fromCharCode(code + 0xfee0)];
  return any(widths.map((text): Condition => ({ kind: 'contains', column, text })));
}
