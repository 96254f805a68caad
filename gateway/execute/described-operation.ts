import {
  type DocumentNode,
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
import { findOperation, fragmentsOf } from '../plan/document-parts.js';

export type CoercedVariables = Readonly<Record<string, unknown>>;

/** What can be said of an operation before its variables are known. */
export interface DescribedOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  coerce(variables: Readonly<Record<string, unknown>>): CoercedVariables | readonly GraphQLError[];
  /** Equal for variables with which `@skip` and `@include` leave out the same. */
  conditionsOf(variables: CoercedVariables): string;
}

const NO_VARIABLES: CoercedVariables = Object.freeze(Object.create(null));

/** @throws {Error} when the document has no such operation. */
export function describeOperation(
  document: DocumentNode,
  operationName: string | undefined,
  schema: GraphQLSchema,
): DescribedOperation {
  const operation = findOperation(document, operationName);
  const definitions = operation.variableDefinitions ?? [];
  const conditions = conditionVariables(document);
  return {
    operation,
    fragments: fragmentsOf(document),
    coerce: (variables) => {
      if (definitions.length === 0) return NO_VARIABLES;
      const { coerced, errors } = getVariableValues(schema, definitions, variables);
      return coerced ?? errors ?? NO_VARIABLES;
    },
    conditionsOf: (variables) =>
      conditions.length === 0 ? '' : conditions.map((name) => String(variables[name])).join(),
  };
}

/** Names of the variables that `@skip` and `@include` use. */
function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== GraphQLSkipDirective.name && name.value !== GraphQLIncludeDirective.name) return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}
