import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLScalarType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  printSchema,
  responsePathAsArray,
} from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { pathText, type RequiredFailure } from './failure-paths.js';
import { createObjects, type HeldObject, type Objects } from './held-objects.js';
import { lenientSchema, watchNulls } from './lenient-schema.js';
import { readJoins } from './supergraph-joins.js';

interface MonolithRequest {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
}

export interface MonolithAnswer {
  readonly data: unknown;
  /** Paths of its errors, as `pathText` writes them. */
  readonly errors: ReadonlySet<string>;
  /**
   * Paths of everything that can fail, also where a null above has swallowed it or kept it from being asked for: of
   * several failures below one null graphql-js tells only the first, and which one that is depends on chance.
   */
  failures(): Promise<ReadonlySet<string>>;
}

/** One graphql-js schema holding everything. */
export interface Monolith {
  readonly schema: GraphQLSchema;
  /** @throws {Error} when the operation is refused before anything is resolved. */
  execute(request: MonolithRequest, context: CallContext): Promise<MonolithAnswer>;
}

interface MonolithOptions {
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  /** Executable, by name. */
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
}

/** What the resolvers of one execution share. */
interface MonolithContext {
  readonly objects: Objects;
  /** Told where a null is that may not be. */
  readonly tellNull: (path: string) => void;
}

/** What one execution came to; paths are as `pathText` writes them. */
interface Executed {
  readonly result: ExecutionResult;
  readonly errors: readonly string[];
  /** Where a null is that may not be. */
  readonly nulls: readonly string[];
}

/**
 * Makes one schema of all subgraphs, for graphql-js to execute: every field is resolved by the subgraph that owns
 * it, one by one, without a plan. Slow, and the reference for what a gateway must answer.
 */
export function monolithOf({ apiSchema, supergraphSdl, schemas }: MonolithOptions): Monolith {
  const schema = buildSchema(printSchema(apiSchema));
  const lenient = lenientSchema(schema);
  const joins = readJoins(supergraphSdl);
  for (const own of [schema, lenient]) addResolvers(own, schema, schemas);

  const run = async (
    own: GraphQLSchema,
    { document, variables, operationName }: MonolithRequest,
    context: CallContext,
  ): Promise<Executed> => {
    const nulls: string[] = [];
    const required: RequiredFailure[] = [];
    const objects = createObjects({
      joins,
      schemas,
      promised: schema,
      context,
      tellRequired: (failure) => void required.push(failure),
    });
    const contextValue: MonolithContext = { objects, tellNull: (path) => void nulls.push(path) };
    const result = await execute({
      schema: own,
      document,
      variableValues: variables,
      contextValue,
      operationName,
    });
    if (!('data' in result)) throw new Error(`refused: ${result.errors?.map(String).join('\n')}`);
    const located = new Set((result.errors ?? []).map(({ path }) => pathText(path ?? [])));
    // Where the caller asked for the field, too, its failure is told there.
    const besides = required
      .filter(({ object, field }) => !located.has(pathText([...object, field])))
      .map(({ object }) => pathText(object));
    return { result, errors: [...located, ...besides], nulls };
  };

  return {
    schema,
    execute: async (request, context) => {
      const { result, errors } = await run(schema, request, context);
      return {
        data: result.data,
        errors: new Set(errors),
        failures: async () => {
          const whole = await run(lenient, request, context);
          return new Set([...whole.errors, ...whole.nulls]);
        },
      };
    },
  };
}

/** @param promised says which fields are never null. */
function addResolvers(
  schema: GraphQLSchema,
  promised: GraphQLSchema,
  schemas: MonolithOptions['schemas'],
): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isScalarType(type) && !isSpecifiedScalarType(type)) adoptScalar(type, schemas);
    if (isAbstractType(type)) type.resolveType = (held: HeldObject) => held.typeName;
    const asPromised = promised.getType(type.name);
    if (!isObjectType(type) || !isObjectType(asPromised)) continue;
    for (const field of Object.values(type.getFields())) {
      const promisedType = asPromised.getFields()[field.name]?.type ?? field.type;
      field.resolve = (parent: HeldObject | undefined, _args, context: MonolithContext, info) =>
        resolveField(parent, promisedType, context, info);
    }
  }
}

async function resolveField(
  parent: HeldObject | undefined,
  promisedType: GraphQLOutputType,
  { objects, tellNull }: MonolithContext,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const held = parent ?? objects.root(info.parentType.name);
  const value = await objects.resolve(held, info);
  return watchNulls(promisedType, value, responsePathAsArray(info.path), tellNull);
}

/** A scalar of its own reads and writes values as the subgraphs do. */
function adoptScalar(type: GraphQLScalarType, schemas: MonolithOptions['schemas']): void {
  const own = [...schemas.values()].map((schema) => schema.getType(type.name)).find(isScalarType);
  if (own === undefined) return;
  type.serialize = own.serialize;
  type.parseValue = own.parseValue;
  type.parseLiteral = own.parseLiteral;
}
