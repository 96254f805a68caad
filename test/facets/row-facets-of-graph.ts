import { getNamedType, isInputObjectType, isObjectType } from 'graphql';
import type { GraphFacet } from './facets-of-graph.js';
import { callersSchema, typesOf } from './shown-fields.js';

/** Fields that departments show at the rows of a kind, as callers' schema has them. */
export interface GraphRowFacet extends Pick<GraphFacet, 'holder' | 'fields' | 'inputs'> {
  /** Of the list: `inspections`. */
  readonly list: string;
}

/** Every facet of rows by which lists are filtered. */
export function rowFacetsOfGraph(): readonly GraphRowFacet[] {
  const schema = callersSchema();
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap(({ name: list, type }) => {
    const kind = getNamedType(type).name.replace(/Connection$/, '');
    const [row, filter] = [schema.getType(kind), schema.getType(`${kind}Filter`)];
    if (list === 'subjects' || !isObjectType(row) || !isInputObjectType(filter)) return [];
    if (getNamedType(type).name !== `${kind}Connection`) return [];
    return Object.values(filter.getFields()).flatMap((input): readonly GraphRowFacet[] => {
      const shown = row.getFields()[input.name];
      const [inner, facet] = [
        getNamedType(input.type),
        shown === undefined ? null : getNamedType(shown.type),
      ];
      if (!isInputObjectType(inner) || !isObjectType(facet) || input.name === 'subject') return [];
      const fields = Object.values(facet.getFields()).filter((one) => !isObjectType(getNamedType(one.type)));
      return [
        {
          list,
          holder: input.name,
          fields: typesOf(fields),
          inputs: new Map(Object.values(inner.getFields()).map((one) => [one.name, String(one.type)])),
        },
      ];
    });
  });
}
