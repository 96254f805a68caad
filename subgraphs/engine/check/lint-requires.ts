import { kindOfObject } from '../../../adapters/kinds.js';
import { nearestWord } from '../../../runtime/nearest-word.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

/** Filters of `requires` that no query could give, or by which the source cannot be asked. */
export function lintRequires(mapping: InterfaceMapping): readonly Problem[] {
  const { requires, snapshot, facet = '' } = mapping;
  if (requires === undefined) return [];
  const say = (rule: string, zh: string, en: string): Problem => ({
    rule,
    severity: 'error',
    place: requires.place,
    zh,
    en,
  });
  const read =
    snapshot === undefined
      ? []
      : [
          say(
            'requires-snapshot',
            'requires 不能与 snapshot 同用：快照须整体读取来源。',
            'requires cannot go with snapshot: a snapshot reads the source as a whole.',
          ),
        ];
  const hung =
    !facet.startsWith('Subject.') || requires.names.includes('subject')
      ? []
      : [
          say(
            'requires-facet',
            `${facet} 按主体查询，requires 须含 subject。`,
            `The rows of ${facet} are read by subject, so that requires must have subject, but has not.`,
          ),
        ];
  return [...read, ...hung, ...requires.names.flatMap((name) => lintName(mapping, name, say))];
}

function lintName(
  { fields, subject, source }: InterfaceMapping,
  name: string,
  say: (rule: string, zh: string, en: string) => Problem,
): readonly Problem[] {
  const columns = name === 'subject' ? subject.map(({ column }) => column) : [fields.get(name)?.column ?? ''];
  if (columns.length === 0 || columns.includes('')) {
    const known = [...fields.values()].flatMap((field) => (field.column === undefined ? [] : [field.name]));
    const nearest = nearestWord(name, known);
    return [
      say(
        'requires-unknown',
        `requires 的“${name}”不是本接口取自来源列的字段${nearest === null ? '' : `，是否想写“${nearest}”`}。`,
        `requires must name fields that are read from a column, or subject, but "${name}" is none here${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
      ),
    ];
  }
  const { ask, kind } = source.object;
  if (ask === undefined && (kindOfObject(source.object).namesObjects || kind === 'file')) return [];
  if (columns.some((column) => ask?.some((asked) => asked.column === column))) return [];
  return [
    say(
      'requires-not-asked',
      `来源不能按 ${name} 查询（见 source 的 ask），要求该条件并不能少读数据。`,
      `The source must be askable by ${name} (an ask for ${columns.join(' or ')}), but is not: requiring it saves no read.`,
    ),
  ];
}
