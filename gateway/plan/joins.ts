import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';

export interface SubgraphDefinition {
  readonly name: string;
  /** As the supergraph's `@join__graph` has it; may be empty when subgraphs run in this process. */
  readonly url: string;
}

interface JoinedField {
  readonly name: string;
  readonly type: TypeNode;
  readonly joins: readonly FieldJoin[];
}

/** What one subgraph says of a field; without a subgraph it holds for all that have the type. */
interface FieldJoin {
  readonly subgraph: string | null;
  readonly isExternal: boolean;
  readonly requires: string | null;
  readonly provides: string | null;
}

/** One object or interface of the supergraph. */
interface JoinedType {
  readonly name: string;
  readonly fields: ReadonlyMap<string, JoinedField>;
  /** By subgraph's name. */
  readonly keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
}

/** What the `@join__…` directives of a supergraph say. */
export interface Joins {
  readonly subgraphs: readonly SubgraphDefinition[];
  readonly types: ReadonlyMap<string, JoinedType>;
  /** Names of enums. */
  readonly enums: ReadonlySet<string>;
  /** What the graph calls its root types, by kind of operation; a subgraph may call its own by other names. */
  readonly rootTypes: ReadonlyMap<string, string>;
  /**
   * Names of all types, abstract ones included, whose objects a fragment on the named type applies to. A type that
   * the graph does not have: itself.
   */
  narrowerTypes(name: string): ReadonlySet<string>;
}

/** @throws {Error} when the document is no supergraph, or has a feature that is not carried out here. */
export function readJoins(document: DocumentNode): Joins {
  const graphs = readGraphs(document);
  const types = new Map<string, JoinedType>();
  const parents = new Map<string, Set<string>>();
  const addParent = (child: string, parent: string): void => {
    const known = parents.get(parent);
    if (known === undefined) parents.set(parent, new Set([child]));
    else known.add(child);
  };
  for (const definition of document.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        types.set(definition.name.value, readType(definition, graphs));
        for (const { name } of definition.interfaces ?? []) addParent(definition.name.value, name.value);
        break;
      case Kind.UNION_TYPE_DEFINITION:
        for (const member of definition.types ?? []) addParent(member.name.value, definition.name.value);
        break;
    }
  }
  const narrower = new Map<string, ReadonlySet<string>>();
  return {
    subgraphs: [...graphs.values()],
    types,
    enums: new Set(
      document.definitions.flatMap((one) => (one.kind === Kind.ENUM_TYPE_DEFINITION ? [one.name.value] : [])),
    ),
    rootTypes: readRootTypes(document),
    narrowerTypes: (name) => {
      const known = narrower.get(name);
      if (known !== undefined) return known;
      const found = new Set([name, ...(parents.get(name) ?? [])]);
      narrower.set(name, found);
      return found;
    },
  };
}

function readRootTypes(document: DocumentNode): ReadonlyMap<string, string> {
  const named = document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION
      ? definition.operationTypes.map(({ operation, type }) => [operation, type.name.value] as const)
      : [],
  );
  return new Map([['query', 'Query'], ['mutation', 'Mutation'], ...named]);
}

function readGraphs(document: DocumentNode): ReadonlyMap<string, SubgraphDefinition> {
  const graphs = new Map<string, SubgraphDefinition>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const join = value.directives?.find(({ name }) => name.value === 'join__graph');
      if (join === undefined) continue;
      graphs.set(value.name.value, {
        name: argumentOf(join, 'name') ?? '',
        url: argumentOf(join, 'url') ?? '',
      });
    }
  }
  if (graphs.size === 0) throw new Error('it has no enum join__Graph with @join__graph');
  return graphs;
}

function readType(
  definition: TypeDefinitionNode & { readonly fields?: readonly FieldDefinitionNode[] },
  graphs: ReadonlyMap<string, SubgraphDefinition>,
): JoinedType {
  const keys = new Map<string, SelectionSetNode[]>();
  for (const join of named(definition.directives, 'join__type')) {
    const key = argumentOf(join, 'key');
    const subgraph = graphs.get(argumentOf(join, 'graph') ?? '')?.name ?? '';
    if (key === null) continue;
    keys.set(subgraph, [...(keys.get(subgraph) ?? []), parseFields(key)]);
  }
  const fields = new Map<string, JoinedField>();
  for (const field of definition.fields ?? []) {
    const joins = named(field.directives, 'join__field').map((join): FieldJoin => {
      if (join.arguments?.some(({ name }) => name.value === 'contextArguments')) {
        throw new Error(
          `${definition.name.value}.${field.name.value} uses @fromContext, which is not served`,
        );
      }
      const graph = argumentOf(join, 'graph');
      return {
        subgraph: graph === null ? null : (graphs.get(graph)?.name ?? ''),
        isExternal: argumentOf(join, 'external') === 'true',
        requires: argumentOf(join, 'requires'),
        provides: argumentOf(join, 'provides'),
      };
    });
    fields.set(field.name.value, { name: field.name.value, type: field.type, joins });
  }
  return { name: definition.name.value, fields, keys };
}

/** The type within lists and non-nulls. */
export function nameOfType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOfType(type.type);
}

/** The selection set of a `FieldSet`. */
export function parseFields(fields: string): SelectionSetNode {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${fields} is no set of fields`);
  return operation.selectionSet;
}

function named(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): readonly ConstDirectiveNode[] {
  return directives?.filter((directive) => directive.name.value === name) ?? [];
}

/** An argument that is a text, a boolean or the value of an enum. */
export function argumentOf(directive: ConstDirectiveNode, argument: string): string | null {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value === undefined) return null;
  switch (value.kind) {
    case Kind.STRING:
    case Kind.ENUM:
      return value.value;
    case Kind.BOOLEAN:
      return String(value.value);
    default:
      return null;
  }
}
