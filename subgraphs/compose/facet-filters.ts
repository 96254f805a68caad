import { type DocumentNode, type EnumTypeDefinitionNode, Kind, parse, print } from 'graphql';
import { describeFacet } from '../engine/compile/describe-facet.js';
import type { DepartmentFiles } from '../engine/department.js';
import { namedType, objectTypes } from '../engine/mapping/facet-path.js';
import type { InterfaceMapping } from '../engine/mapping/mapping.js';
import type { SubjectFacet } from '../feed/feed.js';
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
  const facets = departments.flatMap(facetsOf).filter(({ path }) => !reserved.has(holderOf(path)));
  if (facets.length === 0) return '';
  const holders = new Map<string, readonly WordedFacet[]>();
  for (const facet of facets) {
    const holder = holderOf(facet.path);
    holders.set(holder, [...(holders.get(holder) ?? []), facet]);
  }
  return [
    ...enumsBeside(facets, taken).map((node) => `${print(node)}\n`),
    ...facets.flatMap((facet) => [rowsFilterSdl(facet), clauseSdl(facet)]),
    ...[...holders].map(([holder, ofHolder]) => holderSdl(holder, ofHolder)),
    `extend input SubjectFilter {\n${[...holders]
      .map(([holder, [first]]) => member(first?.words[0] ?? null, `${holder}: ${typeOf(holder)}Filter`))
      .join('')}}\n`,
  ].join('\n');
}

function facetsOf({ document, mappings }: DepartmentFiles): readonly WordedFacet[] {
  if (document === null) return [];
  const types = objectTypes(document);
  const wordsOf = (type: string, field: string): string | null =>
    types.get(type)?.fields?.find(({ name }) => name.value === field)?.description?.value ?? null;
  const enums = document.definitions.filter((node) => node.kind === Kind.ENUM_TYPE_DEFINITION);
  return mappings.flatMap((mapping): readonly WordedFacet[] => {
    const facet = describeFacet(mapping, document);
    if (facet === null || facetInputsOf(facet.fields).size === 0) return [];
    const [holder = '', field = ''] = facet.path.split('.');
    const shown = types.get('Subject')?.fields?.find(({ name }) => name.value === holder)?.type;
    const type = shown === undefined ? '' : namedType(shown);
    const used = facet.fields.map((one) => one.enum);
    return [
      {
        ...facet,
        mapping,
        words: [wordsOf('Subject', holder), wordsOf(type, field)],
        enums: enums.filter(({ name }) => used.includes(name.value)),
      },
    ];
  });
}

/** The filter on single rows. */
function rowsFilterSdl({ path, fields }: WordedFacet): string {
  const type = `${typeOf(path)}Filter`;
  const levels = new Map(fields.map(({ name, level }) => [name, level]));
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
function enumsBeside(facets: readonly WordedFacet[], taken: DocumentNode): readonly EnumTypeDefinitionNode[] {
  const known = new Set(
    taken.definitions.flatMap((node) => (node.kind === Kind.ENUM_TYPE_DEFINITION ? [node.name.value] : [])),
  );
  const all = facets.flatMap(({ enums }) => enums).filter(({ name }) => !known.has(name.value));
  return [...new Map(all.map((node) => [node.name.value, node])).values()];
}

function conditionsOn(document: DocumentNode, input: string): ReadonlySet<string> {
  return new Set(
    document.definitions.flatMap((node) =>
      (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION) &&
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
  return `Subject${path
    .split('.')
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('')}`;
}
