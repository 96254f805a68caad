import { getArgumentValues, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import { selectionOf } from './selection-of.mjs';

/**
 * @typedef {Readonly<Record<string, unknown>>} Variables
 * @typedef {(value: any, variables: Variables) => string} Write a value's JSON text.
 * @typedef {import('./selection-of.mjs').Scope & {resolvers: import('../graph/subgraphs.mjs').Resolvers}} Scope
 * @typedef {readonly import('graphql').SelectionSetNode[]} SelectionSets
 */

/** @param {Scope} scope @param {any} type object type @param {SelectionSets} selectionSets @returns {Write} */
export function compileSelection(scope, type, selectionSets) {
  const steps = [...selectionOf(scope, type, selectionSets)].map(([key, nodes], index) => ({
    prefix: `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`,
    write: compileField(scope, type, nodes),
  }));
  if (steps.length === 0) return () => '{}';
  return (value, variables) => {
    let text = '';
    for (const { prefix, write } of steps) text += prefix + write(value, variables);
    return `${text}}`;
  };
}

/**
 * @param {Scope} scope @param {import('graphql').GraphQLObjectType} type
 * @param {readonly import('graphql').FieldNode[]} nodes of one field of the answer @returns {Write}
 */
function compileField(scope, type, nodes) {
  const [node] = nodes;
  const name = node.name.value;
  if (name === '__typename') {
    const text = JSON.stringify(type.name);
    return () => text;
  }
  const field = type.getFields()[name];
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const write = compileValue(scope, field.type, selectionSets);
  const resolve = scope.resolvers[type.name]?.[name];
  if (resolve === undefined) return (source, variables) => write(source[name], variables);
  return (source, variables) => write(resolve(source, getArgumentValues(field, node, variables)), variables);
}

/** @param {Scope} scope @param {any} type output type @param {SelectionSets} selectionSets @returns {Write} */
function compileValue(scope, type, selectionSets) {
  if (isNonNullType(type)) return compileValue(scope, type.ofType, selectionSets);
  const write = compilePresent(scope, type, selectionSets);
  return (value, variables) => (value == null ? 'null' : write(value, variables));
}

/** @param {Scope} scope @param {any} type nullable output type @param {SelectionSets} selectionSets @returns {Write} */
function compilePresent(scope, type, selectionSets) {
  if (isLeafType(type)) return (value) => JSON.stringify(value);
  if (isObjectType(type)) return compileSelection(scope, type, selectionSets);
  if (isListType(type)) {
    const write = compileValue(scope, type.ofType, selectionSets);
    return (list, variables) =>
      `[${list.map((/** @type {any} */ item) => write(item, variables)).join(',')}]`;
  }
  // The one abstract type of the graph is `_Entity`, whose values come with the type that was asked for.
  const writers = new Map(
    scope.schema.getPossibleTypes(type).map((one) => [one.name, compileSelection(scope, one, selectionSets)]),
  );
  return ({ typename, value }, variables) => writers.get(typename)?.(value, variables) ?? 'null';
}
