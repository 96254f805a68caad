import {
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';

export type Representation = { readonly __typename: string } & Readonly<Record<string, unknown>>;

/** Asks subgraphs for entities, each once per request. */
interface EntityReader {
  /** The subgraph's own object; null when it has none. Rejects as its `__resolveReference` does. */
  read(graph: string, representation: Representation, info: GraphQLResolveInfo): Promise<unknown>;
}

type EntitiesResolver = GraphQLFieldResolver<unknown, CallContext, { representations: Representation[] }>;

export function createEntityReader(
  schemas: ReadonlyMap<string, GraphQLSchema>,
  context: CallContext,
): EntityReader {
  const known = new Map<string, Promise<unknown>>();
  const ask = async (
    graph: string,
    representation: Representation,
    info: GraphQLResolveInfo,
  ): Promise<unknown> => {
    const schema = schemas.get(graph) as GraphQLSchema;
    const query = schema.getQueryType() as GraphQLObjectType;
    const entities = query.getFields()._entities;
    if (entities?.resolve === undefined) throw new Error(`${graph} must have _entities`);
    const resolve = entities.resolve as EntitiesResolver;
    const answer = await resolve({}, { representations: [representation] }, context, {
      ...info,
      schema,
      parentType: query,
      fieldName: '_entities',
      returnType: entities.type,
      fieldNodes: everythingOf(schema, representation.__typename).selections.filter(
        (selection) => selection.kind === Kind.FIELD,
      ),
    });
    return (answer as readonly unknown[])[0];
  };
  return {
    read: (graph, representation, info) => {
      const key = `${graph} ${JSON.stringify(representation)}`;
      const entity = known.get(key) ?? ask(graph, representation, info);
      known.set(key, entity);
      return entity;
    },
  };
}

const selections = new WeakMap<GraphQLObjectType, SelectionSetNode>();

/** Resolvers may look at what is asked of them: every field of the type. */
function everythingOf(schema: GraphQLSchema, typeName: string): SelectionSetNode {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} must be an object type`);
  const known = selections.get(type);
  if (known !== undefined) return known;
  const fields = Object.values(type.getFields()).map(({ name, type: fieldType }) =>
    isLeafType(getNamedType(fieldType)) ? name : `${name} { __typename }`,
  );
  const text = `{ _entities(representations: []) { ... on ${typeName} { ${fields.join(' ')} } } }`;
  const [operation] = parse(text, { noLocation: true }).definitions;
  const { selectionSet } = operation as OperationDefinitionNode;
  selections.set(type, selectionSet);
  return selectionSet;
}
