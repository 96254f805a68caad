import {
  defaultFieldResolver,
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  responsePathAsArray,
  type SelectionSetNode,
} from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { createEntityReader, type Representation } from './entity-reader.js';
import { findRoutes } from './entity-routes.js';
import type { Path, RequiredFailure } from './failure-paths.js';
import type { JoinedField, JoinedType } from './supergraph-joins.js';

/** An object as one subgraph gave it. */
export interface HeldObject {
  readonly typeName: string;
  /** The subgraph; empty for the root. */
  readonly graph: string;
  readonly value: unknown;
}

/** The objects of one request. */
export interface Objects {
  root(typeName: string): HeldObject;
  /** A field of a held object; objects in its value are held, too. */
  resolve(held: HeldObject, info: GraphQLResolveInfo): Promise<unknown>;
}

interface ObjectsOptions {
  readonly joins: ReadonlyMap<string, JoinedType>;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  /** Says which fields are never null. */
  readonly promised: GraphQLSchema;
  readonly context: CallContext;
  readonly tellRequired: (failure: RequiredFailure) => void;
}

/** What a subgraph cannot be told of an object, because it is null or failed. */
const UNTOLD = Symbol('untold');

/** A field that is asked for, and where the caller sees its object. */
interface Asked {
  readonly node: FieldNode;
  readonly path: Path;
  readonly info: GraphQLResolveInfo;
}

export function createObjects(options: ObjectsOptions): Objects {
  const request = new Request(options);
  return {
    root: (typeName) => ({ typeName, graph: '', value: undefined }),
    resolve: (held, info) => {
      const path = responsePathAsArray(info.path).slice(0, -1);
      return request.resolve(held, { node: info.fieldNodes[0] as FieldNode, path, info });
    },
  };
}

class Request {
  readonly #options: ObjectsOptions;
  readonly #entities;

  constructor(options: ObjectsOptions) {
    this.#options = options;
    this.#entities = createEntityReader(options.schemas, options.context);
  }

  async resolve(held: HeldObject, asked: Asked, among?: readonly string[]): Promise<unknown> {
    const field = this.#joined(held).fields.get(asked.node.name.value);
    if (field === undefined) throw new Error(`${held.typeName}.${asked.node.name.value} must be joined`);
    const graph = this.#ownerFor(held, field, among);
    const requires = field.requires.get(graph);
    if (held.graph === '' || (held.graph === graph && requires === undefined)) {
      return this.#call(graph, held.typeName, held.value, asked);
    }
    const object = await this.#viewIn(graph, held, requires, asked);
    if (object === null || object === undefined) return null;
    return this.#call(graph, held.typeName, object, asked);
  }

  #joined({ typeName }: HeldObject): JoinedType {
    const type = this.#options.joins.get(typeName);
    if (type === undefined) throw new Error(`${typeName} must be joined`);
    return type;
  }

  #ownerFor(held: HeldObject, { owners, requires }: JoinedField, among = owners): string {
    const possible = owners.filter((owner) => among.includes(owner));
    const isHere = (graph: string): boolean => graph === held.graph && !requires.has(graph);
    const routes = held.graph === '' ? new Map() : findRoutes(this.#joined(held), held.graph);
    const graph = possible.find(isHere) ?? possible.find((owner) => held.graph === '' || routes.has(owner));
    if (graph === undefined) throw new Error(`${held.typeName} of ${held.graph} must lead to ${owners}`);
    return graph;
  }

  /** The object as another subgraph knows it, or the same one once it has been told what a field requires. */
  async #viewIn(
    graph: string,
    held: HeldObject,
    requires: SelectionSetNode | undefined,
    asked: Asked,
  ): Promise<unknown> {
    const route = findRoutes(this.#joined(held), held.graph).get(graph);
    if (route === undefined) throw new Error(`${held.typeName} of ${held.graph} must lead to ${graph}`);
    const key = await this.#pick(held, route.key, asked, route.from);
    if (key === UNTOLD || Object.values(key).includes(null)) return null;
    const required = requires === undefined ? {} : await this.#pick(held, requires, asked);
    if (required === UNTOLD) return null;
    const representation: Representation = { __typename: held.typeName, ...key, ...required };
    try {
      return await this.#entities.read(graph, representation, asked.info);
    } catch (error) {
      // One entity that cannot be had is one error, however many of its fields are asked for.
      throw new GraphQLError(String(error), { path: asked.path, originalError: error as Error });
    }
  }

  async #pick(
    held: HeldObject,
    { selections }: SelectionSetNode,
    asked: Asked,
    among?: readonly string[],
  ): Promise<Record<string, unknown> | typeof UNTOLD> {
    const picked: Record<string, unknown> = {};
    for (const node of selections) {
      if (node.kind !== Kind.FIELD) throw new Error('field sets with fragments are not read here');
      const value = await this.#pickField(held, { ...asked, node }, among);
      if (value === UNTOLD) return UNTOLD;
      picked[node.name.value] = value;
    }
    return picked;
  }

  async #pickField(held: HeldObject, asked: Asked, among?: readonly string[]): Promise<unknown> {
    const { node, path } = asked;
    const pickBelow = async (value: unknown): Promise<unknown> => {
      if (value === null || value === undefined) return null;
      if (Array.isArray(value)) return Promise.all(value.map(async (item) => pickBelow(await item)));
      return node.selectionSet === undefined
        ? value
        : this.#pick(value as HeldObject, node.selectionSet, asked);
    };
    try {
      return await pickBelow(await this.resolve(held, asked, among));
    } catch (error) {
      if (error instanceof GraphQLError && error.path !== undefined) throw error;
      this.#options.tellRequired({ object: path, field: node.name.value });
      const type = this.#options.promised.getType(held.typeName);
      const isNullable = isObjectType(type) && !isNonNullType(type.getFields()[node.name.value]?.type);
      return isNullable ? null : UNTOLD;
    }
  }

  async #call(graph: string, typeName: string, value: unknown, { node, info }: Asked): Promise<unknown> {
    const schema = this.#options.schemas.get(graph) as GraphQLSchema;
    const parentType = schema.getType(typeName) as GraphQLObjectType;
    const field = parentType.getFields()[node.name.value];
    if (field === undefined) throw new Error(`${graph} must have ${typeName}.${node.name.value}`);
    const own = info.fieldNodes[0] === node ? info : { ...info, fieldNodes: [node] };
    const resolve = field.resolve ?? defaultFieldResolver;
    const args = getArgumentValues(field, node, info.variableValues);
    const answer: unknown = await resolve(value, args, this.#options.context, {
      ...own,
      schema,
      parentType,
      fieldName: field.name,
      returnType: field.type,
    });
    return this.#hold(graph, field.type, answer, info);
  }

  #hold(graph: string, type: GraphQLOutputType, value: unknown, info: GraphQLResolveInfo): unknown {
    if (isNonNullType(type)) return this.#hold(graph, type.ofType, value, info);
    if (value === null || value === undefined || value instanceof Error || isLeafType(type)) return value;
    if (isListType(type)) {
      if (!Array.isArray(value)) throw new Error('a list must be an array');
      return value.map((item: unknown) =>
        item instanceof Promise
          ? item.then((late) => this.#hold(graph, type.ofType, late, info))
          : this.#hold(graph, type.ofType, item, info),
      );
    }
    const typeName = isAbstractType(type) ? (value as { __typename?: string }).__typename : type.name;
    if (typeName === undefined) throw new Error(`an object of ${type.name} must say its type`);
    return { typeName, graph, value } satisfies HeldObject;
  }
}
