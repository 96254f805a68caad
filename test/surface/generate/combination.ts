import { type Random, randomFor } from '../../../demo/random.js';
import type { RowKind } from '../../../subgraphs/kinds/kinds.js';
import { dimensionsOf } from '../../../subgraphs/kinds/surface/dimensions.js';
import { orderFieldsOf } from '../../../subgraphs/kinds/surface/order-fields.js';
import type { Filter } from '../naive/matches-filter.js';
import type { BucketOrderItem } from '../naive/sort-buckets.js';
import type { Direction, OrderItem } from '../naive/sort-rows.js';
import type { FieldSamples } from './field-samples.js';
import { generateFilter, inputNamesOf } from './generate-filter.js';
import { generateBucketOrder, generateMeasures, type Measures } from './generate-measures.js';
import { mistakenFilter } from './mistaken-filter.js';

/** A list to be walked page by page. */
export interface ListCombination {
  readonly is: 'list';
  readonly kind: RowKind;
  readonly where: Filter | null;
  readonly orderBy: readonly OrderItem[] | null;
  /** From the end: `last` and `before`. */
  readonly backward: boolean;
  /** Rows of each page; a walk that is not at its end then stops. */
  readonly pages: readonly number[];
}

/** A statistic to be counted. */
export interface StatsCombination extends Measures {
  readonly is: 'stats';
  readonly kind: RowKind;
  readonly where: Filter | null;
  readonly by: readonly string[];
  readonly orderBy: readonly BucketOrderItem[] | null;
  readonly first: number | null;
}

/** What has to be refused. */
export interface Mistake {
  readonly is: 'mistake';
  readonly kind: RowKind;
  readonly where: Filter;
}

export type Combination = ListCombination | StatsCombination | Mistake;

const MISTAKES_IN = 100;
const MAX_PAGE = 120;

/**
 * The n-th combination of a seed. Filter inputs, order fields and dimensions take turns, so that every one of them is
 * asked for.
 */
export function combinationOf(seed: number, samples: FieldSamples, index: number): Combination {
  const { kind } = samples;
  const random = randomFor(seed, 'surface', kind, index);
  if (index % MISTAKES_IN === MISTAKES_IN - 1) {
    return { is: 'mistake', kind, where: mistakenFilter(random, samples) };
  }
  const turn = Math.floor(index / 2);
  const inputs = inputNamesOf(samples);
  const input = inputs[turn % inputs.length] ?? 'interface';
  const where = random.chance(0.06) ? null : generateFilter(random, samples, input);
  return index % 2 === 0
    ? listCombination(random, kind, where, turn)
    : statsCombination(random, kind, where, turn);
}

export function directionOf(random: Random): Direction {
  return random.pick(['ASC', 'DESC']);
}

function listCombination(random: Random, kind: RowKind, where: Filter | null, turn: number): ListCombination {
  const fields = orderFieldsOf(kind);
  const first = fields[turn % fields.length] ?? '';
  const others = random
    .shuffle(fields.filter((field) => field !== first))
    .slice(0, random.pick([0, 0, 1, 2]));
  return {
    is: 'list',
    kind,
    where,
    orderBy: random.chance(0.08)
      ? null
      : [first, ...others].map((field) => ({ [field]: directionOf(random) })),
    backward: random.chance(0.4),
    pages: Array.from({ length: random.int(1, 3) }, () => random.int(1, MAX_PAGE)),
  };
}

function statsCombination(
  random: Random,
  kind: RowKind,
  where: Filter | null,
  turn: number,
): StatsCombination {
  const names = [...dimensionsOf(kind).keys()];
  const first = names[turn % names.length] ?? '';
  const others = random
    .shuffle(names.filter((name) => name !== first))
    .slice(0, random.pick([0, 0, 1, 1, 2]));
  return {
    is: 'stats',
    kind,
    where,
    by: random.chance(0.06) ? [] : random.shuffle([first, ...others]),
    ...generateMeasures(random, kind),
    orderBy: random.chance(0.2) ? null : generateBucketOrder(random, kind),
    first: random.pick([null, 1, 2, 5, 10, 50]),
  };
}
