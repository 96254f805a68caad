import { type DocumentNode, type EnumTypeDefinitionNode, Kind as NodeKind } from 'graphql';
import { isAskedFrom } from '../../../adapters/source-object.js';
import { durationText } from '../../../runtime/duration-text.js';
import { nearestWord } from '../../../runtime/nearest-word.js';
import type { Place } from '../../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import type { FieldDeclaration } from '../../kinds/field.js';
import { declarationOf, usualOrdersOf } from '../../kinds/kinds.js';
import type { CodeLists } from '../../values/codes/code-lists.js';
import type { FieldMapping, FieldMappingType } from '../../values/field-mapping.js';
import type { DepartmentFiles } from '../department.js';
import { objectTypes, resolveFacet, type SdlTypes } from '../mapping/facet-path.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import { lintCatalogue } from './lint-catalogue.js';
import { lintCompleted, lintMatch } from './lint-facet.js';
import { lintObserve } from './lint-observe.js';
import { lintOrdered } from './lint-ordered.js';
import { lintRequires } from './lint-requires.js';
import { lintSnapshot } from './lint-snapshot.js';
import { type ConnectionDialects, lintSource } from './lint-source.js';

/** What mappings may refer to. */
export interface LintWorld {
  readonly codeLists: CodeLists;
  /** Names of lists whose files have errors, and these. */
  readonly faultyLists: ReadonlyMap<string, readonly Problem[]>;
  /** Enum values by enum name: schema/canonical.graphql and the department's own. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
  /** Null when no configuration is at hand. */
  readonly connections: ConnectionDialects | null;
  /** The most that a caller may wait for an answer. */
  readonly mostMs: number;
}

/** Checks one department's files against themselves, without any source. */
export function lintDepartment(department: DepartmentFiles, world: LintWorld): readonly Problem[] {
  const problems: Problem[] = [...department.problems];
  const types = department.document === null ? null : objectTypes(department.document);
  for (const mapping of department.mappings) {
    const twin = department.mappings.find(
      (other) => other !== mapping && other.interface === mapping.interface,
    );
    // Who is not where the name says gives way.
    if (twin !== undefined && !isWellPlaced(mapping, department)) {
      problems.push(
        problem(
          'duplicate-interface',
          mapping.place,
          `接口名“${mapping.interface}”重复。`,
          `Interface names must be unique, but ${mapping.interface} is also in ${twin.place.file}.`,
        ),
      );
    }
    problems.push(...lintMapping(mapping, department, types, world));
  }
  return problems;
}

function problem(rule: string, place: Place, zh: string, en: string): Problem {
  return { rule, severity: 'error', place, zh, en };
}

function expectedFile({ interface: name }: InterfaceMapping): string {
  return `${name.slice(name.indexOf('.') + 1)}.yaml`;
}

/** An interface's name is its department's and its file's. */
function isWellPlaced(mapping: InterfaceMapping, { name }: DepartmentFiles): boolean {
  return (
    mapping.place.file.endsWith(`/${expectedFile(mapping)}`) &&
    mapping.interface.startsWith(`${name}.`) &&
    mapping.owner.department === name
  );
}

function lintMapping(
  mapping: InterfaceMapping,
  department: DepartmentFiles,
  types: SdlTypes | null,
  world: LintWorld,
): readonly Problem[] {
  const problems: Problem[] = [];
  const { place } = mapping;
  if (!isWellPlaced(mapping, department)) {
    problems.push(
      problem(
        'misplaced',
        place,
        `接口 ${mapping.interface} 应位于部门 ${mapping.owner.department} 的 ${expectedFile(mapping)}。`,
        `${mapping.interface} must be in ${expectedFile(mapping)} of its owner's folder, but is in ${place.file}.`,
      ),
    );
  }
  problems.push(...lintSource(mapping, world.connections));
  const facet = mapping.facet === undefined || types === null ? null : resolveFacet(mapping.facet, types);
  if (mapping.facet !== undefined && types !== null && facet === null) {
    problems.push(
      problem(
        'unknown-facet',
        place,
        `schema.graphql 中没有 ${mapping.facet}。`,
        `The facet ${mapping.facet} must be a field with an object type in schema.graphql, but there is none.`,
      ),
    );
  }
  problems.push(
    ...lintCompleted(mapping, department),
    ...lintMatch(mapping, facet),
    ...lintRecent(mapping),
    ...lintTimeout(mapping, world),
  );
  problems.push(
    ...lintCatalogue(mapping),
    ...lintRequires(mapping),
    ...lintSnapshot(mapping, department.mappings),
  );
  problems.push(
    ...lintColours(mapping),
    ...lintSharedRows(mapping),
    ...lintOrdered(mapping),
    ...lintObserve(mapping),
  );
  if (mapping.feeds === undefined && mapping.facet === undefined) {
    problems.push(
      problem(
        'unused',
        place,
        '既无 feeds 也无 facet。',
        'An interface must feed a kind or hang at a facet, but this does neither.',
      ),
    );
  }
  const kind = mapping.feeds === undefined ? null : declarationOf(mapping.feeds);
  const canonical = kind?.fields ?? {};
  const facetFields = new Set((facet?.type.fields ?? []).map((field) => field.name.value));
  // A table that only ties identifiers together says nothing else of its subjects.
  const isCrosswalk = mapping.feeds === 'Subject' && mapping.fields.size === 0;
  for (const [name, field] of Object.entries(canonical)) {
    if (field.required === true && !isCrosswalk && !mapping.fields.has(name)) {
      problems.push(
        problem(
          'required-field',
          place,
          `${mapping.feeds} 的必需字段 ${name} 未映射。`,
          `An interface that feeds ${mapping.feeds} must map "${name}", but this does not.`,
        ),
      );
    }
  }
  for (const field of mapping.fields.values()) {
    const known = canonical[field.name];
    if (known === undefined && types !== null && !facetFields.has(field.name)) {
      const nearest = nearestWord(field.name, [...Object.keys(canonical), ...facetFields]);
      problems.push(
        problem(
          'unknown-field',
          field.place,
          `字段“${field.name}”不属于 ${mapping.feeds ?? mapping.facet}。`,
          `The field "${field.name}" must belong to ${[mapping.feeds, facet?.type.name.value].filter(Boolean).join(' or ')}${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
        ),
      );
    }
    if (kind !== null && Object.hasOwn(kind.derived, field.name)) {
      problems.push(
        problem(
          'derived-field',
          field.place,
          `字段“${field.name}”由 ${kind.name} 的其他字段推算，不能映射。`,
          `The field "${field.name}" of ${kind.name} is derived from others and cannot be mapped.`,
        ),
      );
    }
    const isUsualOrder = mapping.feeds !== undefined && usualOrdersOf(mapping.feeds).includes(field.name);
    problems.push(...lintField(field, known, isUsualOrder, world));
  }
  if (kind === null) return problems;
  if (kind.subject === null && mapping.subject.length > 0) {
    problems.push(
      problem(
        'misplaced-key',
        place,
        `${mapping.feeds} 的行不涉及主体，不应写 subject。`,
        `Rows of ${mapping.feeds} are about no subject, but this says how a row points at one.`,
      ),
    );
  }
  if (kind.subject === null || kind.subject.optional === true || mapping.subject.length > 0) return problems;
  problems.push(
    problem(
      'no-subject',
      place,
      '未说明主体（subject）。',
      `An interface that feeds ${mapping.feeds} must say how a row points at its subject.`,
    ),
  );
  return problems;
}

function lintColours({ subject }: InterfaceMapping): readonly Problem[] {
  return subject
    .filter(({ scheme, colour }) => colour !== undefined && scheme !== 'plate')
    .map(({ place, scheme }) =>
      problem(
        'misplaced-key',
        place,
        'colour 只用于 plate。',
        `colour belongs to the scheme plate, but the scheme is ${scheme}.`,
      ),
    );
}

/** A row of a list is about one subject. */
function lintSharedRows({ subject, feeds, facet = '' }: InterfaceMapping): readonly Problem[] {
  return subject
    .filter(({ split }) => split !== undefined && (feeds !== undefined || !facet.startsWith('Subject.')))
    .map(({ place }) =>
      problem(
        'misplaced-key',
        place,
        '主体的 split 只用于 Subject 的部门信息，清单的一行只有一个主体。',
        'split of a subject belongs to a facet of Subject alone: a row of a list is about one.',
      ),
    );
}

/** `recent` names a column that a field reads as a Date, and that the source can be asked by from a day on. */
function lintRecent({ watermark, fields, source, place }: InterfaceMapping): readonly Problem[] {
  const column = watermark?.recent?.column;
  if (column === undefined) return [];
  const isDate = [...fields.values()].some((field) => field.column === column && field.type === 'Date');
  if (isDate && isAskedFrom(source.object, column)) return [];
  return [
    problem(
      'recent-unusable',
      place,
      `watermark.recent 的列“${column}”应有 Date 字段，并在 ask 中以 from 限定。`,
      `watermark.recent must name a column that a Date field reads and that ask narrows by from, but "${column}" is not.`,
    ),
  ];
}

/** The request's own deadline comes first: a source that is given longer than any caller may wait never gets it. */
function lintTimeout({ limits, timeoutPlace }: InterfaceMapping, { mostMs }: LintWorld): readonly Problem[] {
  if (timeoutPlace === undefined || limits.timeoutMs <= mostMs) return [];
  const [own, most] = [durationText(limits.timeoutMs / 1000), durationText(mostMs / 1000)];
  return [
    {
      rule: 'timeout-unreachable',
      severity: 'warning',
      place: timeoutPlace,
      zh: `limits.timeout 为 ${own.zh}，但查询至多等待 ${most.zh}（gateway.yaml 的 deadline.most）：更慢的数据源在答复中总是 MISSING。`,
      en: `limits.timeout is ${own.en}, but no request waits longer than ${most.en} (deadline.most of gateway.yaml): a source that takes longer is always MISSING from answers.`,
    },
  ];
}

/** Mapping types that can fill a canonical type. */
const FILLS: { readonly [type in FieldDeclaration['type']]: readonly FieldMappingType[] } = {
  Date: ['Date'],
  DateTime: ['DateTime'],
  Decimal: ['Decimal'],
  Integer: ['Integer'],
  Code: ['Code'],
  Codes: ['Codes'],
  Text: ['Text', 'DocumentNumber', 'Township', 'PersonName', 'Uscc', 'Longitude', 'Latitude'],
  Texts: ['Texts'],
  Boolean: ['Boolean'],
};

function lintField(
  field: FieldMapping,
  canonical: FieldDeclaration | undefined,
  isUsualOrder: boolean,
  world: LintWorld,
): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (rule: string, zh: string, en: string): void => {
    problems.push(problem(rule, field.place, `字段“${field.name}”：${zh}`, `Field "${field.name}": ${en}`));
  };
  if ((field.column === undefined) === (field.value === undefined)) {
    report(
      'column-or-value',
      'column 与 value 应恰有其一。',
      'exactly one of column and value must be given.',
    );
    return problems;
  }
  if (field.value !== undefined) {
    const values = canonical?.enum === undefined ? undefined : world.enums.get(canonical.enum);
    if (values !== undefined && !values.includes(field.value)) {
      report(
        'unknown-value',
        `“${field.value}”不是 ${canonical?.enum} 的值。`,
        `"${field.value}" must be a value of ${canonical?.enum}.`,
      );
    }
    return problems;
  }
  if (canonical !== undefined && !FILLS[canonical.type].includes(field.type)) {
    report(
      'wrong-type',
      `类型应为 ${FILLS[canonical.type].join(' 或 ')}，实际为 ${field.type}。`,
      `the type must be ${FILLS[canonical.type].join(' or ')}, but is ${field.type}.`,
    );
  }
  if (canonical?.documentNumber === true && field.type !== 'DocumentNumber') {
    report(
      'wrong-type',
      '文号应为 DocumentNumber 类型。',
      `the type must be DocumentNumber, but is ${field.type}.`,
    );
  }
  // What is written in any way sorts nowhere: such a column is ordered here, within the bound of a scan.
  if (isUsualOrder && field.sorts === undefined && field.format !== 'any') {
    report(
      'unsorted',
      '可排序的字段应写明 sorts。',
      'clients may order by this: say how the column sorts (sorts: asText with a fixed format, asNumber, or native), or that it is written in any way (format: any).',
    );
  }
  if (
    field.sorts === 'asText' &&
    (field.format === undefined || field.format === 'any' || field.format === 'native')
  ) {
    report(
      'unsorted',
      'sorts: asText 需要固定的 format。',
      'sorts: asText needs a fixed format such as yyyyMMdd.',
    );
  }
  const isCoordinate = field.type === 'Longitude' || field.type === 'Latitude';
  if (
    !isCoordinate &&
    (field.perDegree !== undefined || (field.pair !== undefined && field.type !== 'Uscc'))
  ) {
    report(
      'misplaced-key',
      'pair 只用于经纬度与 Uscc，perDegree 只用于经纬度。',
      'pair belongs to a Longitude, Latitude or Uscc, and perDegree to a Longitude or Latitude.',
    );
  }
  const isDated = field.type === 'Date' || field.type === 'DateTime';
  if (field.clock !== undefined && (!isDated || field.sorts !== undefined)) {
    report(
      'misplaced-key',
      'clock 只用于 Date 与 DateTime，且各行时钟不一的列不可排序。',
      'clock belongs to a Date or DateTime, and a column of several clocks does not sort.',
    );
  }
  if (field.unitColumn !== undefined && (field.type !== 'Decimal' || field.sorts !== undefined)) {
    report(
      'misplaced-key',
      'unitColumn 只用于 Decimal，且各行单位不一的列不可排序。',
      'unitColumn belongs to a Decimal, and a column of several units does not sort.',
    );
  }
  if (field.words !== undefined && (field.type !== 'Integer' || field.sorts !== undefined)) {
    report('misplaced-key', 'words 只用于文本列的 Integer。', 'words belong to an Integer of a text column.');
  }
  if (field.pattern !== undefined && (field.type !== 'Text' || field.redact === true)) {
    report('misplaced-key', 'pattern 只用于不隐去文字的 Text。', 'pattern belongs to a Text without redact.');
  }
  if (field.redact === true && field.type !== 'Text') {
    report(
      'misplaced-key',
      'redact 只用于 Text。',
      `redact belongs to a Text, but the type is ${field.type}.`,
    );
  }
  if (field.type === 'Code' || field.type === 'Codes') problems.push(...lintCodes(field, canonical, world));
  return problems;
}

function lintCodes(
  field: FieldMapping,
  canonical: FieldDeclaration | undefined,
  world: LintWorld,
): readonly Problem[] {
  const at = (rule: string, zh: string, en: string): readonly Problem[] => [
    problem(rule, field.place, `字段“${field.name}”：${zh}`, `Field "${field.name}": ${en}`),
  ];
  if (field.codes === undefined)
    return at('no-codes', '需要写明 codes。', `a ${field.type} needs a code list (codes: folder/name).`);
  const [fault] = world.faultyLists.get(field.codes) ?? [];
  if (fault !== undefined) {
    const { file, line, column } = fault.place;
    return at(
      'faulty-codes',
      `代码表 ${field.codes} 有误，见 ${file}:${line}:${column}。`,
      `the code list ${field.codes} has errors: see ${file}:${line}:${column}.`,
    );
  }
  const list = world.codeLists.get(field.codes);
  if (list === undefined) {
    const nearest = nearestWord(field.codes, world.codeLists.keys());
    return at(
      'unknown-codes',
      `没有代码表 ${field.codes}。`,
      `there must be a code list schema/codes/${field.codes}.yaml${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
    );
  }
  if (canonical?.enum !== undefined && list.enum !== canonical.enum) {
    return at(
      'wrong-enum',
      `代码表 ${field.codes} 应对应 ${canonical.enum}。`,
      `the code list must map to ${canonical.enum}, but ${field.codes} maps to ${list.enum}.`,
    );
  }
  const values = world.enums.get(list.enum);
  if (values === undefined)
    return at('unknown-enum', `没有枚举 ${list.enum}。`, `there must be an enum ${list.enum}.`);
  const strange = list.codes.filter((entry) => !values.includes(entry.value));
  const [first] = strange;
  if (first !== undefined) {
    return at(
      'unknown-value',
      `代码表 ${field.codes} 中的 ${first.value} 不属于 ${list.enum}。`,
      `${first.value} of the code list ${field.codes} must be a value of ${list.enum}.`,
    );
  }
  if (!values.includes('UNKNOWN')) {
    return at(
      'no-unknown',
      `枚举 ${list.enum} 缺少 UNKNOWN。`,
      `the enum ${list.enum} must have UNKNOWN, for codes that are in no list.`,
    );
  }
  return [];
}

/** Enum values by name, of one or several SDL texts. */
export function enumsOf(
  ...documents: readonly (DocumentNode | null)[]
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    documents
      .flatMap((document) => document?.definitions ?? [])
      .filter((node): node is EnumTypeDefinitionNode => node.kind === NodeKind.ENUM_TYPE_DEFINITION)
      .map((node) => [node.name.value, (node.values ?? []).map((value) => value.name.value)]),
  );
}
