import type { Place } from '../../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import { fieldOf } from '../../kinds/kinds.js';
import type { FieldMapping } from '../../values/field-mapping.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import { columnsOfMapping } from '../mapping/mapping-columns.js';

/**
 * Holds a mapping to the catalogue of government data: on what terms the interface is shared, how much each field must
 * be protected, and that nothing secret or withheld is read.
 */
export function lintCatalogue(mapping: InterfaceMapping): readonly Problem[] {
  return [
    ...lintEntry(mapping),
    ...[...mapping.fields.values()].flatMap((field) => lintLevel(mapping, field)),
  ];
}

function problem(rule: string, place: Place, zh: string, en: string): Problem {
  return { rule, severity: 'error', place, zh, en };
}

function lintEntry(mapping: InterfaceMapping): readonly Problem[] {
  const { catalogue, watermark, place } = mapping;
  if (catalogue === undefined) {
    return [
      problem(
        'no-catalogue',
        place,
        '未登记共享属性与依据（catalogue: { share, basis }）。',
        'A mapping must say on what terms the interface is shared (catalogue: { share, basis }), but this does not.',
      ),
    ];
  }
  const problems: Problem[] = [];
  if ((catalogue.share === 'CONDITIONAL') !== (catalogue.conditions !== undefined)) {
    problems.push(
      problem(
        'catalogue-conditions',
        catalogue.place,
        'conditions 与 share: CONDITIONAL 应同时出现。',
        'conditions must stand beside share: CONDITIONAL, and nowhere else.',
      ),
    );
  }
  if (catalogue.updatesEverySeconds === undefined && watermark === undefined) {
    problems.push(
      problem(
        'catalogue-updates',
        catalogue.place,
        '没有 watermark 的接口须写明更新频率 updates。',
        'Without a watermark the catalogue must say how often the interface is updated (updates: 1d).',
      ),
    );
  }
  return [...problems, ...lintWithheld(mapping, catalogue)];
}

function lintWithheld(
  mapping: InterfaceMapping,
  { withheld }: NonNullable<InterfaceMapping['catalogue']>,
): readonly Problem[] {
  const read = new Set(columnsOfMapping(mapping));
  return withheld.flatMap(({ columns, place }) =>
    columns
      .filter((column) => read.has(column))
      .map((column) =>
        problem(
          'withheld-column',
          place,
          `“${column}”列不予共享，不得映射。`,
          `The column "${column}" is withheld: nothing of the mapping may read it.`,
        ),
      ),
  );
}

function lintLevel({ feeds }: InterfaceMapping, field: FieldMapping): readonly Problem[] {
  const { name, place, classification: stated } = field;
  const ofKind = fieldOf(feeds ?? null, name)?.level;
  if (stated === 'L4') {
    return [
      problem(
        'secret-field',
        place,
        `字段“${name}”为 L4，不得映射；请列入 catalogue.withheld。`,
        `Field "${name}" is of level L4 and must not be mapped: list its column under catalogue.withheld.`,
      ),
    ];
  }
  if (ofKind === undefined && stated === undefined) {
    return [
      problem(
        'no-level',
        place,
        `字段“${name}”未定级（classification: L1、L2 或 L3）。`,
        `Field "${name}" must say its level (classification: L1, L2 or L3), but says none.`,
      ),
    ];
  }
  if (ofKind === undefined || stated === undefined) return [];
  return [
    problem(
      'level-of-kind',
      place,
      `字段“${name}”在 ${feeds} 中已定为 ${ofKind}，映射不再写 classification。`,
      `Field "${name}" is of level ${ofKind} in ${feeds}: no mapping says another.`,
    ),
  ];
}
