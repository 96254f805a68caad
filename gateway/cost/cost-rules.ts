import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  GraphQLInt,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql';
import type { CostDirectives, ListSize } from './cost-directives.js';

/** What is said, or usual, of the cost of a graph's parts. */
export interface CostRules {
  readonly schema: GraphQLSchema;
  /** Elements of a list of which nothing says more. */
  readonly listSize: number;
  /** Of an object or value of a type. */
  typeWeight(type: GraphQLNamedType): number;
  /** Of a field instead of its type's; null: nothing is said. */
  fieldWeight(parent: GraphQLObjectType, name: string): number | null;
  argumentWeight(parent: GraphQLObjectType, field: string, argument: GraphQLArgument): number;
  inputFieldWeight(parent: string, field: GraphQLInputField): number;
  /** Null: a field that neither is a list nor has lists below it of which its arguments say how long they are. */
  listSizeOf(parent: GraphQLObjectType, field: GraphQLField<unknown, unknown>): ListSize | null;
}

/** Arguments that say how many elements there are, where no `@listSize` does. */
const SLICING = ['first', 'last', 'limit', 'ids'];
/** Lists below a field with such arguments. */
const SIZED = ['nodes', 'edges', 'buckets'];

export function createCostRules(
  schema: GraphQLSchema,
  { weights, listSizes }: CostDirectives,
  listSize: number,
): CostRules {
  const typeWeight: CostRules['typeWeight'] = (type) =>
    weights.get(type.name) ?? (isCompositeType(type) || isInputObjectType(type) ? 1 : 0);
  /** An object's own, else that of the first of its interfaces that says one. */
  const inherited = <T>(said: ReadonlyMap<string, T>, parent: GraphQLObjectType, rest: string): T | null => {
    const coordinates = [parent, ...parent.getInterfaces()].map(({ name }) => `${name}.${rest}`);
    const found = coordinates.find((coordinate) => said.has(coordinate));
    return found === undefined ? null : (said.get(found) ?? null);
  };
  const derived = new Map<GraphQLField<unknown, unknown>, ListSize | null>();
  const deriveOnce = (field: GraphQLField<unknown, unknown>): ListSize | null => {
    const known = derived.get(field);
    if (known !== undefined) return known;
    const found = deriveListSize(field);
    derived.set(field, found);
    return found;
  };
  return {
    schema,
    listSize,
    typeWeight,
    fieldWeight: (parent, name) => inherited(weights, parent, name),
    argumentWeight: (parent, field, { name, type }) =>
      inherited(weights, parent, `${field}(${name}:)`) ?? typeWeight(getNamedType(type)),
    inputFieldWeight: (parent, { name, type }) =>
      weights.get(`${parent}.${name}`) ?? typeWeight(getNamedType(type)),
    listSizeOf: (parent, field) => inherited(listSizes, parent, field.name) ?? deriveOnce(field),
  };
}

/** Rows of a page where nobody says how many. */
const PAGE_SIZE = 20;

/** Pages as most graphs have them: `cases(first: Int) { nodes { … } }`, `steps(first: Int): [Step]`, `nodes(ids: [ID!]!)`. */
function deriveListSize({ args, type }: GraphQLField<unknown, unknown>): ListSize | null {
  const slicing = args.filter((one) => SLICING.includes(one.name) && saysSize(one.type));
  if (slicing.length === 0) return null;
  const slicingArguments = slicing.map(({ name }) => name);
  const said = { assumedSize: PAGE_SIZE, slicingArguments, requiresOne: false };
  const named = getNullableType(type);
  if (isListType(named)) return { ...said, sizedFields: [] };
  if (!isObjectType(named)) return null;
  const fields = named.getFields();
  const lists = SIZED.filter((name) => isListType(getNullableType(fields[name]?.type)));
  return lists.length === 0 ? null : { ...said, sizedFields: lists };
}

function saysSize(type: GraphQLInputType): boolean {
  const own = getNullableType(type);
  return own === GraphQLInt || isListType(own);
}
