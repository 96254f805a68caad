import { type FieldNode, Kind, type OperationDefinitionNode, print, type SelectionSetNode } from 'graphql';
import type { RequiredSelection } from '../../plan/query-plan.js';

/** Response names from the root, joined by dots, lists left out; to the field with its arguments. */
export type FieldPaths = ReadonlyMap<string, string>;

/** What a fetch adds to the answer. */
export function writtenPaths(
  path: readonly string[],
  operation: OperationDefinitionNode,
  isOfEntities: boolean,
): FieldPaths {
  const written = new Map<string, string>();
  const visit = (selectionSet: SelectionSetNode, prefix: string): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const at = prefix + (selection.alias?.value ?? selection.name.value);
        written.set(at, signatureOf(selection));
        if (selection.selectionSet !== undefined) visit(selection.selectionSet, `${at}.`);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet, prefix);
    }
  };
  const root = isOfEntities ? entitySelection(operation) : operation.selectionSet;
  const at = path.filter((part) => part !== '@').join('.');
  visit(root, at === '' ? '' : `${at}.`);
  return written;
}

/** What a fetch needs of the answer: the way to its objects, and the fields that it sends of them. */
export function neededPaths(
  path: readonly string[],
  requires: readonly RequiredSelection[] = [],
): ReadonlySet<string> {
  const needed = new Set<string>();
  let at = '';
  for (const part of path) {
    if (part === '@') continue;
    at += at === '' ? part : `.${part}`;
    needed.add(at);
  }
  const visit = (selections: readonly RequiredSelection[], prefix: string): void => {
    for (const selection of selections) {
      if (selection.kind === 'InlineFragment') visit(selection.selections, prefix);
      else {
        const field = prefix + (selection.alias ?? selection.name);
        needed.add(field);
        visit(selection.selections ?? [], `${field}.`);
      }
    }
  };
  visit(requires, at === '' ? '' : `${at}.`);
  return needed;
}

/** The selections on `_entities`. */
export function entitySelection({ selectionSet }: OperationDefinitionNode): SelectionSetNode {
  const [field] = selectionSet.selections;
  if (field?.kind !== Kind.FIELD || field.name.value !== '_entities' || field.selectionSet === undefined) {
    throw new Error('a fetch that requires something must ask for _entities');
  }
  return field.selectionSet;
}

/** A field as far as it says what is asked for, whatever is selected below it. */
function signatureOf({ name, arguments: given = [] }: FieldNode): string {
  return given.length === 0 ? name.value : `${name.value}(${given.map(print).join(',')})`;
}
