import type { SaidOtherwise, TextStudy } from '../../../subgraphs/engine/observe/study-texts.js';
import type { Seen } from '../seen.js';
import type { CodeExchange } from './code-exchange.js';
import { type Finding, NOTHING, percent, type Verdict } from './verdict.js';

/** Codes that are as known as ever, and mean something else: by what the source says of them, else by how frequent they are. */
export function judgeCodes({ study, exchanges }: Seen): Verdict {
  if (study === null || study.found.cells === null) return NOTHING;
  const texts = study.found.texts.filter(({ otherwise }) => otherwise.length > 0).map(saidOtherwise);
  const told = new Set(study.found.texts.map(({ field }) => field));
  const frequent = [...exchanges].filter(([field]) => !told.has(field)).map(exchanged);
  return { measurements: [], judged: ['CODES_SWAPPED'], findings: [...texts, ...frequent] };
}

function saidOtherwise({ field, otherwise }: TextStudy): Finding {
  const zh = otherwise.map(({ code, listed, said }) => `${code} 本为「${listed}」，来源称「${said}」`);
  const en = otherwise.map(({ code }: SaidOtherwise) => code);
  return {
    cause: 'CODES_SWAPPED',
    about: field,
    severity: 'CRITICAL',
    detail: `字段 ${field} 的代码含义与代码表不符：${zh.slice(0, MOST_NAMED).join('；')}。取值未作更改。Codes of ${field} mean something else at the source than in our list: ${en.slice(0, MOST_NAMED).join(', ')}. No value was changed.`,
    requestId: null,
  };
}

function exchanged([field, { values, usual, now }]: readonly [string, CodeExchange]): Finding {
  const [first, second] = values;
  const shares = (of: readonly [number, number]): string => of.map(percent).join('、');
  const inEnglish = (of: readonly [number, number]): string => of.map(percent).join(' and ');
  return {
    cause: 'CODES_SWAPPED',
    about: field,
    severity: 'WARNING',
    detail: `字段 ${field} 的 ${first} 与 ${second} 互换了占比：往常 ${shares(usual)}，现为 ${shares(now)}，来源的代码含义可能已对调。取值未作更改。In ${field}, ${first} and ${second} have changed places: usually ${inEnglish(usual)}, now ${inEnglish(now)}; their codes may have exchanged meanings. No value was changed.`,
    requestId: null,
  };
}

const MOST_NAMED = 5;
