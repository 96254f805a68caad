import { comparableValue } from '../../compare-cells.js';
import type { Condition } from '../../condition.js';
import type { SourceValue } from '../../source-value.js';

/** Texts that some columns must have; empty: nothing is known. */
export type Pins = ReadonlyMap<string, string>;

/** Alternatives: every row of the condition has the texts of one of them at least. Empty: there is no such row. */
export type Alternatives = readonly Pins[];

const ANYTHING: Alternatives = [new Map()];

/** How many calls it takes to ask for these alternatives; fewer is better. */
export type CostOf = (alternatives: Alternatives) => number;

/**
 * What a condition says about some columns by equality alone. It is a superset: the condition itself decides in the end.
 *
 * @param columns those that can be asked by; the others do not matter.
 * @param costOf chooses where two parts of a conjunction pin different columns to several texts each.
 */
export function pinColumns(condition: Condition, columns: ReadonlySet<string>, costOf: CostOf): Alternatives {
  switch (condition.kind) {
    case 'never':
      return [];
    case 'all':
      return condition.of
        .map((part) => pinColumns(part, columns, costOf))
        .reduce((left, right) => join(left, right, costOf), ANYTHING);
    case 'any':
      return unite(condition.of.map((part) => pinColumns(part, columns, costOf)));
    case 'compare':
      return condition.op === 'eq' ? pinValues(condition.column, [condition.value], columns) : ANYTHING;
    case 'in':
      return pinValues(condition.column, condition.values, columns);
    case 'inTuples':
      return pinTuples(condition, columns);
    default:
      return ANYTHING;
  }
}

type Value = Exclude<SourceValue, null>;

/** The text that a text column must hold to equal the value; null when none does. */
export function textOf(value: Value): string | null {
  const wanted = comparableValue(value, 'text');
  return wanted?.kind === 'text' ? wanted.text : null;
}

function pinValues(column: string, values: readonly Value[], columns: ReadonlySet<string>): Alternatives {
  if (!columns.has(column)) return ANYTHING;
  return distinct(
    values.map(textOf).flatMap((text): Pins[] => (text === null ? [] : [new Map([[column, text]])])),
  );
}

function pinTuples(
  { columns: names, tuples }: Extract<Condition, { kind: 'inTuples' }>,
  columns: ReadonlySet<string>,
): Alternatives {
  if (!names.some((name) => columns.has(name))) return ANYTHING;
  return distinct(
    tuples.flatMap((tuple): Pins[] => {
      const pins = new Map<string, string>();
      for (const [index, name] of names.entries()) {
        const value = tuple[index];
        const text = value === undefined ? null : textOf(value);
        // A cell is equal to none of the values, or to two different ones.
        if (text === null || (pins.has(name) && pins.get(name) !== text)) return [];
        if (columns.has(name)) pins.set(name, text);
      }
      return [pins];
    }),
  );
}

/** One branch about which nothing is known makes all of them useless. */
function unite(branches: readonly Alternatives[]): Alternatives {
  const all = branches.flat();
  return all.some((pins) => pins.size === 0) ? ANYTHING : distinct(all);
}

/**
 * Both hold. Where the sides have no column in common, only a side of one alternative multiplies the calls by nothing;
 * else one side is left to be checked afterwards.
 */
function join(left: Alternatives, right: Alternatives, costOf: CostOf): Alternatives {
  const isNarrow = left.length <= 1 || right.length <= 1;
  if (!isNarrow && !haveCommonColumn(left, right)) return costOf(left) <= costOf(right) ? left : right;
  if (left.length * right.length > MAX_PAIRS) return left.length <= right.length ? left : right;
  return distinct(left.flatMap((a) => right.flatMap((b) => mergePins(a, b) ?? [])));
}

/** Beyond this, working out what both sides allow would cost more than it saves. */
const MAX_PAIRS = 1_000_000;

function haveCommonColumn(left: Alternatives, right: Alternatives): boolean {
  const names = new Set(left.flatMap((pins) => [...pins.keys()]));
  return right.some((pins) => [...pins.keys()].some((name) => names.has(name)));
}

function mergePins(a: Pins, b: Pins): Pins | null {
  for (const [column, text] of b) {
    if (a.has(column) && a.get(column) !== text) return null;
  }
  return new Map([...a, ...b]);
}

function distinct(alternatives: Alternatives): Alternatives {
  const known = new Map<string, Pins>();
  for (const pins of alternatives) known.set(JSON.stringify([...pins].sort()), pins);
  return [...known.values()];
}
