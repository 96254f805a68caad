import {
  type GraphQLInputObjectType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { callersSchema, typesOf } from './shown-fields.js';

/** A facet of Subject as callers' schema shows it. */
export interface GraphFacet {
  readonly holder: string;
  readonly field: string;
  readonly isList: boolean;
  /** Scalars and enums of its rows, and their types by name: `Decimal`, `[String]`. */
  readonly fields: ReadonlyMap<string, string>;
  /** Inputs of the filter on its rows, with the names of their types. */
  readonly inputs: ReadonlyMap<string, string>;
}

/** Every facet of Subject by whose rows subjects are filtered. */
export function facetsOfGraph(): readonly GraphFacet[] {
  const schema = callersSchema();
  const [subject, filter] = [schema.getType('Subject'), schema.getType('SubjectFilter')];
  if (!isObjectType(subject) || !isInputObjectType(filter)) throw new Error('no Subject');
  return Object.values(filter.getFields()).flatMap(({ name: holder, type }): readonly GraphFacet[] => {
    const shown = subject.getFields()[holder];
    const [input, holderType] = [getNamedType(type), shown === undefined ? null : getNamedType(shown.type)];
    if (!isInputObjectType(input) || !isObjectType(holderType) || holderType.name.endsWith('Connection'))
      return [];
    if (holder === 'owner') return [];
    return Object.values(input.getFields()).map(({ name: field, type: clause }): GraphFacet => {
      const row = holderType.getFields()[field]?.type;
      const rowType = row === undefined ? null : getNamedType(row);
      if (row === undefined || !isObjectType(rowType)) throw new Error(`no ${holder}.${field}`);
      const isList = isListType(isNonNullType(row) ? row.ofType : row);
      const own = Object.values(rowType.getFields()).filter(
        (one) => !isObjectType(getNamedType(one.type)) && one.name !== 'quality' && one.name !== 'id',
      );
      const where = (getNamedType(clause) as GraphQLInputObjectType).getFields().where;
      const inputs = Object.values((getNamedType(where?.type) as GraphQLInputObjectType).getFields());
      return {
        holder,
        field,
        isList,
        fields: typesOf(own),
        inputs: new Map(inputs.map((one) => [one.name, String(one.type)])),
      };
    });
  });
}
