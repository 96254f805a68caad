import {
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type ValueNode,
} from 'graphql';
import type { CostProgram, Term } from './cost-program.js';
import type { CostRules } from './cost-rules.js';

/**
 * What a given argument or input field costs: its weight, and those of the fields in it. Of a list each element counts; null
 * costs nothing.
 *
 * @param weight of one such value.
 */
export function argumentCost(
  node: ValueNode,
  type: GraphQLInputType,
  weight: number,
  { program, rules }: { readonly program: CostProgram; readonly rules: CostRules },
): Term {
  const costOf = (value: ValueNode, own: GraphQLInputType, each: number): Term => {
    const named = getNamedType(own);
    if (each === 0 && !isInputObjectType(named)) return 0;
    switch (value.kind) {
      case Kind.NULL:
        return 0;
      case Kind.VARIABLE:
        return program.read((variables) => valueCost(variables[value.name.value], own, each, rules));
      case Kind.LIST:
        return program.sum(value.values.map((one) => costOf(one, elementOf(own), each)));
      case Kind.OBJECT: {
        if (!isInputObjectType(named)) return each;
        const fields = named.getFields();
        const inner = value.fields.map(({ name, value: given }): Term => {
          const field = fields[name.value];
          return field === undefined
            ? 0
            : costOf(given, field.type, rules.inputFieldWeight(named.name, field));
        });
        return program.sum([each, ...inner]);
      }
      default:
        return each;
    }
  };
  return costOf(node, type, weight);
}

/** The same of a variable's value. */
function valueCost(value: unknown, type: GraphQLInputType, each: number, rules: CostRules): number {
  if (value === undefined || value === null) return 0;
  if (Array.isArray(value)) {
    const element = elementOf(type);
    return value.reduce<number>((sum, one) => sum + valueCost(one, element, each, rules), 0);
  }
  const named = getNamedType(type);
  if (!isInputObjectType(named) || typeof value !== 'object') return each;
  const fields = named.getFields();
  let cost = each;
  for (const [name, given] of Object.entries(value)) {
    const field = fields[name];
    if (field !== undefined)
      cost += valueCost(given, field.type, rules.inputFieldWeight(named.name, field), rules);
  }
  return cost;
}

function elementOf(type: GraphQLInputType): GraphQLInputType {
  const own = getNullableType(type);
  return isListType(own) ? own.ofType : type;
}
