import { type DocumentNode, type EnumTypeDefinitionNode, Kind as NodeKind, parse, print } from 'graphql';
import { capital } from '../../runtime/capital.js';
import { type FieldLevel, higherLevel } from '../../runtime/level.js';
import { describeFacet, describeRowFacet } from '../engine/compile/describe-facet.js';
import type { DepartmentFiles } from '../engine/department.js';
import { namedType, objectTypes } from '../engine/mapping/facet-path.js';
import type { InterfaceMapping } from '../engine/mapping/mapping.js';
import type { FacetField, RowFacet, SubjectFacet } from '../feed/feed.js';
import type { Kind } from '../kinds/kinds.js';
import { describe, member } from '../kinds/sdl/describe.js';
import { facetInputsOf } from '../kinds/surface/facet-inputs.js';

/** A facet of Subject with what its department's SDL says of it. */
interface WordedFacet extends SubjectFacet {
  readonly mapping: InterfaceMapping;
  /** Of `Subject.marine` and of `MarineSubject.vessel`. */
  readonly words: readonly [holder: string | null, facet: string | null];
  readonly enums: readonly EnumTypeDefinitionNode[];
}

/**
 * What the hub's SDL holds of departments' facets: inputs by which `SubjectFilter` compares their fields, and the enums
 * of those.
 *
 * @param departments in the order of `rover.yaml`; one whose SDL cannot be read adds nothing.
 * @param own the hub's SDL without it: a facet that is called like another condition on subjects adds nothing either.
 */
export function facetFiltersSdl(departments: readonly DepartmentFiles[], own: string): string {
  const taken = parse(own);
  const reserved = conditionsOn(taken, 'SubjectFilter');
  const known = new Set(enumsOf(taken).map(({ name }) => name.value));
  const facets = departments
    .flatMap(facetsOf)
    .filter(({ path }) => !reserved.has(holderOf(path)))
    .flatMap((facet) => withoutStrangers(facet, known));
  const rows = departments
    .flatMap(rowFacetsOf)
    .filter(({ kind, holder }) => !conditionsOn(taken, `${kind}Filter`).has(holder))
    .flatMap((facet) => withoutStrangers(facet, known));
  if (facets.length === 0 && rows.length === 0) return '';
  const holders = new Map<string, readonly WordedFacet[]>();
  for (const facet of facets) {
    const holder = holderOf(facet.path);
    holders.set(holder, [...(holders.get(holder) ?? []), facet]);
  }
  return [
    ...enumsBeside([...facets, ...rows], known).map((node) => `${print(node)}\n`),
    ...facets.flatMap((facet) => [
      rowsFilterSdl(`${typeOf(facet.path)}Filter`, facet.fields),
      clauseSdl(facet),
    ]),
    ...[...holders].map(([holder, ofHolder]) => holderSdl(holder, ofHolder)),
    ...(facets.length === 0
      ? []
      : [
          `extend input SubjectFilter {\n${[...holders]
            .map(([holder, [first]]) => member(first?.words[0] ?? null, `${holder}: ${typeOf(holder)}Filter`))
            .join('')}}\n`,
        ]),
    ...rowFacetsSdl(rows),
  ].join('\n');
}

/** Without fields of a type that is defined nowhere: that is a mistake of the department's, and told as one of its own. */
function withoutStrangers<Facet extends Pick<WordedFacet, 'fields' | 'enums'>>(
  facet: Facet,
  known: ReadonlySet<string>,
): readonly Facet[] {
  const own = new Set(facet.enums.map(({ name }) => name.value));
  const fields = facet.fields.filter(
    ({ enum: name }) => name === undefined || known.has(name) || own.has(name),
  );
  return facetInputsOf(fields).size === 0 ? [] : [{ ...facet, fields }];
}

function facetsOf({ document, mappings }: DepartmentFiles): readonly WordedFacet[] {
  if (document === null) return [];
  const types = objectTypes(document);
  const wordsOf = (type: string, field: string): string | null =>
    types.get(type)?.fields?.find(({ name }) => name.value === field)?.description?.value ?? null;
  return mappings.flatMap((mapping): readonly WordedFacet[] => {
    const facet = describeFacet(mapping, document);
    if (facet === null) return [];
    const [holder = '', field = ''] = facet.path.split('.');
    const shown = types.get('Subject')?.fields?.find(({ name }) => name.value === holder)?.type;
    const type = shown === undefined ? '' : namedType(shown);
    return [
      {
        ...facet,
        mapping,
        words: [wordsOf('Subject', holder), wordsOf(type, field)],
        enums: enumsOf(document).filter(isOfOne(facet.fields)),
      },
    ];
  });
}

/** Fields that a department shows at rows of a kind. */
interface WordedRowFacet extends RowFacet {
  readonly kind: Kind;
  readonly words: string | null;
  readonly enums: readonly EnumTypeDefinitionNode[];
}

function rowFacetsOf({ document, mappings }: DepartmentFiles): readonly WordedRowFacet[] {
  if (document === null) return [];
  const types = objectTypes(document);
  return mappings.flatMap((mapping): readonly WordedRowFacet[] => {
    const facet = describeRowFacet(mapping, document);
    if (facet === null || mapping.feeds === undefined) return [];
    const shown = types.get(mapping.feeds)?.fields?.find(({ name }) => name.value === facet.holder);
    return [
      {
        ...facet,
        kind: mapping.feeds,
        words: shown?.description?.value ?? null,
        enums: enumsOf(document).filter(isOfOne(facet.fields)),
      },
    ];
  });
}

/** One input type for each facet, whichever interfaces show it, and its place in the filter of the kind. */
function rowFacetsSdl(facets: readonly WordedRowFacet[]): readonly string[] {
  const byPlace = new Map<string, readonly WordedRowFacet[]>();
  for (const facet of facets) {
    const place = `${facet.kind}.${facet.holder}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), facet]);
  }
  return [...byPlace.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const { kind, holder, words } = first;
    const type = `${kind}${capital(holder)}Filter`;
    return [
      rowsFilterSdl(
        type,
        all.flatMap(({ fields }) => fields),
      ),
      `extend input ${kind}Filter {\n${member(words, `${holder}: ${type}`)}}\n`,
    ];
  });
}

/** The filter on single rows. */
function rowsFilterSdl(type: string, fields: readonly FacetField[]): string {
  const levels = new Map<string, FieldLevel>();
  for (const { name, level } of fields) levels.set(name, higherLevel(levels.get(name) ?? level, level));
  const inputs = [...facetInputsOf(fields).values()].map((input) =>
    member(input.words, `${input.name}: ${input.type}`, levels.get(input.field)),
  );
  return `input ${type} {\n${[
    member('每一项都须满足. All of them.', `and: [${type}!]`),
    member('至少一项满足. Any of them.', `or: [${type}!]`),
    member('不满足. The opposite.', `not: ${type}`),
    ...inputs,
  ].join('')}}\n`;
}

function clauseSdl({ path, list, words: [, words] }: WordedFacet): string {
  const about = list
    ? '主体须满足的条件，按这些行. Clause on these rows of a subject.'
    : '主体须满足的条件，按所示的这一行. Clause on the one row that is shown of a subject.';
  return `${describe(words === null ? about : `${about}\n${words}`)}input ${typeOf(path)}Clause {\n${[
    `  where: ${typeOf(path)}Filter\n`,
    ...(list ? [member('行数. Number of rows.', 'count: IntRange')] : []),
    member('是否有这样的行. Whether there is such a row.', 'some: Boolean'),
    member('是否没有这样的行. Whether there is no such row.', 'none: Boolean'),
  ].join('')}}\n`;
}

function holderSdl(holder: string, facets: readonly WordedFacet[]): string {
  const clauses = facets.map(({ path, list, mapping, words: [, words] }) => {
    const [, field = ''] = path.split('.');
    const price = clausePrice(mapping, list);
    const cost = price > 1 ? ` @cost(weight: ${String(price)})` : '';
    return member(words, `${field}: ${typeOf(path)}Clause${cost}`);
  });
  return `input ${typeOf(holder)}Filter {\n${clauses.join('')}}\n`;
}

/**
 * A source that is not read now and then as a whole is called once; of a facet that shows one row of several, once more,
 * for how many there are.
 */
function clausePrice({ snapshot, limits: { callPrice } }: InterfaceMapping, list: boolean): number {
  if (snapshot !== undefined && snapshot.keys === undefined) return 1;
  return list ? callPrice : 2 * callPrice;
}

/** Enums of the facets' fields that the hub's SDL does not have, each once. */
function enumsBeside(
  facets: readonly Pick<WordedFacet, 'enums'>[],
  known: ReadonlySet<string>,
): readonly EnumTypeDefinitionNode[] {
  const all = facets.flatMap(({ enums }) => enums).filter(({ name }) => !known.has(name.value));
  return [...new Map(all.map((node) => [node.name.value, node])).values()];
}

function enumsOf({ definitions }: DocumentNode): readonly EnumTypeDefinitionNode[] {
  return definitions.filter((node) => node.kind === NodeKind.ENUM_TYPE_DEFINITION);
}

/** Whether one of the fields holds values of an enum. */
function isOfOne(fields: readonly FacetField[]): (node: EnumTypeDefinitionNode) => boolean {
  return ({ name }) => fields.some((one) => one.enum === name.value);
}

function conditionsOn(document: DocumentNode, input: string): ReadonlySet<string> {
  return new Set(
    document.definitions.flatMap((node) =>
      (node.kind === NodeKind.INPUT_OBJECT_TYPE_DEFINITION ||
        node.kind === NodeKind.INPUT_OBJECT_TYPE_EXTENSION) &&
      node.name.value === input
        ? (node.fields ?? []).map(({ name }) => name.value)
        : [],
    ),
  );
}

function holderOf(path: string): string {
  return path.slice(0, path.indexOf('.'));
}

/** `publicProfile.annualReports`: `SubjectPublicProfileAnnualReports` */
function typeOf(path: string): string {
  return `Subject${path.split('.').map(capital).join('')}`;
}
