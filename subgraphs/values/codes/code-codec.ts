import type { SourceValue } from '../../../adapters/source-value.js';
import { NOTHING, nullFor, only } from '../quality.js';
import { remember } from '../remember.js';
import { unguardedText } from '../texts/cell-text.js';
import { type NullWords, nullWords } from '../texts/null-words.js';
import { foldUnguarded } from '../texts/spelling.js';
import { separatorPattern } from '../texts/split.js';
import { CLEAN, type Decoded, type ValueCodec } from '../value-codec.js';
import { type CodeIndex, indexCodes } from './code-index.js';
import type { CodeList } from './code-list.js';
import { pushSingle } from './push-code.js';
import { pushMany } from './push-codes.js';

export interface CodeOptions {
  readonly list: CodeList;
  /** Separator of several codes in one cell. */
  readonly many: string | undefined;
  /** The mapping names a column whose date chooses the period of the list. */
  readonly dated: boolean;
  readonly nulls: readonly string[];
}

/** One value of an enum; of several codes in the cell the gravest. What is in no list is UNKNOWN, and marked. */
export function codeCodec(options: CodeOptions): ValueCodec {
  const index = indexCodes(options.list);
  const words = nullWords(options.nulls);
  const elements = elementReader(options.many);
  const decode = decoder((text, asOf): Decoded<string | null> => {
    const read = readElements(elements(text), index, words, asOf);
    const [first] = read.values;
    if (first === undefined) return nullFor('NULL_WORD');
    const gravest = read.values.reduce(
      (best, value) => (index.rankOf(value) < index.rankOf(best) ? value : best),
      first,
    );
    return { value: gravest, quality: read.quality };
  });
  const { dated, many } = options;
  return {
    decode,
    push: (predicate, column) =>
      many === undefined
        ? pushSingle(predicate, column, { index, words, dated })
        : pushMany(predicate, column, { index, words, dated, many, gravest: true }),
  };
}

/** Every value that a cell names, in its order, each once; null when it names none. */
export function codesCodec(options: CodeOptions): ValueCodec {
  const index = indexCodes(options.list);
  const words = nullWords(options.nulls);
  const elements = elementReader(options.many);
  const decode = decoder((text, asOf): Decoded<readonly string[] | null> => {
    const read = readElements(elements(text), index, words, asOf);
    if (read.values.length === 0) return nullFor('NULL_WORD');
    return { value: [...new Set(read.values)], quality: read.quality };
  });
  const { dated, many } = options;
  return {
    decode,
    push: (predicate, column) =>
      many === undefined
        ? pushSingle(predicate, column, { index, words, dated })
        : pushMany(predicate, column, { index, words, dated, many, gravest: false }),
  };
}

function elementReader(many: string | undefined): (text: string) => readonly string[] {
  if (many === undefined) return (text) => [text];
  const separator = separatorPattern(many);
  return (text) => text.split(separator);
}

/** Results are remembered per day, or once when nothing depends on a day. */
function decoder<T extends Decoded>(decodeText: (text: string, asOf: string | null) => T) {
  const undated = remember((text: string) => decodeText(text, null));
  return (cell: SourceValue, asOf: string | null = null): Decoded => {
    const text = unguardedText(cell);
    if (text === null) return NOTHING;
    return asOf === null ? undated(text) : decodeText(text, asOf);
  };
}

function readElements(elements: readonly string[], index: CodeIndex, words: NullWords, asOf: string | null) {
  const values: string[] = [];
  let quality = CLEAN;
  for (const element of elements) {
    const folded = foldUnguarded(element);
    const value = index.valueOf(folded, asOf);
    if (value !== null) {
      values.push(value);
    } else if (!isNothingHere(folded, index, words)) {
      values.push('UNKNOWN');
      quality = only('CODE_UNKNOWN');
    }
  }
  return { values, quality };
}

/** A word such as 无 may be a code of this list; then it never means "nothing". */
function isNothingHere(folded: string, index: CodeIndex, words: NullWords): boolean {
  return words.has(folded) && !index.spellings.has(folded);
}
