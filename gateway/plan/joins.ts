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

export interface JoinedField {
  readonly name: string;
  readonly type: TypeNode;
  readonly joins: readonly FieldJoin[];
}

/** What one subgraph says of a field; without a subgraph it holds for all that have the type. */
export interface FieldJoin {
  readonly subgraph: string | null;
  readonly isExternal: boolean;
  /** Whether the subgraph has the field for its keys alone, and another one gives it to callers. */
  readonly isOverridden: boolean;
  /** The named type that the subgraph declares it with, where that is not the supergraph's. */
  readonly typeName: string | null;
  readonly requires: string | null;
  readonly provides: string | null;
}

/** One object or interface of the supergraph. */
export interface JoinedType {
  readonly name: string;
  /** Names of the subgraphs that have it. */
  readonly subgraphs: ReadonlySet<string>;
  readonly fields: ReadonlyMap<string, JoinedField>;
  /** By subgraph's name. */
  readonly keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
}

/** What the `@join__…` directives of a supergraph say. */
export interface Joins {
  readonly document: DocumentNode;
  readonly subgraphs: readonly SubgraphDefinition[];
  readonly types: ReadonlyMap<string, JoinedType>;
  /** Whether objects of a type can stand where a subgraph gives an interface or union. */
  isMember(typeName: string, abstractName: string, subgraph: string): boolean;
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
  const members = new Set<string>();
  const addMembers = (directives: readonly ConstDirectiveNode[] | undefined, typeName: string): void => {
    for (const join of named(directives, 'join__implements')) {
      const subgraph = graphs.get(argumentOf(join, 'graph') ?? '')?.name;
      members.add(`${subgraph} ${argumentOf(join, 'interface')} ${typeName}`);
    }
    for (const join of named(directives, 'join__unionMember')) {
      const subgraph = graphs.get(argumentOf(join, 'graph') ?? '')?.name;
      members.add(`${subgraph} ${typeName} ${argumentOf(join, 'member')}`);
    }
  };
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
        addMembers(definition.directives, definition.name.value);
        for (const { name } of definition.interfaces ?? []) addParent(definition.name.value, name.value);
        break;
      case Kind.UNION_TYPE_DEFINITION:
        addMembers(definition.directives, definition.name.value);
        for (const member of definition.types ?? []) addParent(member.name.value, definition.name.value);
        break;
    }
  }
  const narrower = new Map<string, ReadonlySet<string>>();
  return {
    document,
    subgraphs: [...graphs.values()],
    types,
    isMember: (typeName, abstractName, subgraph) => members.has(`${subgraph} ${abstractName} ${typeName}`),
    narrowerTypes: (name) => {
      const known = narrower.get(name);
      if (known !== undefined) return known;
      const found = new Set([name, ...(parents.get(name) ?? [])]);
      narrower.set(name, found);
      return found;
    },
  };
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
  const subgraphs = new Set<string>();
  for (const join of named(definition.directives, 'join__type')) {
    const key = argumentOf(join, 'key');
    const subgraph = graphs.get(argumentOf(join, 'graph') ?? '')?.name ?? '';
    subgraphs.add(subgraph);
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
        isOverridden: argumentOf(join, 'usedOverridden') === 'true',
        typeName: argumentOf(join, 'type')?.replace(/[[\]!]/g, '') ?? null,
        requires: argumentOf(join, 'requires'),
        provides: argumentOf(join, 'provides'),
      };
    });
    fields.set(field.name.value, { name: field.name.value, type: field.type, joins });
  }
  return { name: definition.name.value, subgraphs, fields, keys };
}

/** What a subgraph says of a field, nothing in particular included; null when it does not have the field. */
export function joinsOf(
  { types }: Joins,
  typeName: string,
  fieldName: string,
  subgraph: string,
): readonly FieldJoin[] | null {
  const type = types.get(typeName);
  const field = type?.fields.get(fieldName);
  if (type === undefined || field === undefined || !type.subgraphs.has(subgraph)) return null;
  const own = field.joins.filter((join) => join.subgraph === null || join.subgraph === subgraph);
  return own.length === 0 && field.joins.length > 0 ? null : own;
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
