import type { Place } from '../../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import { declarationOf, KINDS } from '../../kinds/kinds.js';
import type { DepartmentFiles } from '../department.js';
import type { FacetTarget } from '../mapping/facet-path.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

function problem(rule: string, place: Place, zh: string, en: string): Problem {
  return { rule, severity: 'error', place, zh, en };
}

/**
 * `of` names an interface of the department whose key has as many columns, and where rows hang below another's facet,
 * that facet is the other's.
 */
export function lintCompleted(
  { of, by, key, facet = '', place }: InterfaceMapping,
  department: DepartmentFiles,
): readonly Problem[] {
  const [entity, field, below] = facet.split('.');
  const isBelow = below !== undefined && entity !== 'Subject';
  if (isBelow !== (by !== undefined) || (isBelow && of === undefined)) {
    return [
      problem(
        'misplaced-key',
        place,
        'Event.grassroots.steps 一类的 facet 须同时写 of 与 by，其他 facet 不写 by。',
        'A facet such as Event.grassroots.steps needs both "of" and "by"; no other facet has "by".',
      ),
    ];
  }
  if (of === undefined) return [];
  const completed = department.mappings.find((other) => other.interface === of);
  const { length } = by ?? key;
  const isThere = completed !== undefined && completed.key.length === length;
  if (isThere && (!isBelow || completed.facet === `${entity}.${field}`)) return [];
  return [
    problem(
      'unknown-of',
      place,
      `of 应为本部门主键为 ${length} 列${isBelow ? `、facet 为 ${entity}.${field} ` : ''}的接口，实为“${of}”。`,
      `"of" must name an interface of ${department.name} with a key of ${length} columns${isBelow ? ` and the facet ${entity}.${field}` : ''}, but is "${of}".`,
    ),
  ];
}

/** `match` names a document number of the facet's kind, which the SDL requires, and one of this interface. */
export function lintMatch(
  { match, facet = '', fields, place }: InterfaceMapping,
  target: FacetTarget | null,
): readonly Problem[] {
  const requires = target?.kind === 'row' ? target.requires : null;
  if (match === undefined && requires === null) return [];
  const kind = KINDS.find((name) => name === facet.split('.')[0]);
  const number = kind === undefined ? undefined : declarationOf(kind).fields[match?.entity ?? ''];
  const sound =
    match !== undefined &&
    requires === match.entity &&
    number?.documentNumber === true &&
    fields.get(match.field)?.type === 'DocumentNumber';
  if (sound) return [];
  return [
    problem(
      'unknown-match',
      place,
      'match 应为 { 实体的文号字段: 本接口 DocumentNumber 类型的字段 }，且 schema.graphql 中该 facet 以 @requires 引用同一文号字段。',
      'match must be { a document number of the entity: a field of this interface of type DocumentNumber }, and the facet in schema.graphql must @requires the same number.',
    ),
  ];
}
