import { all, type Condition } from '../../condition.js';

const LAST_BEFORE_SURROGATES = 0xd7ff;
const FIRST_AFTER_SURROGATES = 0xe000;
const LAST_CODE_POINT = 0x10ffff;

/**
 * Holds for every text that starts with the prefix, and names the stretch of an index where they stand: `浙海` and
 * what follows sorts from `浙海` to before `浙浸`. Only for columns whose cells compare as texts.
 */
export function stretchOfPrefix(column: string, prefix: string): Condition {
  const end = firstAfter(prefix);
  const from: Condition = { kind: 'compare', column, op: 'gte', value: prefix };
  return end === null ? from : all([from, { kind: 'compare', column, op: 'lt', value: end }]);
}

/** The first text after all that start with the prefix; null when there is none. */
function firstAfter(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === LAST_CODE_POINT) points.pop();
  const last = points.pop();
  if (last === undefined) return null;
  const next = last === LAST_BEFORE_SURROGATES ? FIRST_AFTER_SURROGATES : last + 1;
  return String.fromCodePoint(...points, next);
}
