import type { Problem } from '../../../runtime/yaml/problem.js';
import { REGISTRY } from '../../subgraph-folder.js';
import type { InterfaceMapping, SnapshotKeys, SnapshotRule } from '../mapping/mapping.js';
import { type AskedKeys, askedKeysOf, notAskedByKeys } from '../snapshot/keys/asked-keys.js';

type Finding = Pick<Problem, 'rule' | 'zh' | 'en'>;
type OfInterface = Extract<SnapshotKeys, { readonly of: string }>;

/** Whether the keys that a snapshot asks for can be had. @param siblings all mappings of the department. */
export function lintKeys(
  mapping: InterfaceMapping,
  siblings: readonly InterfaceMapping[],
): readonly Problem[] {
  const { snapshot: rule } = mapping;
  if (rule?.keys === undefined) return [];
  const { keys } = rule;
  const asked = askedKeysOf(mapping);
  if (asked === null) return [notAskedByKeys(keys.place)];
  const findings = [
    ...lintWhole(rule),
    ...('of' in keys ? lintInterface(mapping, keys, asked, siblings) : lintRefs(mapping, keys.refs, asked)),
  ];
  return findings.map((finding) => ({ ...finding, severity: 'error', place: keys.place }));
}

function lintWhole({ changesSeconds, wholeSeconds, everySeconds }: SnapshotRule): readonly Finding[] {
  if (changesSeconds === undefined && wholeSeconds === everySeconds) return [];
  return [
    {
      rule: 'snapshot-keys',
      zh: '按 keys 读取时，每个标识各有其读取时间，不能写 changes 或 whole。',
      en: 'With keys each key is read at its own time: neither changes nor whole may be given.',
    },
  ];
}

function lintRefs(
  { owner }: InterfaceMapping,
  refs: AskedKeys['schemes'][number],
  { column, schemes }: AskedKeys,
): readonly Finding[] {
  if (owner.department !== REGISTRY) {
    return [
      {
        rule: 'snapshot-keys-source',
        zh: `登记索引属于 ${REGISTRY}，本部门应以 of 指明自己的接口。`,
        en: `The register belongs to ${REGISTRY}: another department must name an interface of its own by "of".`,
      },
    ];
  }
  if (refs === 'person') {
    return [
      {
        rule: 'snapshot-keys-type',
        zh: '登记索引不含公民身份号码，只有其散列值。',
        en: 'The register holds no personal numbers, but hashes of them.',
      },
    ];
  }
  return schemes.includes(refs) ? [] : [wrongType(`refs: ${refs}`, column, schemes)];
}

function lintInterface(
  mapping: InterfaceMapping,
  { of }: OfInterface,
  { column, schemes }: AskedKeys,
  siblings: readonly InterfaceMapping[],
): readonly Finding[] {
  const from = siblings.find(({ interface: name }) => name === of);
  if (from === undefined) {
    return [
      {
        rule: 'snapshot-keys-source',
        zh: `keys.of 应为本部门的接口，实为“${of}”。`,
        en: `keys.of must name an interface of ${mapping.owner.department}, but is "${of}".`,
      },
    ];
  }
  if (leadsTo(from, mapping.interface, siblings)) {
    return [
      {
        rule: 'snapshot-keys-circle',
        zh: `标识的来源成环：${of} 的标识又取自 ${mapping.interface}。`,
        en: `Keys must come from elsewhere, but those of ${of} come from ${mapping.interface} in turn.`,
      },
    ];
  }
  if (from.requires !== undefined || (from.source.object.needs ?? []).length > 0) {
    return [
      {
        rule: 'snapshot-keys-source',
        zh: `${of} 只能按标识或筛选条件查询，无法列出标识。`,
        en: `${of} must be readable as a whole to give keys, but answers for keys or filters alone.`,
      },
    ];
  }
  if (schemes.length === 0) return lintRowKeys(from, column);
  const named = [...from.subject, ...from.related].map(({ scheme }) => scheme);
  return schemes.some((scheme) => named.includes(scheme)) ? [] : [wrongType(of, column, schemes)];
}

function leadsTo(
  from: InterfaceMapping,
  name: string,
  siblings: readonly InterfaceMapping[],
  passed: readonly string[] = [],
): boolean {
  if (from.interface === name) return true;
  const keys = from.snapshot?.keys;
  if (keys === undefined || !('of' in keys) || passed.includes(from.interface)) return false;
  const next = siblings.find((one) => one.interface === keys.of);
  return next !== undefined && leadsTo(next, name, siblings, [...passed, from.interface]);
}

/** Rows of both have the same key. */
function lintRowKeys({ interface: of, key }: InterfaceMapping, column: string): readonly Finding[] {
  if (key.length === 1) return [];
  return [
    {
      rule: 'snapshot-keys-type',
      zh: `${of} 的主键有 ${key.length} 列，而来源按 ${column} 一列查询。`,
      en: `The source is asked by one column, ${column}, but the key of ${of} has ${key.length}.`,
    },
  ];
}

function wrongType(from: string, column: string, schemes: AskedKeys['schemes']): Finding {
  return {
    rule: 'snapshot-keys-type',
    zh: `来源按 ${schemes.join('、')}（列 ${column}）查询，而 ${from} 没有此类标识。`,
    en: `The source is asked for ${schemes.join(', ')} (column ${column}), but ${from} has none.`,
  };
}
