import type { LintFinding } from '../adapter-kind.js';
import { lintAsked, pagingParams } from '../web/lint-asked.js';
import type { SoapDefinition } from './soap-definition.js';

/** Mistakes in an operation's definition that show without its connection. */
export function lintOperation(object: SoapDefinition): readonly LintFinding[] {
  return [...lintAsked(object), ...lintLists(object), ...lintTemplates(object)];
}

/** A placeholder is one text. */
function lintLists({ ask }: SoapDefinition): readonly LintFinding[] {
  return ask
    .filter(({ type }) => type === 'list' || type === 'numbers')
    .map(({ param, type }) => ({
      rule: 'param-type',
      zh: `SOAP 参数“${param}”不能是 ${type}，请用 separator 连接。`,
      en: `A placeholder is one text, so "${param}" must be joined by a separator, but its type is ${type}.`,
    }));
}

function lintTemplates(object: SoapDefinition): readonly LintFinding[] {
  const known = new Set([
    'user',
    'password',
    ...(object.request === undefined ? [] : ['request']),
    ...object.ask.map(({ param }) => param),
    ...object.fixed.keys(),
    ...pagingParams(object),
  ]);
  const written = [object.body, object.request ?? ''].flatMap((text) =>
    [...text.matchAll(/\{([A-Za-z_][\w.-]*)\}/g)].map((match) => match[1] ?? ''),
  );
  const unknown = [...new Set(written)].filter((name) => !known.has(name));
  return unknown.map((name) => ({
    rule: 'unknown-placeholder',
    zh: `模板中的 {${name}} 没有对应的参数。`,
    en: `The template of ${object.operation} must use known placeholders (${[...known].join(', ')}), but uses {${name}}.`,
  }));
}
