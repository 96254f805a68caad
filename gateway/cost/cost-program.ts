import type { CoercedVariables } from '../execute/described-operation.js';

/** A number that is known, or the place of one that depends on variables. */
export type Term = number | { readonly place: number };

/** A list whose size must be said has none: whatever holds it has no cost. */
export const UNSLICED = Number.POSITIVE_INFINITY;

/** The largest cost; what is more counts as this. */
const MOST = Number.MAX_SAFE_INTEGER;

type Step = (values: readonly number[], variables: CoercedVariables) => number;

/**
 * Arithmetic that is written down once and carried out for each set of variables. What does not depend on them is worked out
 * at once; the rest are steps one after the other, each carried out once, however often it is used.
 */
export interface CostProgram {
  sum(terms: readonly Term[]): Term;
  times(size: Term, inner: Term): Term;
  greatest(terms: readonly Term[]): Term;
  notBelowZero(term: Term): Term;
  /** Nothing where the condition does not hold. */
  where(holds: (variables: CoercedVariables) => boolean, term: Term): Term;
  read(number: (variables: CoercedVariables) => number): Term;
  /** @returns the value of a term: whole, from 0 to `Number.MAX_SAFE_INTEGER`, or `UNSLICED`. */
  finish(term: Term): (variables: CoercedVariables) => number;
}

export function createCostProgram(): CostProgram {
  const steps: Step[] = [];
  const add = (step: Step): Term => ({ place: steps.push(step) - 1 });
  const combine = (terms: readonly Term[], reduce: (one: number, other: number) => number): Term => {
    const known = terms.filter((term) => typeof term === 'number');
    const places = terms.flatMap((term) => (typeof term === 'number' ? [] : [term.place]));
    const [only] = places;
    const start = known.length === 0 ? 0 : known.reduce((one, other) => reduce(one, other));
    if (only === undefined) return start;
    if (places.length === 1 && known.length === 0) return { place: only };
    const others = known.length === 0 ? places.slice(1) : places;
    return add((values) => {
      let total = known.length === 0 ? valueAt(values, only) : start;
      for (const place of others) total = reduce(total, valueAt(values, place));
      return total;
    });
  };
  const change = (term: Term, by: (value: number) => number): Term =>
    typeof term === 'number' ? by(term) : add((values) => by(valueAt(values, term.place)));
  return {
    sum: (terms) =>
      combine(
        terms.filter((term) => term !== 0),
        addUp,
      ),
    greatest: (terms) => combine(terms, greater),
    notBelowZero: (term) => change(term, (value) => Math.max(0, value)),
    times: (size, inner) => {
      if (inner === 0 || size === 1) return inner;
      if (typeof size === 'number') return change(inner, (value) => multiply(size, value));
      return typeof inner === 'number'
        ? change(size, (value) => multiply(value, inner))
        : add((values) => multiply(valueAt(values, size.place), valueAt(values, inner.place)));
    },
    where: (holds, term) =>
      term === 0 ? 0 : add((values, variables) => (holds(variables) ? numberFor(term, values) : 0)),
    read: (number) => add((_, variables) => number(variables)),
    finish: (term) => {
      if (typeof term === 'number') {
        const known = toCost(term);
        return () => known;
      }
      return (variables) => {
        const values: number[] = [];
        for (const step of steps) values.push(step(values, variables));
        return toCost(valueAt(values, term.place));
      };
    },
  };
}

function numberFor(term: Term, values: readonly number[]): number {
  return typeof term === 'number' ? term : valueAt(values, term.place);
}

function valueAt(values: readonly number[], place: number): number {
  return values[place] ?? 0;
}

function addUp(one: number, other: number): number {
  return one === UNSLICED || other === UNSLICED ? UNSLICED : Math.min(one + other, MOST);
}

function multiply(size: number, inner: number): number {
  // Of no elements as of many: that their number is not said is what is wrong.
  return size === UNSLICED || inner === UNSLICED ? UNSLICED : Math.min(size * inner, MOST);
}

function greater(one: number, other: number): number {
  return Math.max(one, other);
}

function toCost(value: number): number {
  return value === UNSLICED ? value : Math.min(Math.max(0, Math.ceil(value)), MOST);
}
