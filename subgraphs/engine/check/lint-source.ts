import { kindOfObject } from '../../../adapters/kinds.js';
import { nearestWord } from '../../../runtime/nearest-word.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

/** Dialects of configured connections by name; of one whose configuration has errors, the first of these. */
export type ConnectionDialects = ReadonlyMap<string, string | Problem>;

type Finding = Pick<Problem, 'rule' | 'zh' | 'en'>;

/** Checks the `source` block. @param connections null when no configuration is at hand. */
export function lintSource(
  { source }: InterfaceMapping,
  connections: ConnectionDialects | null,
): readonly Problem[] {
  const kind = kindOfObject(source.object);
  const findings: readonly Finding[] = [
    ...(connections === null ? [] : lintConnection(source.connection, kind, connections)),
    ...kind.lint(source.object),
  ];
  return findings.map(({ rule, zh, en }) => ({ rule, severity: 'error', place: source.place, zh, en }));
}

function lintConnection(
  connection: string,
  { block, dialects }: ReturnType<typeof kindOfObject>,
  connections: ConnectionDialects,
): readonly Finding[] {
  const dialect = connections.get(connection);
  if (dialect === undefined) {
    const nearest = nearestWord(connection, connections.keys());
    return [
      {
        rule: 'unknown-connection',
        zh: `未配置名为“${connection}”的连接。`,
        en: `The connection "${connection}" must be configured${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
      },
    ];
  }
  if (typeof dialect !== 'string') {
    const { file, line, column } = dialect.place;
    return [
      {
        rule: 'faulty-connection',
        zh: `连接“${connection}”的配置有误，见 ${file}:${line}:${column}。`,
        en: `The configuration of the connection "${connection}" has errors: see ${file}:${line}:${column}.`,
      },
    ];
  }
  if (dialects.includes(dialect)) return [];
  return [
    {
      rule: 'wrong-connection',
      zh: `${block} 需要 ${dialects.join('、')} 类连接，而“${connection}”是 ${dialect}。`,
      en: `A source of kind ${block} needs a connection of dialect ${dialects.join(', ')}, but "${connection}" is ${dialect}.`,
    },
  ];
}
