import { all, any, type Condition, not } from '../../../adapters/condition.js';
import type { NullWords } from '../texts/null-words.js';
import { spelledAs } from '../texts/spelled-as.js';
import type { CellPredicate, PushedCondition } from '../value-codec.js';
import type { CodeIndex } from './code-index.js';

export interface PushOptions {
  readonly index: CodeIndex;
  readonly words: NullWords;
  /** A date chooses the period, so texts whose meaning changes are found, but not for certain. */
  readonly dated: boolean;
}

/** Predicates on a column that holds one code per cell. */
export function pushSingle(
  predicate: CellPredicate,
  column: string,
  options: PushOptions,
): PushedCondition | null {
  const nothing = spelledAs(column, nothingWords(options));
  const isNothing = any([{ kind: 'isNull', column }, nothing.condition]);
  if (predicate.op === 'isNull') return { condition: isNothing, exact: nothing.exact };
  if (predicate.op !== 'in') return null;
  const wanted = wantedValues(predicate.values);
  const known = isSpelled(column, spellingsFor(wanted, options), options.index.spellings);
  const exact = known.exact && isCertain(options);
  if (!wanted.has('UNKNOWN')) return { condition: known.condition, exact };
  // UNKNOWN is the complement: neither nothing nor anything that is certainly another value.
  const others = isSpelled(column, certainOthers(wanted, options), options.index.spellings);
  if (!others.exact || !nothing.exact) return { condition: not({ kind: 'isNull', column }), exact: false };
  return { condition: not(any([isNothing, others.condition])), exact };
}

export function wantedValues(values: readonly (string | boolean)[]): ReadonlySet<string> {
  return new Set(values.filter((value) => typeof value === 'string'));
}

/** Texts that may mean one of the values, UNKNOWN by the complement apart. */
export function spellingsFor(wanted: ReadonlySet<string>, { index, dated }: PushOptions): readonly string[] {
  const candidates = index.spellingsOfValues(wanted);
  if (dated) return candidates;
  return candidates.filter((spelling) => wanted.has(index.valueOf(spelling, null) ?? 'UNKNOWN'));
}

/** Texts that mean something else than the values, whatever the date. */
export function certainOthers(wanted: ReadonlySet<string>, { index, dated }: PushOptions): readonly string[] {
  return [...index.spellings].filter((spelling) => {
    if (dated && index.periodic.has(spelling)) return false;
    return !wanted.has(index.valueOf(spelling, null) ?? 'UNKNOWN');
  });
}

/** Whether no text of the list changes its meaning with a date. */
export function isCertain({ index, dated }: PushOptions): boolean {
  return !dated || index.periodic.size === 0;
}

/** Words for "nothing" that the list does not use as codes. */
export function nothingWords({ words, index }: PushOptions): readonly string[] {
  return [...words].filter((word) => !index.spellings.has(word));
}

/**
 * Clean spellings by equality; only cells that are no clean spelling of anything meet the pattern, so that a
 * column of clean codes is never scanned with it.
 */
function isSpelled(column: string, folded: readonly string[], known: ReadonlySet<string>): PushedCondition {
  const spelt = spelledAs(column, folded);
  const clean: Condition = { kind: 'in', column, values: folded };
  const dirty = all([not({ kind: 'in', column, values: [...known] }), spelt.condition]);
  return { condition: folded.length === 0 ? any([]) : any([clean, dirty]), exact: spelt.exact };
}
