import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { compareDecimals, divideDecimals, multiplyDecimal } from '../../values/numbers/decimal.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import { createCoverageBook, type InterfaceCoverage } from '../fan/coverage.js';
import { mapBounded } from '../fan/map-bounded.js';
import { tellCoverage } from '../fan/tell-coverage.js';
import type { Hub } from '../hub.js';
import { selectionOf } from '../rows/selection.js';
import { INDICATORS } from './declarations.js';
import type { Count, IndicatorDeclaration, Period } from './indicator.js';
import { type Measuring, measureSide, type Side, WHOLE } from './measure-side.js';
import { readPeriods } from './periods.js';
import { createMatchedReader } from './read-matched.js';

interface IndicatorArguments {
  readonly codes?: readonly string[] | null;
  readonly from: string;
  readonly to?: string | null;
  readonly byDepartment: boolean;
}

/** `Indicator` of the schema: a fraction with both its sides. */
interface IndicatorNode {
  readonly code: string;
  readonly family: string;
  readonly words: string;
  readonly unit: string;
  readonly period: string;
  readonly asOf: string;
  readonly department: string | null;
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly target: string | null;
  readonly met: boolean | null;
  /** Why there is no value. */
  readonly reason: 'NO_HISTORY' | 'INCOMPLETE' | 'NOTHING_TO_COUNT' | null;
}

interface Indicators {
  readonly nodes: readonly IndicatorNode[];
  readonly coverage: readonly InterfaceCoverage[];
}

const PLACES = 2;
/** Fractions that are counted at the same time. */
const AT_ONCE = 4;

/** `Query.indicators`. */
export function indicatorsResolver(hub: Hub) {
  const readMatched = createMatchedReader(hub);
  return async (
    _parent: unknown,
    { codes, from, to, byDepartment }: IndicatorArguments,
    context: CallContext,
    info: GraphQLResolveInfo,
  ): Promise<Indicators> => {
    const periods = readPeriods(from, to ?? null, context.today);
    const wanted = INDICATORS.filter(({ code }) => codes == null || codes.includes(code));
    const book = createCoverageBook();
    const measure = createMeasure({ hub, byDepartment, book, readMatched, context });
    const fractions = wanted.flatMap((indicator) => periods.map((period) => ({ indicator, period })));
    const nodes = await mapBounded(fractions, AT_ONCE, ({ indicator, period }) =>
      tellIndicator(indicator, period, context.today, measure),
    );
    const coverage = book.list();
    tellCoverage(coverage, selectionOf(info).has('coverage'), context, info);
    return { nodes: nodes.flat(), coverage };
  };
}

type Measure = (count: Count, period: Period) => Promise<Side>;

/** Sides that several fractions share are counted once. */
function createMeasure(measuring: Measuring): Measure {
  const known = new Map<string, Promise<Side>>();
  return (count, period) => {
    const key = JSON.stringify([count.kind, count.of, count.where(period)]);
    const side = known.get(key) ?? measureSide(count, period, measuring);
    known.set(key, side);
    return side;
  };
}

async function tellIndicator(
  indicator: IndicatorDeclaration,
  period: Period,
  today: string,
  measure: Measure,
): Promise<readonly IndicatorNode[]> {
  if (indicator.todayOnly === true && period.last !== today) {
    return [toNode(indicator, period, null, { reason: 'NO_HISTORY' })];
  }
  const [over, under] = await Promise.all([
    measure(indicator.numerator, period),
    measure(indicator.denominator, period),
  ]);
  if (over === null || under === null) return [toNode(indicator, period, null, { reason: 'INCOMPLETE' })];
  const departments = [...new Set([...over.keys(), ...under.keys()])].sort(compareCodePoints);
  return departments.map((department) =>
    toNode(indicator, period, department === WHOLE ? null : department, {
      numerator: over.get(department) ?? '0.00',
      denominator: under.get(department) ?? '0.00',
    }),
  );
}

type Told =
  | { readonly numerator: string; readonly denominator: string }
  | { readonly reason: 'NO_HISTORY' | 'INCOMPLETE' };

function toNode(
  { code, family, words, unit, target }: IndicatorDeclaration,
  { month, last }: Period,
  department: string | null,
  told: Told,
): IndicatorNode {
  const node = { code, family, words, unit, period: month, asOf: last, department, target };
  if ('reason' in told)
    return { ...node, value: null, numerator: null, denominator: null, met: null, ...told };
  const { numerator, denominator } = told;
  if (compareDecimals(denominator, '0') <= 0) {
    return { ...node, numerator, denominator, value: null, met: null, reason: 'NOTHING_TO_COUNT' };
  }
  const value = divideDecimals(multiplyDecimal(numerator, unit === 'PERCENT' ? 100 : 1), denominator, PLACES);
  // Only the county as a whole has to reach a target.
  const met = target === null || department !== null ? null : compareDecimals(value, target) >= 0;
  return { ...node, numerator, denominator, value, met, reason: null };
}
