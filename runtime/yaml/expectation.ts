import type { z } from 'zod';
import { nearestWord } from '../nearest-word.js';
import type { Wording } from './wording.js';

const TYPE_WORDS: ReadonlyMap<string, Wording> = new Map([
  ['string', { zh: '文本', en: 'a text' }],
  ['number', { zh: '数', en: 'a number' }],
  ['int', { zh: '整数', en: 'a whole number' }],
  ['boolean', { zh: 'true 或 false', en: 'true or false' }],
  ['array', { zh: '列表', en: 'a list' }],
  ['object', { zh: '一组键', en: 'a block of keys' }],
  ['record', { zh: '一组键', en: 'a block of keys' }],
  ['null', { zh: '空值', en: 'null' }],
]);

/** What the value at an issue must be, as the end of a sentence: «应为 …», «expected …». */
export function expectationOf(issue: z.core.$ZodIssue): Wording {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS.get(issue.expected) ?? same(issue.expected);
    case 'invalid_value':
      return oneOf(issue.values.map(String), issue.input);
    case 'too_small':
      return leastOf(issue);
    case 'too_big':
      return mostOf(issue);
    case 'invalid_format':
      return issue.format === 'url' ? { zh: '网址', en: 'a URL' } : same(issue.message);
    case 'invalid_union':
      return anyOf(issue.errors.map((errors) => errors[0]).filter((error) => error !== undefined));
    case 'invalid_key':
      return same(issue.issues[0]?.message ?? issue.message);
    default:
      return same(issue.message);
  }
}

/** Grammars word what they expect themselves: `时长，如 3s | a duration such as 3s`, or in one language. */
function same(text: string): Wording {
  const [zh = text, en = zh] = text.split(' | ');
  return { zh, en };
}

function oneOf(words: readonly string[], input: unknown): Wording {
  const near = typeof input === 'string' ? nearestWord(input, words) : null;
  return {
    zh: `${words.join('、')} 之一${near === null ? '' : `（是否想写“${near}”）`}`,
    en: `one of ${words.join(', ')}${near === null ? '' : ` (did you mean "${near}"?)`}`,
  };
}

function leastOf({ origin, minimum }: z.core.$ZodIssueTooSmall): Wording {
  if (origin === 'string') return { zh: '非空的文本', en: 'a text that is not empty' };
  if (origin === 'array' || origin === 'set')
    return { zh: '至少一项的列表', en: 'a list with at least one entry' };
  return { zh: `不小于 ${minimum} 的数`, en: `a number from ${minimum} on` };
}

function mostOf({ origin, maximum }: z.core.$ZodIssueTooBig): Wording {
  if (origin === 'string')
    return { zh: `不超过 ${maximum} 个字符的文本`, en: `a text of at most ${maximum} characters` };
  if (origin === 'array' || origin === 'set')
    return { zh: `不超过 ${maximum} 项的列表`, en: `a list with at most ${maximum} entries` };
  return { zh: `不大于 ${maximum} 的数`, en: `a number up to ${maximum}` };
}

function anyOf(issues: readonly z.core.$ZodIssue[]): Wording {
  const options = issues.map(expectationOf);
  const words = (pick: (option: Wording) => string, or: string): string =>
    [...new Set(options.map(pick))].join(or);
  return { zh: words(({ zh }) => zh, ' 或 '), en: words(({ en }) => en, ' or ') };
}
