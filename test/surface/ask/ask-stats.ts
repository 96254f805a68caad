import { declarationOf, type RowKind } from '../../../subgraphs/kinds/kinds.js';
import { statsFieldOf } from '../../../subgraphs/kinds/sdl/kinds-sdl.js';
import { daysOf, numbersOf } from '../../../subgraphs/kinds/surface/numbers.js';
import type { StatsCombination } from '../generate/combination.js';
import type { Refusal, StatsAnswer } from './answer.js';
import { type AskTogether, askAll, type RepeatedField } from './ask-together.js';
import { type Coverage, refusalIn } from './read-coverage.js';

interface Stats {
  readonly bucketCount: number;
  readonly buckets: StatsAnswer['buckets'];
  readonly coverage: Coverage;
}

/** Asks for statistics of one kind together. */
export async function askStats(
  ask: AskTogether,
  kind: RowKind,
  combinations: readonly StatsCombination[],
): Promise<readonly (StatsAnswer | Refusal)[]> {
  const answers = await askAll<Stats>(ask, statsField(kind), combinations.map(variablesOf));
  return answers.map((answer, index) => {
    if ('is' in answer) return answer;
    const { bucketCount, buckets, coverage } = answer;
    const names = new Set(measuredNames(combinations[index]));
    const refusal = refusalIn(coverage);
    return (
      refusal ?? {
        is: 'stats',
        bucketCount,
        buckets: buckets.map((bucket) =>
          Object.fromEntries(Object.entries(bucket).filter(([name]) => names.has(name))),
        ),
      }
    );
  });
}

/** Names of what is compared of a bucket: what was not asked for may be null or not. */
export function measuredNames(combination: StatsCombination | undefined): readonly string[] {
  if (combination === undefined) return [];
  const { kind, measures, amount, days } = combination;
  const sums = [...numbersOf(kind)].flatMap(([name, { field }]) => (measures?.includes(name) ? [field] : []));
  return [
    'key',
    'count',
    ...(measures?.includes('SUBJECTS') ? ['subjects'] : []),
    ...sums,
    ...(amount === null ? [] : ['amount']),
    ...(days === null ? [] : ['days']),
  ];
}

function variablesOf(combination: StatsCombination): Readonly<Record<string, unknown>> {
  const { kind, where, by, measures, amount, days, medians, orderBy, first } = combination;
  const [anyNumber] = numbersOf(kind).keys();
  const [anyDay] = daysOf(kind).keys();
  return {
    ...{ where, by, measures, orderBy, first },
    ...(hasFigures(kind) && { medians }),
    ...(anyNumber !== undefined && { withAmount: amount !== null, of: amount?.of ?? anyNumber }),
    ...(hasSpans(kind) && { withDays: days !== null, from: days?.from ?? anyDay, to: days?.to ?? anyDay }),
  };
}

function hasSpans(kind: RowKind): boolean {
  return daysOf(kind).size > 1;
}

/** Whether a bucket has numbers or spans of which medians can be asked. */
function hasFigures(kind: RowKind): boolean {
  return numbersOf(kind).size > 0 || hasSpans(kind);
}

function statsField(kind: RowKind): RepeatedField {
  const subjects = declarationOf(kind).subject === null ? '' : 'subjects';
  const numbers = numbersOf(kind);
  const sums = [...numbers.values()].flatMap(({ field, type }) => (type === 'Decimal' ? [field] : []));
  const amountTypes = numbers.size === 0 ? {} : { of: `${kind}Number!`, withAmount: 'Boolean!' };
  return {
    types: {
      where: `${kind}Filter`,
      by: `[${kind}Dimension!]!`,
      measures: `[${kind}Measure!]`,
      orderBy: `[${kind}BucketOrder!]`,
      first: 'Int',
      ...(hasFigures(kind) && { medians: 'Boolean!' }),
      ...amountTypes,
      ...(hasSpans(kind) && { withDays: 'Boolean!', from: `${kind}Day!`, to: `${kind}Day!` }),
    },
    field: (of) => {
      const figures = `{ count sum average min max median @include(if: ${of('medians')}) }`;
      const amount = `amount(of: ${of('of')}) @include(if: ${of('withAmount')}) ${figures}`;
      const days = `days(from: ${of('from')}, to: ${of('to')}) @include(if: ${of('withDays')}) ${figures}`;
      return `${statsFieldOf(kind)}(where: ${of('where')}, by: ${of('by')}, measures: ${of('measures')},
        orderBy: ${of('orderBy')}, first: ${of('first')}) {
        bucketCount
        buckets { key count ${subjects} ${sums.join(' ')}
          ${numbers.size === 0 ? '' : amount}
          ${hasSpans(kind) ? days : ''} }
        coverage { interface state reason } }`;
    },
  };
}
