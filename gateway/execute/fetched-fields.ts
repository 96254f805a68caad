import { Kind, parse, type SelectionNode, type SelectionSetNode } from 'graphql';

/**
 * Response names of the fields that an operation of a plan fetches: those of the root, or below `_entities`.
 * Only failures ask for them, so the text is parsed again rather than kept.
 */
export function fetchedFields(operation: string): readonly string[] {
  const definitions = parse(operation, { noLocation: true }).definitions;
  const root = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition.selectionSet);
    }
  }
  const fieldsOf = (selections: readonly SelectionNode[]): readonly string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        return fieldsOf(fragments.get(selection.name.value)?.selections ?? []);
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet.selections);
      if (selection.name.value === '_entities') return fieldsOf(selection.selectionSet?.selections ?? []);
      return selection.name.value === '__typename' ? [] : [selection.alias?.value ?? selection.name.value];
    });
  return [...new Set(fieldsOf(root?.selectionSet.selections ?? []))];
}
