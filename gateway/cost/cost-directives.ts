import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind } from 'graphql';
import { argumentOf, plainText, readLinkedFeatures } from '../plan/linked-features.js';

/** What a supergraph says with `@cost` and `@listSize`, under whatever names its `@link` gives them. */
export interface CostDirectives {
  /** By coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Input.field`. */
  readonly weights: ReadonlyMap<string, number>;
  /** By `Type.field`. */
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

/** How many elements a list has. */
export interface ListSize {
  /** Where no slicing argument is given; null: nothing is said. */
  readonly assumedSize: number | null;
  /** Arguments that say it: a number, or a list as long. */
  readonly slicingArguments: readonly string[];
  /** The lists directly below the field that it is the size of; none: the field's own. */
  readonly sizedFields: readonly string[];
  /** Exactly one of the slicing arguments must be given. */
  readonly requiresOne: boolean;
}

const COST = 'https://specs.apollo.dev/cost';

export function readCostDirectives(document: DocumentNode): CostDirectives {
  const weights = new Map<string, number>();
  const listSizes = new Map<string, ListSize>();
  const feature = readLinkedFeatures(document).find(({ identity }) => identity === COST);
  if (feature === undefined) return { weights, listSizes };
  const [cost, listSize] = [feature.nameOf('cost'), feature.nameOf('listSize')];
  const weigh = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    const directive = directives.find(({ name }) => name.value === cost);
    const weight = directive === undefined ? null : numberOf(argumentOf(directive, 'weight'));
    if (weight !== null) weights.set(coordinate, weight);
  };
  for (const definition of document.definitions) {
    if (!('name' in definition) || definition.name === undefined) continue;
    if (definition.kind === Kind.DIRECTIVE_DEFINITION || !('directives' in definition)) continue;
    const type = definition.name.value;
    weigh(type, definition.directives as readonly ConstDirectiveNode[]);
    if (!('fields' in definition)) continue;
    for (const field of definition.fields ?? []) {
      const coordinate = `${type}.${field.name.value}`;
      weigh(coordinate, field.directives);
      if (field.kind !== Kind.FIELD_DEFINITION) continue;
      for (const argument of field.arguments ?? [])
        weigh(`${coordinate}(${argument.name.value}:)`, argument.directives);
      const sized = field.directives?.find(({ name }) => name.value === listSize);
      if (sized !== undefined) listSizes.set(coordinate, readListSize(sized));
    }
  }
  return { weights, listSizes };
}

function readListSize(directive: ConstDirectiveNode): ListSize {
  const requires = argumentOf(directive, 'requireOneSlicingArgument');
  const slicing = textsOf(argumentOf(directive, 'slicingArguments'));
  return {
    assumedSize: numberOf(argumentOf(directive, 'assumedSize')),
    slicingArguments: slicing,
    sizedFields: textsOf(argumentOf(directive, 'sizedFields')),
    requiresOne: slicing.length > 0 && !(requires?.kind === Kind.BOOLEAN && !requires.value),
  };
}

function textsOf(value: ConstValueNode | undefined): readonly string[] {
  if (value?.kind !== Kind.LIST) return [];
  return value.values.map(plainText).filter((text) => text !== null);
}

/** A weight is a number in Federation, and a text in IBM's own specification. */
function numberOf(value: ConstValueNode | undefined): number | null {
  if (value?.kind !== Kind.INT && value?.kind !== Kind.FLOAT && value?.kind !== Kind.STRING) return null;
  const number = Number(value.value);
  return Number.isFinite(number) ? number : null;
}
