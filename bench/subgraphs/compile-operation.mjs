import {
  executeSync,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  Kind,
  parse,
  validate,
  visit,
} from 'graphql';
import { compileSelection } from './compile-selection.mjs';
import { selectionOf } from './selection-of.mjs';

/** @typedef {(variables: Record<string, unknown> | undefined) => string} CompiledOperation the answer's JSON text. */

/**
 * Parses, checks and compiles one document; what is returned only reads rows and writes text. Good for queries over
 * synchronous resolvers that never fail, which is all that the benchmark's subgraphs have.
 *
 * @param {import('graphql').GraphQLSchema} schema of the subgraph, with `_entities` and `_service`
 * @param {import('../graph/subgraphs.mjs').Resolvers} resolvers
 * @param {string} text @param {string | null} [operationName]
 * @returns {CompiledOperation}
 */
export function compileOperation(schema, resolvers, text, operationName) {
  try {
    const document = parse(text);
    const faults = validate(schema, document);
    if (faults.length > 0) return () => JSON.stringify({ errors: faults });
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== 'query') throw new GraphQLError('One query must be named.');
    return compileQuery(schema, resolvers, document, operation);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return () => JSON.stringify({ errors: [error] });
  }
}

/**
 * @param {import('graphql').GraphQLSchema} schema @param {import('../graph/subgraphs.mjs').Resolvers} resolvers
 * @param {import('graphql').DocumentNode} document @param {import('graphql').OperationDefinitionNode} operation
 * @returns {CompiledOperation}
 */
function compileQuery(schema, resolvers, document, operation) {
  const { selectionSet, variableDefinitions = [] } = operation;
  const fragments = new Map();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const names = switchesOf(document);
  /** @type {Map<string, import('./compile-selection.mjs').Write>} one per setting of the switches. */
  const writers = new Map();

  /** @param {Record<string, unknown>} variables */
  const writerFor = (variables) => {
    const id = names.map((name) => variables[name]).join();
    const known = writers.get(id);
    if (known !== undefined) return known;
    const scope = { schema, resolvers, fragments, switches: variables };
    const write = asksForSchema(scope, selectionSet)
      ? introspect(schema, document, operation)
      : compileSelection(scope, schema.getQueryType(), [selectionSet]);
    writers.set(id, write);
    return write;
  };

  return (given = {}) => {
    const { coerced, errors } = getVariableValues(schema, variableDefinitions, given);
    if (coerced === undefined) return JSON.stringify({ errors });
    return `{"data":${writerFor(coerced)({}, coerced)}}`;
  };
}

/** @param {import('graphql').DocumentNode} document @returns {readonly string[]} variables of `@skip` and `@include` */
function switchesOf(document) {
  /** @type {Set<string>} */
  const names = new Set();
  visit(document, {
    Directive: ({ arguments: [argument] = [] }) => {
      if (argument?.value.kind === Kind.VARIABLE) names.add(argument.value.name.value);
    },
  });
  return [...names];
}

/** @param {import('./selection-of.mjs').Scope} scope @param {import('graphql').SelectionSetNode} selectionSet */
function asksForSchema(scope, selectionSet) {
  const fields = selectionOf(scope, scope.schema.getQueryType(), [selectionSet]);
  return [...fields.values()].some(([{ name }]) => ['__schema', '__type'].includes(name.value));
}

/**
 * @param {import('graphql').GraphQLSchema} schema
 * @param {import('graphql').DocumentNode} document @param {import('graphql').OperationDefinitionNode} operation
 * @returns {import('./compile-selection.mjs').Write}
 */
function introspect(schema, document, { name }) {
  const operationName = name?.value;
  return (_, variableValues) =>
    JSON.stringify(executeSync({ schema, document, operationName, variableValues }).data);
}
