import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ResponseNames } from '../plan/heal/response-names.js';
import type { FetchPlan } from './fetch/fetch-plan.js';
import { buildProjection } from './project/build-projection.js';
import { type AnswerWriter, compileWriter } from './project/compile-writer.js';
import type { Projection } from './project/projection.js';

/** Projections of one operation that are kept: each set of values of its `@skip` and `@include` has its own. */
const MAX_PROJECTIONS = 16;

export type CoercedVariables = Readonly<Record<string, unknown>>;

export interface CompiledProjection {
  readonly projection: Projection;
  readonly write: AnswerWriter;
}

/** An operation, compiled: what to fetch, and what to show of it. */
export interface PreparedOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly fetchPlan: FetchPlan;
  /** A caller's name for a field that subgraphs know under another. */
  callersName(responseName: string): string;
  coerce(variables: Readonly<Record<string, unknown>>): CoercedVariables | readonly GraphQLError[];
  projectionFor(variables: CoercedVariables): CompiledProjection;
}

export interface PreparationInput {
  readonly apiSchema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly names: ResponseNames;
  readonly fetchPlan: FetchPlan;
}

const NO_VARIABLES: CoercedVariables = Object.freeze(Object.create(null));

export function prepareOperation(input: PreparationInput): PreparedOperation {
  const { apiSchema, operation, fragments, names, fetchPlan } = input;
  const definitions = operation.variableDefinitions ?? [];
  const conditions = conditionVariables(operation, fragments);
  const projections = new LRUCache<string, CompiledProjection>({ max: MAX_PROJECTIONS });
  const nameOf = (field: FieldNode): string => names.nameOf(field);
  return {
    operation,
    fragments,
    fetchPlan,
    callersName: (name) => (name.startsWith(names.prefix) ? name.slice(names.prefix.length) : name),
    coerce: (variables) => {
      if (definitions.length === 0) return NO_VARIABLES;
      const { coerced, errors } = getVariableValues(apiSchema, definitions, variables);
      return coerced ?? errors ?? NO_VARIABLES;
    },
    projectionFor: (variables) => {
      const id = conditions.map((name) => String(variables[name])).join();
      const known = projections.get(id);
      if (known !== undefined) return known;
      const projection = buildProjection({ schema: apiSchema, operation, fragments, variables, nameOf });
      const compiled = { projection, write: compileWriter(projection) };
      projections.set(id, compiled);
      return compiled;
    },
  };
}

/** Names of the variables that `@skip` and `@include` use. */
function conditionVariables(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly string[] {
  const names = new Set<string>();
  for (const definition of [operation, ...fragments.values()]) {
    visit(definition, {
      Directive: ({ name, arguments: given = [] }) => {
        if (name.value !== GraphQLSkipDirective.name && name.value !== GraphQLIncludeDirective.name) return;
        for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names].sort();
}
