import { type FieldNode, type GraphQLArgument, type GraphQLField, Kind, type ValueNode } from 'graphql';
import type { CoercedVariables } from '../execute/described-operation.js';
import type { ListSize } from './cost-directives.js';
import { type CostProgram, type Term, UNSLICED } from './cost-program.js';

/** What an argument says of a size; null: nothing. */
type Said = number | null;
/** What it says, or how that is read of the variables. */
type Reader = Said | ((variables: CoercedVariables) => Said);

/**
 * How many elements a list has: what the largest of its slicing arguments says, else the size that is assumed of it, else the
 * usual one. `UNSLICED` where exactly one argument must say it and none does, or several do.
 */
export function listLength(
  node: FieldNode,
  { args }: Pick<GraphQLField<unknown, unknown>, 'args'>,
  { assumedSize, slicingArguments, requiresOne }: ListSize,
  { program, usual }: { readonly program: CostProgram; readonly usual: number },
): Term {
  const readers = slicingArguments.map((name): Reader => {
    const argument = args.find((one) => one.name === name);
    const given = node.arguments?.find((one) => one.name.value === name)?.value;
    return argument === undefined ? null : readSize(given, argument);
  });
  const lengthOf = (sizes: readonly Said[]): number => {
    const said = sizes.filter((size) => size !== null);
    if (requiresOne && said.length !== 1) return UNSLICED;
    return said.length === 0 ? (assumedSize ?? usual) : Math.max(0, ...said);
  };
  const known = readers.filter((reader) => typeof reader !== 'function');
  if (known.length === readers.length) return lengthOf(known);
  return program.read((variables) =>
    lengthOf(readers.map((reader) => (typeof reader === 'function' ? reader(variables) : reader))),
  );
}

function readSize(given: ValueNode | undefined, { defaultValue }: GraphQLArgument): Reader {
  const usual = sizeOf(defaultValue);
  if (given === undefined) return usual;
  switch (given.kind) {
    case Kind.VARIABLE: {
      const { value: name } = given.name;
      return (variables) => (variables[name] === undefined ? usual : sizeOf(variables[name]));
    }
    case Kind.INT:
      return Number(given.value);
    case Kind.LIST:
      return given.values.length;
    default:
      return null;
  }
}

function sizeOf(value: unknown): Said {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' ? value : null;
}
