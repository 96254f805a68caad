import { all, any, type Condition, not } from '../../../adapters/condition.js';
import { guardedMatches } from '../texts/spelled-as.js';
import { BLANKS_PATTERN, foldedCharacter, foldedPattern, isNameable } from '../texts/spelling.js';
import { separatorPattern } from '../texts/split.js';
import type { CellPredicate, PushedCondition } from '../value-codec.js';
import {
  certainOthers,
  isCertain,
  nothingWords,
  type PushOptions,
  spellingsFor,
  wantedValues,
} from './push-code.js';

interface PushManyOptions extends PushOptions {
  /** Separator of the codes in one cell. */
  readonly many: string;
  /** The cell counts as its gravest code; otherwise as all of them. */
  readonly gravest: boolean;
}

/**
 * Predicates on a column that holds several codes per cell.
 *
 * Null when the separator or a spelling cannot be named in a pattern: no superset would be worth its scan.
 */
export function pushMany(
  predicate: CellPredicate,
  column: string,
  options: PushManyOptions,
): PushedCondition | null {
  const separator = separatorClass(options.many);
  if (separator === null || ![...options.index.spellings].every(isNameable)) return null;
  const context: Context = { column, separator, options };
  if (predicate.op === 'isNull') {
    const nothing = onlyNothing(context);
    return nothing === null ? null : { condition: nothing, exact: true };
  }
  if (predicate.op !== 'in') return null;
  const wanted = wantedValues(predicate.values);
  const exact = isCertain(options);
  if (wanted.has('UNKNOWN')) return pushUnknown(context, wanted);
  if (!options.gravest || !exact) {
    return { condition: hasOne(context, spellingsFor(wanted, options)), exact };
  }
  return { condition: any([...wanted].map((value) => isGravest(context, value))), exact };
}

interface Context {
  readonly column: string;
  /** Bracket expression. */
  readonly separator: string;
  readonly options: PushManyOptions;
}

/** A text that holds the separator is split before it is looked up, so it is never an element. */
function elementsOf(folded: readonly string[], { many }: PushManyOptions): readonly string[] {
  const separator = separatorPattern(many);
  return folded.filter((text) => !separator.test(text));
}

/** The separators of `separatorPattern`, as a bracket; null for a longer one. */
function separatorClass(many: string): string | null {
  const narrow = many === '，' ? ',' : many === '；' ? ';' : many;
  if ([...narrow].length !== 1 || !isNameable(narrow)) return null;
  if (/[A-Za-z0-9 ]/.test(narrow)) return null;
  if (/[,;|/]/.test(narrow)) return foldedCharacter(narrow);
  return `[${narrow}]`;
}

/** Some element of the cell is one of the texts. */
function hasOne({ column, separator, options }: Context, folded: readonly string[]): Condition {
  const elements = elementsOf(folded, options);
  if (elements.length === 0) return any([]);
  const texts = elements.map(foldedPattern).join('|');
  return guardedMatches(
    column,
    `(.*${separator})?${BLANKS_PATTERN}(${texts})${BLANKS_PATTERN}(${separator}.*)?`,
  );
}

function isGravest(context: Context, value: string): Condition {
  const { index } = context.options;
  const rank = index.rankOf(value);
  const graver = [...index.spellings].filter(
    (spelling) => index.rankOf(index.valueOf(spelling, null) ?? 'UNKNOWN') < rank,
  );
  return all([
    hasOne(context, spellingsFor(new Set([value]), context.options)),
    not(hasOne(context, graver)),
  ]);
}

/**
 * An unknown element is one that is neither a code nor a word for nothing; patterns cannot say "some element is
 * not", so this is a superset: cells that hold more than certain other values.
 */
function pushUnknown(context: Context, wanted: ReadonlySet<string>): PushedCondition {
  const { column, separator, options } = context;
  const others = elementsOf([...certainOthers(wanted, options), ...nothingWords(options)], options).filter(
    isNameable,
  );
  const element = `${BLANKS_PATTERN}(${others.map(foldedPattern).join('|')})${BLANKS_PATTERN}`;
  const onlyOthers = guardedMatches(column, `${element}(${separator}${element})*`);
  return { condition: all([not({ kind: 'isNull', column }), not(onlyOthers)]), exact: false };
}

/** Every element is empty or a word for nothing. */
function onlyNothing({ column, separator, options }: Context): Condition | null {
  const words = elementsOf(nothingWords(options), options);
  // `\N` in a list of codes cannot be named in a pattern.
  if (!words.every(isNameable)) return null;
  const element = `${BLANKS_PATTERN}(${words.map(foldedPattern).join('|')})${BLANKS_PATTERN}`;
  return any([{ kind: 'isNull', column }, guardedMatches(column, `${element}(${separator}${element})*`)]);
}
