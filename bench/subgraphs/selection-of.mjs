import { isAbstractType, Kind, typeFromAST } from 'graphql';

/**
 * @typedef {object} Scope of one operation
 * @property {import('graphql').GraphQLSchema} schema
 * @property {ReadonlyMap<string, import('graphql').FragmentDefinitionNode>} fragments
 * @property {Readonly<Record<string, unknown>>} switches values of the variables that `@skip` and `@include` read.
 */

/**
 * The fields that an object of one type is asked for, in the order in which they are answered.
 *
 * @param {Scope} scope @param {import('graphql').GraphQLObjectType} type
 * @param {readonly import('graphql').SelectionSetNode[]} selectionSets of the same object; several when fields of one
 *   name merge.
 * @returns {ReadonlyMap<string, readonly import('graphql').FieldNode[]>} by response key
 */
export function selectionOf(scope, type, selectionSets) {
  /** @type {Map<string, import('graphql').FieldNode[]>} */
  const fields = new Map();

  /** @param {import('graphql').SelectionSetNode} selectionSet */
  const collect = ({ selections }) => {
    for (const node of selections) {
      if (!isWanted(node.directives ?? [], scope.switches)) continue;
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        fields.set(key, [...(fields.get(key) ?? []), node]);
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? scope.fragments.get(node.name.value) : node;
      if (fragment !== undefined && appliesTo(scope.schema, fragment.typeCondition, type)) {
        collect(fragment.selectionSet);
      }
    }
  };

  for (const selectionSet of selectionSets) collect(selectionSet);
  return fields;
}

/**
 * @param {import('graphql').GraphQLSchema} schema @param {import('graphql').NamedTypeNode | undefined} condition
 * @param {import('graphql').GraphQLObjectType} type
 */
function appliesTo(schema, condition, type) {
  if (condition === undefined) return true;
  const named = typeFromAST(schema, condition);
  return named === type || (isAbstractType(named) && schema.isSubType(named, type));
}

/**
 * @param {readonly import('graphql').DirectiveNode[]} directives
 * @param {Readonly<Record<string, unknown>>} switches
 */
function isWanted(directives, switches) {
  return directives.every(({ name, arguments: given = [] }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true;
    const value = given[0]?.value;
    const holds = value?.kind === Kind.VARIABLE ? switches[value.name.value] : value?.value;
    return holds === (name.value === 'include');
  });
}
