import { any, type Condition, not } from '../../../adapters/condition.js';
import { compileWholeTextPattern } from '../../../adapters/whole-text-pattern.js';
import { NOTHING, nullFor, only } from '../quality.js';
import { remember } from '../remember.js';
import { trimText, unguardedText } from '../texts/cell-text.js';
import { isNullWord, type NullWords, nullWords } from '../texts/null-words.js';
import { guardedMatches } from '../texts/spelled-as.js';
import { foldSpelling } from '../texts/spelling.js';
import {
  type CellPredicate,
  CLEAN,
  type Decoded,
  type PushedCondition,
  type ValueCodec,
} from '../value-codec.js';
import { type TownshipPatterns, townshipPatterns } from './township-patterns.js';
import type { Townships } from './townships.js';

interface Recogniser {
  readonly patterns: TownshipPatterns;
  readonly byCode: RegExp;
  readonly byName: RegExp;
}

/** Townships by code, name, former name or address (D18), as nine digits. */
export function townshipCodec(townships: Townships, furtherNulls: readonly string[]): ValueCodec {
  const words = nullWords(furtherNulls);
  const recognisers = townships.list.map((township): Recogniser => {
    const patterns = townshipPatterns(township, townships);
    return {
      patterns,
      byCode: compileWholeTextPattern(patterns.byCode),
      byName: compileWholeTextPattern(patterns.byName),
    };
  });
  const decode = remember((text: string) => decodeTownship(text, recognisers, townships, words));
  return {
    decode: (cell) => {
      const text = unguardedText(cell);
      return text === null ? NOTHING : decode(text);
    },
    push: (predicate, column) => pushTownship(predicate, column, recognisers, words),
  };
}

/** Names of divisions of the same rank or above, for telling a strange place from a village's name. */
const DIVISION_NAME = /(?:[市县区镇乡]|街道)$/;

function decodeTownship(
  text: string,
  recognisers: readonly Recogniser[],
  { countyCode }: Townships,
  words: NullWords,
): Decoded<string | null> {
  const trimmed = trimText(text);
  if (isNullWord(trimmed, words)) return nullFor('NULL_WORD');
  const byCode = recognisers.find((each) => each.byCode.test(text));
  if (byCode !== undefined) {
    const { code } = byCode.patterns;
    const name = trimText(
      foldSpelling(text)
        .replace(/^[0-9]+/, '')
        .replace(/[:,;/()-]/g, ''),
    );
    const named = recognisers.find((each) => each.byName.test(name));
    const strange = named === undefined ? DIVISION_NAME.test(name) : named !== byCode;
    return { value: code, quality: strange ? only('TOWNSHIP_MISMATCH') : CLEAN };
  }
  const byName = recognisers.find((each) => each.byName.test(text));
  if (byName !== undefined) return { value: byName.patterns.code, quality: CLEAN };
  const foreign = /^([0-9]{6})(?:[0-9]{3}|[0-9]{6})?(?![0-9])/.exec(foldSpelling(text))?.[1];
  return nullFor(
    foreign !== undefined && foreign !== countyCode ? 'TOWNSHIP_MISMATCH' : 'TOWNSHIP_UNRESOLVED',
  );
}

function pushTownship(
  predicate: CellPredicate,
  column: string,
  recognisers: readonly Recogniser[],
  words: NullWords,
): PushedCondition | null {
  // A mapping's own word for "nothing" may look like a township; then only decoding tells.
  const exact = ![...words].some((word) =>
    recognisers.some((each) => each.byCode.test(word) || each.byName.test(word)),
  );
  if (predicate.op === 'isNull') {
    if (!exact) return null;
    return { condition: not(any(recognisers.map((each) => isIn(column, each)))), exact };
  }
  if (predicate.op !== 'in') return null;
  const wanted = recognisers.filter(({ patterns }) => predicate.values.includes(patterns.code));
  return { condition: any(wanted.map((each) => isIn(column, each))), exact };
}

/** Clean codes by equality first, which spares most rows the patterns. */
function isIn(column: string, { patterns }: Recogniser): Condition {
  const cleanCodes = [patterns.code, `${patterns.code}000`];
  return any([
    { kind: 'in', column, values: cleanCodes },
    guardedMatches(column, `(${patterns.byCode}|${patterns.byName})`),
  ]);
}
