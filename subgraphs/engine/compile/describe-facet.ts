import type { DocumentNode, FieldDefinitionNode, TypeNode } from 'graphql';
import { FIELD_LEVELS } from '../../../runtime/level.js';
import type { FacetField, SubjectFacet } from '../../feed/feed.js';
import type { FieldType } from '../../kinds/field.js';
import type { FieldMapping } from '../../values/field-mapping.js';
import { isList, namedType, objectTypes, resolveFacet, type SdlTypes } from '../mapping/facet-path.js';
import { levelOf } from '../mapping/level-of.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

const SUBJECT = 'Subject.';

/**
 * What subjects can be filtered by because an interface fills a facet of theirs; null: it fills none.
 *
 * @param document the department's SDL, which says what the fields are in the graph.
 */
export function describeFacet(mapping: InterfaceMapping, document: DocumentNode): SubjectFacet | null {
  const { facet, fields, order, subject } = mapping;
  if (facet === undefined) return null;
  const types = objectTypes(document);
  const target = resolveFacet(facet, types);
  if (target?.kind !== 'subject') return null;
  return {
    path: facet.slice(SUBJECT.length),
    list: target.list,
    order: order === undefined ? [] : [order],
    shared: subject.some(({ split }) => split !== undefined),
    fields: (target.type.fields ?? []).flatMap((shown) => {
      const field = fields.get(shown.name.value);
      return field === undefined ? [] : (describeField(mapping, field, shown, types) ?? []);
    }),
  };
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
