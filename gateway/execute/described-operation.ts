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
import { quoteBriefly } from '../../runtime/brief-text.js';
import { refusal } from '../../runtime/errors.js';
import { chooseOperation, fragmentsOf, isOperation } from '../plan/document-parts.js';
import { fitNumbers } from '../plan/fit-numbers.js';
import { type LiftedNumbers, liftNumbers } from '../plan/repair/lift-numbers.js';

export type CoercedVariables = Readonly<Record<string, unknown>>;

/** What can be said of an operation before its variables are known. */
export interface DescribedOperation {
  readonly operation: OperationDefinitionNode;
  /**
   * The operation and the fragments that it spreads, nothing else of the caller's document; numbers that the planner would
   * change are variables.
   */
  readonly document: DocumentNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** @returns what is sent of them: with numbers as their types have them. */
  fitVariables(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** Adds the variables that only `document` has; null when there are none. */
  readonly complete: LiftedNumbers['complete'];
  coerce(variables: Readonly<Record<string, unknown>>): CoercedVariables | readonly GraphQLError[];
  /** Names of the variables that `@skip` and `@include` use. */
  readonly conditions: readonly string[];
  /** Equal for variables with which `@skip` and `@include` leave out the same. */
  conditionsOf(variables: CoercedVariables): string;
}

const NO_VARIABLES: CoercedVariables = Object.freeze(Object.create(null));

/** Variables that do not fit are told one by one, up to this number. */
const COERCION_OPTIONS = { maxErrors: 50 };

/** @returns an error for the caller when it is not clear which operation is meant. */
export function describeOperation(
  wholeDocument: DocumentNode,
  operationName: string | undefined,
  schema: GraphQLSchema,
): DescribedOperation | GraphQLError {
  const chosen = chooseOperation(wholeDocument, operationName);
  if (chosen === null) return refuseOperation(wholeDocument, operationName);
  const { operation, document } = chosen;
  const definitions = operation.variableDefinitions ?? [];
  const conditions = conditionVariables(document);
  const lifted = liftNumbers(document, schema);
  return {
    operation,
    document: lifted.document,
    fragments: fragmentsOf(document),
    fitVariables: (variables) => fitNumbers(variables, definitions, schema),
    complete: lifted.complete,
    coerce: (variables) => {
      if (definitions.length === 0) return NO_VARIABLES;
      const { coerced, errors } = getVariableValues(schema, definitions, variables, COERCION_OPTIONS);
      return coerced ?? errors ?? NO_VARIABLES;
    },
    conditions,
    conditionsOf: (variables) =>
      conditions.length === 0 ? '' : conditions.map((name) => String(variables[name])).join(),
  };
}

/** Says what is wrong with a request of which it is not clear which operation it means. */
function refuseOperation(document: DocumentNode, name: string | undefined): GraphQLError {
  const names = document.definitions.filter(isOperation).map((one) => one.name?.value ?? '');
  if (names.length === 0) {
    return refusal(
      'OPERATION_RESOLUTION_FAILURE',
      '文档中没有操作，只有片段。The document must have an operation, but has only fragments.',
    );
  }
  if (name === undefined) {
    return refusal(
      'OPERATION_RESOLUTION_FAILURE',
      `文档有 ${names.length} 个操作，须用 operationName 指明一个。The document has ${names.length} operations: operationName must name one of them.`,
    );
  }
  const given = quoteBriefly(name);
  return refusal(
    'OPERATION_RESOLUTION_FAILURE',
    `文档中没有名为 ${given} 的操作。operationName must name an operation of the document, but is ${given}.`,
  );
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
