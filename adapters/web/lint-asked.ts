import type { LintFinding } from '../adapter-kind.js';
import type { AskedObject } from './asked-object.js';

/** Mistakes in the keys that endpoints and operations have in common. */
export function lintAsked(object: AskedObject): readonly LintFinding[] {
  const params = object.ask.map(({ param }) => param);
  const taken = [...params, ...object.fixed.keys(), ...pagingParams(object)];
  const twice = new Set(taken.filter((each, index) => taken.indexOf(each) !== index));
  return [
    ...lintRows(object),
    ...lintTypes(object),
    ...lintNames('needs', object.needs, params),
    ...lintNames('probe', [...object.probe.keys()], params),
    ...[...twice].map((name) => ({
      rule: 'param-twice',
      zh: `参数“${name}”出现两次。`,
      en: `A parameter must be given once, but "${name}" is given by two of fixed, ask and pages.`,
    })),
  ];
}

/** Single values and lists are asked for by `key` and `keys`; a bound is one value. */
function lintTypes({ ask }: AskedObject): readonly LintFinding[] {
  const wrong = ask.filter(({ by, type }) => {
    const isList = type === 'list' || type === 'numbers';
    return type !== undefined && isList !== (by === 'keys');
  });
  return wrong.map(({ param, by, type }) => ({
    rule: 'param-type',
    zh: `参数“${param}”按 ${by} 取值，类型不能是 ${type}：keys 用 list 或 numbers，其余用 number 或 boolean。`,
    en: `The type of "${param}" must be list or numbers for keys, else number or boolean, but is ${type} for ${by}.`,
  }));
}

function lintRows({ rows }: AskedObject): readonly LintFinding[] {
  if (rows.length > 0) return [];
  return [
    {
      rule: 'no-rows',
      zh: '需要写明行的路径 rows。',
      en: 'rows must say where the rows are in an answer, such as data.list.',
    },
  ];
}

function lintNames(
  block: string,
  names: readonly string[],
  params: readonly string[],
): readonly LintFinding[] {
  const unknown = names.filter((name) => !params.includes(name));
  return unknown.map((name) => ({
    rule: 'unknown-param',
    zh: `${block} 中的参数“${name}”不在 ask 中。`,
    en: `${block} must name parameters of ask (${params.join(', ')}), but names "${name}".`,
  }));
}

/** Names of the parameters that turn pages. */
export function pagingParams({ paging }: AskedObject): readonly string[] {
  if (paging === undefined) return [];
  return paging.sizeParam === undefined ? [paging.param] : [paging.param, paging.sizeParam];
}
