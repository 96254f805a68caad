import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

/** A field as the supergraph joins it. */
export interface JoinedField {
  /** Subgraphs that resolve it. */
  readonly owners: readonly string[];
  /** What a subgraph must be told of the object before it resolves the field, by subgraph. */
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
}

export interface JoinedType {
  readonly fields: ReadonlyMap<string, JoinedField>;
  /** Keys by which a subgraph can be entered. */
  readonly keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
}

type Arguments = Readonly<Record<string, unknown>>;

/**
 * Reads who resolves what from the `@join__` directives of object types: as much as a graph without
 * `@interfaceObject` and `@override` has. `@provides` is not read: it may save a call, never change an answer.
 */
export function readJoins(supergraphSdl: string): ReadonlyMap<string, JoinedType> {
  const document = parse(supergraphSdl, { noLocation: true });
  const nameOf = readGraphNames(document);
  return new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
      .map((type) => [type.name.value, joinedType(type, nameOf)]),
  );
}

/** Names of subgraphs by the values of `join__Graph`. */
export function readGraphNames({ definitions }: DocumentNode): (graph: unknown) => string {
  const graphs = definitions.find(
    (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) throw new Error('the supergraph must have join__Graph');
  const names = new Map(
    (graphs.values ?? []).map((value) => [
      value.name.value,
      String(applied(value.directives, 'join__graph')[0]?.name),
    ]),
  );
  return (graph) => names.get(String(graph)) ?? '';
}

function joinedType(type: ObjectTypeDefinitionNode, nameOf: (graph: unknown) => string): JoinedType {
  const joins = applied(type.directives, 'join__type');
  const graphs = [...new Set(joins.map(({ graph }) => nameOf(graph)))];
  const keys = new Map(graphs.map((graph): [string, SelectionSetNode[]] => [graph, []]));
  for (const { graph, key, resolvable } of joins) {
    if (typeof key === 'string' && resolvable !== false) keys.get(nameOf(graph))?.push(fieldSet(key));
  }
  const fields = (type.fields ?? []).map((field): [string, JoinedField] => [
    field.name.value,
    joinedField(field, graphs, nameOf),
  ]);
  return { keys, fields: new Map(fields) };
}

function joinedField(
  field: FieldDefinitionNode,
  graphs: readonly string[],
  nameOf: (graph: unknown) => string,
): JoinedField {
  const joins = applied(field.directives, 'join__field');
  // A field that says nothing is in every subgraph of its type.
  if (joins.length === 0) return { owners: graphs, requires: new Map() };
  const resolving = joins.filter(({ graph, external }) => graph !== undefined && external !== true);
  const requires = resolving.flatMap(({ graph, requires: needed }): [string, SelectionSetNode][] =>
    typeof needed === 'string' ? [[nameOf(graph), fieldSet(needed)]] : [],
  );
  return { owners: resolving.map(({ graph }) => nameOf(graph)), requires: new Map(requires) };
}

/** Arguments of each use of a directive. */
export function applied(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): readonly Arguments[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map((directive) =>
      Object.fromEntries(
        (directive.arguments ?? []).map((argument) => [
          argument.name.value,
          valueFromASTUntyped(argument.value),
        ]),
      ),
    );
}

function fieldSet(text: string): SelectionSetNode {
  const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  return (operation as OperationDefinitionNode).selectionSet;
}
