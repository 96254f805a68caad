import type { DocumentNode, FieldDefinitionNode, TypeNode } from 'graphql';
import { FIELD_LEVELS } from '../../../runtime/level.js';
import type { FacetField, RowFacet, SubjectFacet } from '../../feed/feed.js';
import type { FieldType } from '../../kinds/field.js';
import { fieldOf, type Kind } from '../../kinds/kinds.js';
import type { FieldMapping } from '../../values/field-mapping.js';
import {
  type FacetTarget,
  isList,
  namedType,
  objectTypes,
  resolveFacet,
  type SdlTypes,
} from '../mapping/facet-path.js';
import { levelOf } from '../mapping/level-of.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

const SUBJECT = 'Subject.';

/**
 * What subjects can be filtered by because an interface fills a facet of theirs; null: it fills none.
 *
 * @param document the department's SDL, which says what the fields are in the graph.
 */
export function describeFacet(mapping: InterfaceMapping, document: DocumentNode): SubjectFacet | null {
  const { facet, order, subject } = mapping;
  if (facet === undefined) return null;
  const types = objectTypes(document);
  const target = resolveFacet(facet, types);
  if (target?.kind !== 'subject') return null;
  return {
    path: facet.slice(SUBJECT.length),
    list: target.list,
    order: order === undefined ? [] : [order],
    shared: subject.some(({ split }) => split !== undefined),
    fields: describeFields(mapping, target, types),
  };
}

/**
 * What rows can be filtered by because their interface shows fields of its own at them; null: it shows none. What a
 * second interface adds to them is no part of the row, and document numbers are those of the kind.
 */
export function describeRowFacet(mapping: InterfaceMapping, document: DocumentNode): RowFacet | null {
  const { facet, feeds, of, match } = mapping;
  if (facet === undefined || feeds === undefined || of !== undefined || match !== undefined) return null;
  const types = objectTypes(document);
  const target = resolveFacet(facet, types);
  if (target?.kind !== 'row' || target.entity !== feeds) return null;
  const fields = describeFields(mapping, target, types).filter(
    ({ name, documentNumber }) => fieldOf(feeds, name) === undefined && documentNumber !== true,
  );
  return fields.length === 0 ? null : { holder: target.field, fields };
}

/** A facet of rows of which nothing but its place is known; null: the path is of none. */
export function unreadRowFacet(path: string | null | undefined, kind: Kind | null): RowFacet | null {
  const [entity, holder, below] = path?.split('.') ?? [];
  return kind !== null && kind !== 'Subject' && entity === kind && holder !== undefined && below === undefined
    ? { holder, fields: [] }
    : null;
}

/** Those of the mapping's fields that the facet's type shows. */
function describeFields(
  mapping: InterfaceMapping,
  { type }: FacetTarget,
  types: SdlTypes,
): readonly FacetField[] {
  return (type.fields ?? []).flatMap((shown) => {
    const field = mapping.fields.get(shown.name.value);
    return field === undefined ? [] : (describeField(mapping, field, shown, types) ?? []);
  });
}

/** A facet of Subject of which nothing but its path is known; null: the path is of no such facet. */
export function unreadFacet(path: string | null | undefined): SubjectFacet | null {
  if (path?.startsWith(SUBJECT) !== true) return null;
  return { path: path.slice(SUBJECT.length), list: true, order: [], shared: false, fields: [] };
}

/** Null: nothing can be compared with it, as with an object. */
function describeField(
  mapping: InterfaceMapping,
  field: FieldMapping,
  { type, description }: FieldDefinitionNode,
  types: SdlTypes,
): FacetField | null {
  const { name } = field;
  const shown = typeInGraph(type, types);
  const said = levelOf(mapping, field);
  // What is secret is in no mapping.
  const level = FIELD_LEVELS.find((one) => one === said);
  if (shown === null || level === undefined) return null;
  return {
    name,
    ...shown,
    words: description?.value ?? name,
    level,
    ...(field.type === 'DocumentNumber' && { documentNumber: true }),
    ...(field.type === 'Township' && { township: true }),
    ...(field.type === 'PersonName' && { person: true }),
  };
}

/** Scalars by their names in the graph. */
const SCALARS: ReadonlyMap<string, FieldType> = new Map([
  ['ID', 'Text'],
  ['String', 'Text'],
  ['Boolean', 'Boolean'],
  ['Int', 'Integer'],
  ['Decimal', 'Decimal'],
  ['Date', 'Date'],
  ['DateTime', 'DateTime'],
]);

function typeInGraph(type: TypeNode, types: SdlTypes): Pick<FacetField, 'type' | 'enum'> | null {
  const name = namedType(type);
  const scalar = SCALARS.get(name);
  if (!isList(type)) {
    if (scalar !== undefined) return { type: scalar };
    return types.has(name) ? null : { type: 'Code', enum: name };
  }
  if (scalar !== undefined) return scalar === 'Text' ? { type: 'Texts' } : null;
  return types.has(name) ? null : { type: 'Codes', enum: name };
}
