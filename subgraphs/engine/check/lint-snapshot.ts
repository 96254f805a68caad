import { kindOfObject } from '../../../adapters/kinds.js';
import { isAskedFrom } from '../../../adapters/source-object.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import { levelOf } from '../mapping/level-of.js';
import type { InterfaceMapping, SnapshotRule } from '../mapping/mapping.js';
import { keptColumns } from '../snapshot/kept-columns.js';
import { lintKeys } from './lint-snapshot-keys.js';

/**
 * What keeps an interface's snapshot from being what its mapping says.
 *
 * @param siblings all mappings of its department.
 */
export function lintSnapshot(
  mapping: InterfaceMapping,
  siblings: readonly InterfaceMapping[],
): readonly Problem[] {
  const { snapshot: rule } = mapping;
  if (rule === undefined) return [];
  const say = (name: string, zh: string, en: string): Problem => ({
    rule: name,
    severity: 'error',
    place: rule.place,
    zh,
    en,
  });
  return [
    ...lintReadable(mapping, rule, say),
    ...lintKeys(mapping, siblings),
    ...lintChanges(mapping, rule, say),
    ...lintTimes(rule, say),
    ...lintKept(mapping, rule, say),
  ];
}

type Say = (rule: string, zh: string, en: string) => Problem;

function lintReadable({ source }: InterfaceMapping, { keys }: SnapshotRule, say: Say): readonly Problem[] {
  const { needs = [] } = source.object;
  if (needs.length > 0 && keys === undefined) {
    return [
      say(
        'snapshot-look-up',
        `该来源只能按 ${needs.join('、')} 逐个查询，无法整体读取；请用 keys 说明读取哪些标识。`,
        `The source must be readable as a whole, but answers for ${needs.join(', ')} alone: say by keys what it is to be asked for.`,
      ),
    ];
  }
  if (source.object.kind !== 'file') return [];
  return [
    say(
      'snapshot-file',
      '文件来源本身就是版本，不需要 snapshot。',
      'Dropped files are versions already: they need no snapshot.',
    ),
  ];
}

function lintChanges(
  mapping: InterfaceMapping,
  { changesSeconds }: SnapshotRule,
  say: Say,
): readonly Problem[] {
  if (changesSeconds === undefined) return [];
  const { watermark, latest, source } = mapping;
  if (watermark === undefined) {
    return [say('snapshot-changes', 'changes 需要 watermark。', 'changes needs a watermark to ask by.')];
  }
  if (latest !== undefined) {
    return [
      say(
        'snapshot-changes',
        'changes 不能与 latest 同用：晚到的行可能不是最新的。',
        'changes cannot go with latest: a row that comes late need not be the newest of its group.',
      ),
    ];
  }
  const canFilter = kindOfObject(source.object).namesObjects;
  if (canFilter || isAskedFrom(source.object, watermark.column)) return [];
  return [
    say(
      'snapshot-changes',
      `来源不能按 ${watermark.column} 查询，无法只读变化（见 source 的 ask）。`,
      `The source must be askable from ${watermark.column} on (an ask with by: from), but is not.`,
    ),
  ];
}

function lintTimes(rule: SnapshotRule, say: Say): readonly Problem[] {
  const { everySeconds, changesSeconds = everySeconds, wholeSeconds, staleForSeconds } = rule;
  if (changesSeconds <= everySeconds && everySeconds <= wholeSeconds && everySeconds <= staleForSeconds)
    return [];
  return [
    say(
      'snapshot-times',
      '应有 changes ≤ every ≤ whole，且 every ≤ staleFor。',
      'It must be changes ≤ every ≤ whole, and every ≤ staleFor.',
    ),
  ];
}

function lintKept(mapping: InterfaceMapping, { store }: SnapshotRule, say: Say): readonly Problem[] {
  const { columns, sealed } = keptColumns(mapping);
  const wrong = store.filter((name) => {
    const field = mapping.fields.get(name);
    return field === undefined || levelOf(mapping, field) !== 'L3';
  });
  const needed = [...mapping.key, ...mapping.where, ...mapping.whereLatest, ...mapping.subject]
    .map((each) => (typeof each === 'string' ? each : each.column))
    .filter((column) => !columns.includes(column));
  const shown = [...mapping.fields.values()].filter(({ column, redact }) => {
    return column !== undefined && sealed.has(column) && redact !== true;
  });
  return [
    ...wrong.map((name) =>
      say(
        'snapshot-store',
        `store 中的 ${name} 不是 L3 级字段。`,
        `store must name fields of level L3, but ${name} is none.`,
      ),
    ),
    ...[...new Set(needed)].map((column) =>
      say(
        'snapshot-secret',
        `列 ${column} 用于主键、筛选或主体，但其级别不允许保存。`,
        `Column ${column} is needed for the key, a filter or the subject, but its level forbids keeping it.`,
      ),
    ),
    ...shown.map(({ name, column }) =>
      say(
        'snapshot-sealed',
        `字段 ${name} 的列 ${column} 可能含公民身份号码，快照中加密保存，不能再作为普通字段。`,
        `Field ${name} reads ${column}, which may hold personal numbers and is kept sealed: it can be no field of a snapshot.`,
      ),
    ),
  ];
}
