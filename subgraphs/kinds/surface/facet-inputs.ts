import type { FieldDeclaration } from '../field.js';
import { type FilterInput, inputsOfField } from './filter-inputs.js';

type NamedField = FieldDeclaration & { readonly name: string };

/** Names that every filter has of its own: a field that is called so cannot be filtered by. */
const TAKEN: readonly string[] = ['and', 'or', 'not'];

/** The inputs of a filter on the rows of a facet besides `and`, `or` and `not`, by name: those that a kind's fields have. */
export function facetInputsOf(fields: readonly NamedField[]): ReadonlyMap<string, FilterInput> {
  const inputs = fields.flatMap((field) => inputsOfField(field.name, field));
  return new Map(inputs.filter(({ name }) => !TAKEN.includes(name)).map((input) => [input.name, input]));
}
