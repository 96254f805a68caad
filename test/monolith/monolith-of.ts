import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLResolveInfo,
  type GraphQLScalarType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  printSchema,
} from 'graphql';
import type { CallContext } from '../../subgraphs/call-context.js';
import { createFailureLog, type FailureLog, pathText } from './failure-log.js';
import { createObjects, type HeldObject, type Objects } from './held-objects.js';
import { readJoins } from './supergraph-joins.js';

export interface MonolithRequest {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
}

export interface MonolithAnswer {
  readonly data: unknown;
  /** Paths of its errors, as `pathText` writes them. */
  readonly errors: ReadonlySet<string>;
  /** Paths of everything that failed, also where a null above has swallowed it. */
  readonly failures: ReadonlySet<string>;
}

/** One graphql-js schema holding everything. */
export interface Monolith {
  readonly schema: GraphQLSchema;
  /** @throws {Error} when the operation is refused before anything is resolved. */
  execute(request: MonolithRequest, context: CallContext): Promise<MonolithAnswer>;
}

export interface MonolithOptions {
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  /** Executable, by name. */
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
}

interface MonolithContext {
  readonly objects: Objects;
  readonly log: FailureLog;
}

/**
 * Makes one schema of all subgraphs, for graphql-js to execute: every field is resolved by the subgraph that owns
 * it, one by one, without a plan. Slow, and the reference for what a gateway must answer.
 */
export function monolithOf({ apiSchema, supergraphSdl, schemas }: MonolithOptions): Monolith {
  const schema = buildSchema(printSchema(apiSchema));
  const joins = readJoins(supergraphSdl);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isScalarType(type) && !isSpecifiedScalarType(type)) adoptScalar(type, schemas);
    if (isAbstractType(type)) type.resolveType = (held: HeldObject) => held.typeName;
    if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) field.resolve = resolveField;
    }
  }
  return {
    schema,
    execute: async ({ document, variables, operationName }, call) => {
      const log = createFailureLog();
      const context: MonolithContext = {
        log,
        objects: createObjects({ joins, schemas, log, context: call }),
      };
      const result = await execute({
        schema,
        document,
        variableValues: variables,
        contextValue: context,
        operationName,
      });
      if (!('data' in result)) throw new Error(`refused: ${result.errors?.map(String).join('\n')}`);
      await log.settled();
      const located = new Set((result.errors ?? []).map(({ path }) => pathText(path ?? [])));
      // Where the caller asked for the field, too, its failure is told there.
      const besides = log.required
        .filter(({ object, field }) => !located.has(pathText([...object, field])))
        .map(({ object }) => pathText(object));
      const errors = new Set([...located, ...besides]);
      return { data: result.data, errors, failures: new Set([...errors, ...log.failures]) };
    },
  };
}

function resolveField(
  parent: HeldObject | undefined,
  _args: unknown,
  { objects, log }: MonolithContext,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const held = parent ?? objects.root(info.parentType.name);
  return log.watch(info, () => objects.resolve(held, info));
}

/** A scalar of its own reads and writes values as the subgraphs do. */
function adoptScalar(type: GraphQLScalarType, schemas: MonolithOptions['schemas']): void {
  const own = [...schemas.values()].map((schema) => schema.getType(type.name)).find(isScalarType);
  if (own === undefined) return;
  type.serialize = own.serialize;
  type.parseValue = own.parseValue;
  type.parseLiteral = own.parseLiteral;
}
