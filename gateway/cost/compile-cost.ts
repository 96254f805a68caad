import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSkipDirective,
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CoercedVariables } from '../execute/described-operation.js';
import { argumentCost } from './argument-cost.js';
import { createCostProgram, type Term, UNSLICED } from './cost-program.js';
import type { CostRules } from './cost-rules.js';
import { listLength } from './list-length.js';

/** What an operation costs with such variables; or the field of which nobody says how many elements it has, though one must. */
export type OperationCost = (variables: CoercedVariables) => number | { readonly unsliced: string };

/** A mutation costs more than what it gives back: as Apollo has it. */
const MUTATION = 10;

/** Sizes of lists directly below a field, as its `@listSize` has them. */
interface Sized {
  /** Different for different ones. */
  readonly id: number;
  readonly fields: readonly string[];
  readonly length: Term;
}

const NOT_SIZED: Sized = { id: 0, fields: [], length: 0 };

interface Asked {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/**
 * Compiles what a valid operation costs by the directives `@cost` and `@listSize`: objects 1 and scalars 0 where nothing else is said,
 * times the sizes of the lists around them. A field counts as often as it is written, each fragment as often as it is spread; of
 * an interface or union the dearest member counts. Introspection costs nothing: it asks nobody.
 *
 * Each selection is compiled once for each type that it stands on, so that compiling takes time by the text and not by what it unfolds to.
 */
export function compileCost({ operation, fragments }: Asked, rules: CostRules): OperationCost {
  const { schema, listSize: usual } = rules;
  const program = createCostProgram();
  const sets = createIds<SelectionSetNode>();
  const compiled = new Map<string, Term>();
  const sizes = new Map<string, Sized>();
  const unsliced: { readonly coordinate: string; readonly length: Term }[] = [];

  /** What is selected of one object. */
  const setCost = (set: SelectionSetNode, type: GraphQLObjectType, sized: Sized): Term => {
    const id = `${sets(set)} ${type.name} ${sized.id}`;
    const known = compiled.get(id);
    if (known !== undefined) return known;
    const cost = program.sum(set.selections.map((one) => selectionCost(one, type, sized)));
    compiled.set(id, cost);
    return cost;
  };
  const selectionCost = (selection: SelectionNode, type: GraphQLObjectType, sized: Sized): Term => {
    if (selection.kind === Kind.FIELD) return whereAsked(selection, fieldCost(selection, type, sized));
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (fragment === undefined || !appliesTo(fragment.typeCondition?.name.value, type)) return 0;
    return whereAsked(selection, setCost(fragment.selectionSet, type, sized));
  };
  const appliesTo = (name: string | undefined, type: GraphQLObjectType): boolean => {
    if (name === undefined || name === type.name) return true;
    const condition = schema.getType(name);
    return isAbstractType(condition) && schema.isSubType(condition, type);
  };
  const fieldCost = (node: FieldNode, parent: GraphQLObjectType, sized: Sized): Term => {
    const field = parent.getFields()[node.name.value];
    if (field === undefined) return 0;
    const rule = rules.listSizeOf(parent, field);
    const length = rule === null ? null : listLength(node, field, rule, { program, usual });
    if (rule !== null && length !== null && rule.requiresOne)
      unsliced.push({ coordinate: `${parent.name}.${field.name}`, length });
    const below = sizedBelow(node, parent, rule?.sizedFields ?? [], length);
    const objects = objectsCost(node, getNamedType(field.type), rules.fieldWeight(parent, field.name), below);
    const own = rule?.sizedFields.length === 0 ? length : null;
    const said = sized.fields.includes(field.name) ? sized.length : own;
    return program.sum([
      program.times(
        elementsOf(field.type, said),
        isLeafType(getNullableType(field.type)) ? objects : program.notBelowZero(objects),
      ),
      ...argumentsCost(node, field, parent),
      // That its size must be said holds for a field whose lists are below it, selected or not.
      ...(rule?.requiresOne === true && length !== null ? [unslicedOnly(length)] : []),
    ]);
  };
  /** The same for a field, however often what holds it is compiled. */
  const sizedBelow = (
    { selectionSet }: FieldNode,
    parent: GraphQLObjectType,
    fields: readonly string[],
    length: Term | null,
  ): Sized => {
    if (selectionSet === undefined || length === null || fields.length === 0) return NOT_SIZED;
    const id = `${sets(selectionSet)} ${parent.name}`;
    const known = sizes.get(id);
    if (known !== undefined) return known;
    const found = { id: sizes.size + 1, fields, length };
    sizes.set(id, found);
    return found;
  };
  const unslicedOnly = (length: Term): Term => {
    if (typeof length === 'number') return length === UNSLICED ? UNSLICED : 0;
    return program.times(0, length);
  };
  /** A list of lists has as many elements in each as is usual. */
  const elementsOf = (type: GraphQLOutputType, said: Term | null): Term => {
    const own = getNullableType(type);
    if (!isListType(own)) return 1;
    return program.times(said ?? usual, elementsOf(own.ofType, null));
  };
  /** One object that a field gives, of whichever type is dearest. */
  const objectsCost = (
    { selectionSet }: FieldNode,
    type: GraphQLNamedType,
    weight: number | null,
    sized: Sized,
  ): Term => {
    const oneOf = (member: GraphQLNamedType): Term =>
      program.sum([
        weight ?? rules.typeWeight(member),
        selectionSet !== undefined && isObjectType(member) ? setCost(selectionSet, member, sized) : 0,
      ]);
    return isAbstractType(type) ? program.greatest(schema.getPossibleTypes(type).map(oneOf)) : oneOf(type);
  };
  const argumentsCost = (
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    parent: GraphQLObjectType,
  ): readonly Term[] =>
    (node.arguments ?? []).map(({ name, value }) => {
      const argument = field.args.find((one) => one.name === name.value);
      if (argument === undefined) return 0;
      const weight = rules.argumentWeight(parent, field.name, argument);
      return argumentCost(value, argument.type, weight, { program, rules });
    });
  const whereAsked = ({ directives = [] }: Pick<SelectionNode, 'directives'>, cost: Term): Term =>
    directives.reduce((term: Term, directive) => {
      const condition = conditionOf(directive);
      if (typeof condition === 'boolean') return condition ? term : 0;
      return condition === null ? term : program.where(condition, term);
    }, cost);

  const root = schema.getRootType(operation.operation);
  const all = root === undefined || root === null ? 0 : setCost(operation.selectionSet, root, NOT_SIZED);
  const base = operation.operation === OperationTypeNode.MUTATION ? MUTATION : 0;
  const total = program.finish(program.sum([base, all]));
  const lengths = unsliced.map(({ coordinate, length }) => ({ coordinate, of: program.finish(length) }));
  return (variables) => {
    const cost = total(variables);
    if (cost !== UNSLICED) return cost;
    const found = lengths.find(({ of }) => of(variables) === UNSLICED);
    return { unsliced: found?.coordinate ?? '' };
  };
}

/** Whether what `@skip` or `@include` stands at is asked for; null: another directive. */
function conditionOf({
  name,
  arguments: given = [],
}: DirectiveNode): boolean | ((variables: CoercedVariables) => boolean) | null {
  const isSkip = name.value === GraphQLSkipDirective.name;
  if (!isSkip && name.value !== GraphQLIncludeDirective.name) return null;
  const value = given.find((one) => one.name.value === 'if')?.value;
  if (value?.kind === Kind.BOOLEAN) return value.value !== isSkip;
  if (value?.kind !== Kind.VARIABLE) return null;
  return (variables) => (variables[value.name.value] === true) !== isSkip;
}

/** Numbers things as they come. */
function createIds<T extends object>(): (thing: T) => number {
  const ids = new Map<T, number>();
  return (thing) => {
    const known = ids.get(thing);
    if (known !== undefined) return known;
    ids.set(thing, ids.size + 1);
    return ids.size;
  };
}
