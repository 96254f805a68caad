import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  print,
  visit,
} from 'graphql';
import { argumentOf, type Joins } from '../joins.js';

/**
 * A supergraph for operations that the planner fails on: what the operation's fields require is part of the keys instead.
 * The planner then fetches it and sends it along with the key, which is what `@requires` means. It knows no plan of its own
 * if an entity is entered by a key whose fields come from a third subgraph (it throws).
 *
 * A plan of it is right only if `sendsRequired` says so: fields of an entity that a subgraph gives by itself would come without
 * what they require.
 *
 * @param joins of the supergraph.
 * @param operation a document.
 * @returns null when nothing that the operation asks for requires anything.
 */
export function requireByKeys(
  supergraph: DocumentNode,
  joins: Joins,
  operation: DocumentNode,
): string | null {
  const names = neededNames(joins, operation);
  let isChanged = false;
  const change = <T extends ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode>(
    node: T,
  ): T | undefined => {
    const required = requiredByGraph(node, names);
    if (required.size === 0) return undefined;
    isChanged = true;
    return {
      ...node,
      directives: (node.directives ?? []).map((one) => widenKey(one, required)),
      fields: (node.fields ?? []).map((field) =>
        names.has(field.name.value) ? withoutRequires(field) : field,
      ),
    };
  };
  const changed = visit(supergraph, { ObjectTypeDefinition: change, InterfaceTypeDefinition: change });
  return isChanged ? print(changed) : null;
}

/** Names of the operation's fields, of what they require, of what that requires, and so on. */
function neededNames({ types }: Joins, operation: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(operation, { Field: ({ name }) => void names.add(name.value) });
  const requiring = [...types.values()].flatMap(({ fields }) =>
    [...fields.values()].flatMap(({ name, joins }) =>
      joins.flatMap(({ requires }) =>
        requires === null ? [] : [{ name, words: requires.match(/\w+/g) ?? [] }],
      ),
    ),
  );
  for (let size = -1; size < names.size; ) {
    size = names.size;
    for (const { name, words } of requiring) {
      if (names.has(name)) for (const word of words) names.add(word);
    }
  }
  return names;
}

/** What the fields of a type require, by the graph's name in the supergraph. */
function requiredByGraph(
  { fields = [] }: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode,
  names: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const required = new Map<string, Set<string>>();
  for (const { name, directives = [] } of fields) {
    if (!names.has(name.value)) continue;
    for (const join of directives) {
      const requires = join.name.value === 'join__field' ? argumentOf(join, 'requires') : null;
      if (requires === null) continue;
      const graph = argumentOf(join, 'graph') ?? '';
      required.set(graph, (required.get(graph) ?? new Set()).add(requires));
    }
  }
  return required;
}

function widenKey(
  directive: ConstDirectiveNode,
  required: ReadonlyMap<string, ReadonlySet<string>>,
): ConstDirectiveNode {
  const more = required.get(argumentOf(directive, 'graph') ?? '');
  const key = argumentOf(directive, 'key');
  if (directive.name.value !== 'join__type' || more === undefined || key === null) return directive;
  return {
    ...directive,
    arguments: (directive.arguments ?? []).map((argument) =>
      argument.name.value === 'key'
        ? { ...argument, value: { kind: Kind.STRING, value: [key, ...more].join(' ') } }
        : argument,
    ),
  };
}

function withoutRequires(field: FieldDefinitionNode): FieldDefinitionNode {
  return {
    ...field,
    directives: (field.directives ?? []).map((directive) => ({
      ...directive,
      arguments: (directive.arguments ?? []).filter(({ name }) => name.value !== 'requires'),
    })),
  };
}
