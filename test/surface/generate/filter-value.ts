import type { Random } from '../../../demo/random.js';
import type { FilterInput } from '../../../subgraphs/kinds/surface/filter-inputs.js';
import type { FieldSamples } from './field-samples.js';
import { asPattern, beginningOf, nearNumber, nearText, partOf, respellNumber } from './near-misses.js';
import { dayRange, decimalRange, integerRange, momentRange } from './ranges.js';

const NEAR_MISS = 0.25;

/** A value for one input of a filter, made of what rows hold; null when no row holds anything. */
export function filterValue(random: Random, samples: FieldSamples, input: FilterInput): unknown {
  const { field, operator, limit } = input;
  const text = (): string => samples.text(random, field) ?? '';
  if (operator === 'is' || operator === 'present' || operator === 'flag') return random.chance(0.5);
  if (limit !== undefined) {
    return random.chance(0.3) ? {} : { [limit.parameter]: random.int(limit.min, limit.min + 30) };
  }
  const first = text();
  if (first === '') return null;
  const pair = [first, text()] as const;
  const isNear = random.chance(NEAR_MISS);
  switch (operator) {
    case 'in':
      return several(random, () => (isEnum(input) || !isNear ? text() : nearText(random, text())));
    case 'townships':
      return several(random, () => (isNear ? `${text().slice(0, 8)}${random.digits(1)}` : text()));
    case 'contains':
      return partNear(random, partOf(random, first));
    case 'startsWith':
      return partNear(random, beginningOf(random, first));
    case 'number':
      return isNear ? nearNumber(random, first) : respellNumber(random, first);
    case 'numbers':
      return several(random, () =>
        random.chance(NEAR_MISS) ? nearNumber(random, text()) : respellNumber(random, text()),
      );
    case 'dates':
      return dayRange(random, pair);
    case 'moments':
      return momentRange(random, pair);
    case 'decimals':
      return decimalRange(random, pair);
    case 'integers':
      return integerRange(random, pair);
    default:
      throw new RangeError(`Cannot make a value for ${operator}: it must be an operator`);
  }
}

/** A part of a text, or nearly one; wildcards of SQL most of all, for there they are escaped or not. */
function partNear(random: Random, part: string): string {
  return random.pick([() => part, () => part, () => asPattern(random, part), () => nearText(random, part)])();
}

function several(random: Random, make: () => string): readonly string[] {
  return Array.from({ length: random.pick([1, 1, 2, 3, 5]) }, make);
}

/** Lists of enum values take no other words. */
function isEnum({ type }: FilterInput): boolean {
  return !type.includes('String');
}
