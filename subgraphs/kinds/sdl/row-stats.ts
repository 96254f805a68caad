import { declarationOf, type RowKind } from '../kinds.js';
import { constantCase } from '../surface/constant-case.js';
import { dimensionsOf } from '../surface/dimensions.js';
import { daysOf, numbersOf } from '../surface/numbers.js';
import { enumSdl, member } from './describe.js';

/** The arguments of a kind's statistics. */
export function statsArguments(kind: RowKind): string {
  const within = Object.values(declarationOf(kind).followUps).flatMap(({ within: limit }) => limit ?? []);
  return [
    `where: ${kind}Filter`,
    `by: [${kind}Dimension!]!`,
    `measures: [${kind}Measure!]`,
    `orderBy: [${kind}BucketOrder!]`,
    'first: Int',
    ...within.map(({ argument, default: value }) => `${argument}: Int = ${value}`),
  ].join(', ');
}

/** The statistics of a kind: dimensions, measures, buckets and their order. */
export function rowStatsSdl(kind: RowKind): string {
  const { fields, followUps } = declarationOf(kind);
  const numbers = numbersOf(kind);
  const decimals = [...numbers].filter(([, { type }]) => type === 'Decimal');
  const outcomes = Object.entries(followUps);
  const days = [...daysOf(kind)];
  const measures: (readonly [string, string])[] = [
    ['COUNT', '行数. Rows.'],
    ['SUBJECTS', '不同主体数，按规范标识去重. Distinct subjects.'],
    ...decimals.map(([name, { words }]) => [name, `合计 (sum)：${words}`] as const),
    ...outcomes.map(([name, { words }]) => [constantCase(name), words] as const),
  ];
  const buckets = [
    member(
      '与 by 同序；行中没有时为空. In the order of `by`; null where the row has none.',
      'key: [String]!',
    ),
    member(
      '行数；含多个值的行在每个值下各计一次. Rows; one with several values counts under each.',
      'count: Int!',
    ),
    member('不同主体数. Distinct subjects.', 'subjects: Int'),
    ...decimals.map(([, { field, words }]) => member(`合计 (sum)：${words}`, `${field}: Decimal`)),
    ...outcomes.flatMap(([name, { words }]) => [
      member(words, `${name}: Int`),
      member(`${name} ÷ count`, `${name}Rate: Float`),
    ]),
    ...(numbers.size === 0
      ? []
      : [member('一个数值的统计. What the rows say of a number.', `amount(of: ${kind}Number!): Measured`)]),
    ...(days.length < 2
      ? []
      : [
          member(
            '两个日期之间的天数. Days from one day to another.',
            `days(from: ${kind}Day!, to: ${kind}Day!): Measured`,
          ),
        ]),
  ];
  return [
    enumSdl(
      `${kind}Dimension`,
      '统计维度. What rows are counted by.',
      [...dimensionsOf(kind)].map(([name, { words }]) => [name, words]),
    ),
    enumSdl(`${kind}Measure`, '统计量. What is counted and added up.', measures),
    ...(numbers.size === 0
      ? []
      : [
          enumSdl(
            `${kind}Number`,
            '数值. Numbers of a row.',
            [...numbers].map(([name, { words }]) => [name, words]),
          ),
        ]),
    ...(days.length < 2
      ? []
      : [
          enumSdl(
            `${kind}Day`,
            '日期. Days of a row.',
            days.map(([name, field]) => [name, fields[field]?.words ?? '']),
          ),
        ]),
    `type ${kind}Bucket {\n${buckets.join('')}}\n`,
    statsTypeSdl(kind),
    bucketOrderSdl(
      kind,
      decimals.map(([, { field }]) => field),
      Object.keys(followUps),
      numbers.size > 0,
      days.length > 1,
    ),
  ].join('\n');
}

function statsTypeSdl(kind: RowKind): string {
  return [
    `type ${kind}Stats {\n`,
    `  buckets: [${kind}Bucket!]!\n`,
    member('first 之前的组数. Buckets before `first` cut them off.', 'bucketCount: Int!'),
    '  coverage: [InterfaceCoverage!]!\n}\n',
  ].join('');
}

function bucketOrderSdl(
  kind: RowKind,
  sums: readonly string[],
  outcomes: readonly string[],
  hasNumbers: boolean,
  hasDays: boolean,
): string {
  const names = ['key', 'count', 'subjects', ...sums, ...outcomes];
  return [
    ...(hasNumbers
      ? [
          `input ${kind}AmountOrder {\n  of: ${kind}Number!\n  by: Statistic! = SUM\n  direction: SortDirection!\n}\n`,
        ]
      : []),
    ...(hasDays
      ? [
          `input ${kind}DaysOrder {\n  from: ${kind}Day!\n  to: ${kind}Day!\n  by: Statistic! = SUM\n  direction: SortDirection!\n}\n`,
        ]
      : []),
    [
      `"每项恰写一个字段. Exactly one field each."\ninput ${kind}BucketOrder {\n`,
      ...names.map((name) => `  ${name}: SortDirection\n`),
      ...(hasNumbers ? [`  amount: ${kind}AmountOrder\n`] : []),
      ...(hasDays ? [`  days: ${kind}DaysOrder\n`] : []),
      '}\n',
    ].join(''),
  ].join('\n');
}
