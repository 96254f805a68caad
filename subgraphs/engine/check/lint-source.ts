import { type AskedObject, nameOfObject, type SoapDefinition } from '../../../adapters/source-object.js';
import { nearestWord } from '../../../runtime/nearest-word.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

/** Dialects of configured connections by name. */
export type ConnectionDialects = ReadonlyMap<string, string>;

/** The kinds of connection behind which each kind of object lies. */
const DIALECTS = {
  table: ['sqlite', 'postgres', 'mysql'],
  http: ['rest', 'if1', 'if2'],
  soap: ['soap'],
  file: ['files'],
} as const satisfies Record<InterfaceMapping['source']['object']['kind'], readonly string[]>;

/** Checks the `source` block. @param connections null when no configuration is at hand. */
export function lintSource(
  { source }: InterfaceMapping,
  connections: ConnectionDialects | null,
): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (rule: string, zh: string, en: string): void => {
    problems.push({ rule, severity: 'error', place: source.place, zh, en });
  };
  const { object, connection } = source;
  if (connections !== null) lintConnection(connection, object.kind, connections, report);
  if (object.kind === 'http' || object.kind === 'soap') lintAsked(object, report);
  if (object.kind === 'soap') lintTemplate(object, report);
  return problems;
}

type Report = (rule: string, zh: string, en: string) => void;

function lintConnection(
  connection: string,
  kind: keyof typeof DIALECTS,
  connections: ConnectionDialects,
  report: Report,
): void {
  const dialect = connections.get(connection);
  if (dialect === undefined) {
    const nearest = nearestWord(connection, connections.keys());
    report(
      'unknown-connection',
      `未配置名为“${connection}”的连接。`,
      `The connection "${connection}" must be configured${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
    );
    return;
  }
  const fitting: readonly string[] = DIALECTS[kind];
  if (fitting.includes(dialect)) return;
  report(
    'wrong-connection',
    `${kind} 需要 ${fitting.join('、')} 类连接，而“${connection}”是 ${dialect}。`,
    `A source of kind ${kind} needs a connection of dialect ${fitting.join(', ')}, but "${connection}" is ${dialect}.`,
  );
}

function lintAsked(object: AskedObject, report: Report): void {
  if (object.rows.length === 0) {
    report(
      'no-rows',
      '需要写明行的路径 rows。',
      'rows must say where the rows are in an answer, such as data.list.',
    );
  }
  const params = object.ask.map(({ param }) => param);
  for (const [block, names] of [
    ['needs', object.needs],
    ['probe', [...object.probe.keys()]],
  ] as const) {
    for (const name of names.filter((each) => !params.includes(each))) {
      report(
        'unknown-param',
        `${block} 中的参数“${name}”不在 ask 中。`,
        `${block} must name parameters of ask (${params.join(', ')}), but names "${name}".`,
      );
    }
  }
  const taken = [...params, ...object.fixed.keys(), ...pagingParams(object)];
  for (const name of new Set(taken.filter((each, index) => taken.indexOf(each) !== index))) {
    report(
      'param-twice',
      `参数“${name}”出现两次。`,
      `A parameter must be given once, but "${name}" is given by two of fixed, ask and pages.`,
    );
  }
}

function pagingParams({ paging }: AskedObject): readonly string[] {
  if (paging === undefined) return [];
  return paging.sizeParam === undefined ? [paging.param] : [paging.param, paging.sizeParam];
}

function lintTemplate(object: SoapDefinition, report: Report): void {
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
  for (const name of new Set(written)) {
    if (known.has(name)) continue;
    report(
      'unknown-placeholder',
      `模板中的 {${name}} 没有对应的参数。`,
      `The template of ${nameOfObject(object)} must use known placeholders (${[...known].join(', ')}), but uses {${name}}.`,
    );
  }
}
