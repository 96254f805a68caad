import { type FieldNode, Kind, type OperationDefinitionNode, print, type SelectionSetNode } from 'graphql';
import { entitySelection } from '../../plan/fetch-operation.js';
import type { RequiredField, RequiredSelection } from '../../plan/query-plan.js';
import { responseNameOf } from '../../plan/response-name.js';

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
        const at = prefix + responseNameOf(selection);
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
  const prefix = at === '' ? '' : `${at}.`;
  for (const required of requiredPaths(requires, sourceOf)) needed.add(prefix + required);
  return needed;
}

/** What is sent of an entity as subgraphs know it: names joined by dots. */
export function sentPaths(requires: readonly RequiredSelection[]): ReadonlySet<string> {
  return new Set(requiredPaths(requires, (field) => field.sentAs ?? sourceOf(field)));
}

/** Where the answer holds a required field. */
function sourceOf({ alias, name }: RequiredField): string {
  return alias ?? name;
}

function requiredPaths(
  selections: readonly RequiredSelection[],
  nameOf: (field: RequiredField) => string,
): readonly string[] {
  return selections.flatMap((selection) => {
    const inner = requiredPaths(selection.selections ?? [], nameOf);
    if (selection.kind === 'InlineFragment') return inner;
    const name = nameOf(selection);
    return [name, ...inner.map((path) => `${name}.${path}`)];
  });
}

/** A field as far as it says what is asked for, whatever is selected below it. */
function signatureOf({ name, arguments: given = [] }: FieldNode): string {
  return given.length === 0 ? name.value : `${name.value}(${given.map(print).join(',')})`;
}
