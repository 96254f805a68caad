import { higherLevel, LEVELS, type Level } from '../../../runtime/level.js';
import type { FollowUpDeclaration } from '../kind.js';
import { declarationOf, fieldOf, type RowKind } from '../kinds.js';
import { constantCase } from '../surface/constant-case.js';
import { dimensionsOf, type StatsDimension } from '../surface/dimensions.js';
import { daysOf, type NumberField, numbersOf } from '../surface/numbers.js';
import { AGE_ARGUMENTS } from './age-arguments.js';
import { enumSdl, member, ROUNDED_MEMBER } from './describe.js';
import { levelOfLink } from './link-level.js';

/** The arguments of a kind's statistics. */
export function statsArguments(kind: RowKind): string {
  const within = Object.values(declarationOf(kind).followUps).flatMap(({ within: limit }) => limit ?? []);
  return [
    `where: ${kind}Filter`,
    `by: [${kind}Dimension!]!`,
    `measures: [${kind}Measure!]`,
    `orderBy: [${kind}BucketOrder!]`,
    'first: Int',
    ...AGE_ARGUMENTS,
    ...within.map(({ argument, default: value }) => `${argument}: Int = ${value}`),
  ].join(', ');
}

/** The statistics of a kind: dimensions, measures, buckets and their order. */
export function rowStatsSdl(kind: RowKind): string {
  const numbers = [...numbersOf(kind)].map(
    ([name, { words, field }]) => [name, words, fieldOf(kind, field)?.level] as const,
  );
  const days = daysWithWords(kind);
  const dimensions = [...dimensionsOf(kind)].map(
    ([name, one]) => [name, one.words, levelOfDimension(kind, one)] as const,
  );
  return [
    enumSdl(`${kind}Dimension`, '统计维度. What rows are counted by.', dimensions),
    enumSdl(`${kind}Measure`, '统计量. What is counted and added up.', measuresOf(kind)),
    ...(numbers.length === 0 ? [] : [enumSdl(`${kind}Number`, '数值. Numbers of a row.', numbers)]),
    ...(days.length < 2 ? [] : [enumSdl(`${kind}Day`, '日期. Days of a row.', days)]),
    bucketSdl(kind),
    statsTypeSdl(kind),
    bucketOrderSdl(kind),
  ].join('\n');
}

type Worded = readonly (readonly [name: string, words: string, level?: Level | undefined])[];

function levelOfDimension(kind: RowKind, one: StatsDimension): Level | undefined {
  return one.of === 'row' && 'field' in one.dimension ? fieldOf(kind, one.dimension.field)?.level : undefined;
}

function daysWithWords(kind: RowKind): Worded {
  const { fields } = declarationOf(kind);
  return [...daysOf(kind)].map(([name, field]) => [name, fields[field]?.words ?? '', fields[field]?.level]);
}

/** Amounts of money, which buckets add up under their own names. */
function decimalsOf(kind: RowKind): readonly (readonly [name: string, number: NumberField])[] {
  return [...numbersOf(kind)].filter(([, { type }]) => type === 'Decimal');
}

function measuresOf(kind: RowKind): Worded {
  return [
    ['COUNT', '行数. Rows.'],
    ...(isOfSubjects(kind) ? [['SUBJECTS', '不同主体数，按规范标识去重. Distinct subjects.'] as const] : []),
    ...decimalsOf(kind).map(
      ([name, { words, field }]) => [name, `合计 (sum)：${words}`, fieldOf(kind, field)?.level] as const,
    ),
    ...Object.entries(declarationOf(kind).followUps).map(
      ([name, followUp]) => [constantCase(name), followUp.words, levelOfFollowUp(kind, followUp)] as const,
    ),
  ];
}

function bucketSdl(kind: RowKind): string {
  const outcomes = Object.entries(declarationOf(kind).followUps);
  const members = [
    member(
      '与 by 同序；行中没有时为空. In the order of `by`; null where the row has none.',
      'key: [String]!',
    ),
    member(
      '行数；含多个值的行在每个值下各计一次. Rows; one with several values counts under each.',
      'count: Int!',
    ),
    ...(isOfSubjects(kind) ? [member('不同主体数. Distinct subjects.', 'subjects: Int')] : []),
    ...decimalsOf(kind).map(([, { field, words }]) =>
      member(`合计 (sum)：${words}`, `${field}: Decimal`, fieldOf(kind, field)?.level),
    ),
    ...outcomes.flatMap(([name, followUp]) => [
      member(followUp.words, `${name}: Int`, levelOfFollowUp(kind, followUp)),
      member(`${name} ÷ count`, `${name}Rate: Float`, levelOfFollowUp(kind, followUp)),
    ]),
    ...(hasNumbers(kind)
      ? [member('一个数值的统计. What the rows say of a number.', `amount(of: ${kind}Number!): Measured`)]
      : []),
    ...(hasSpans(kind)
      ? [
          member(
            '两个日期之间的天数. Days from one day to another.',
            `days(from: ${kind}Day!, to: ${kind}Day!): Measured`,
          ),
        ]
      : []),
  ];
  return `type ${kind}Bucket {\n${members.join('')}}\n`;
}

/** What a row led to is told by the link, and by the day of the other row. */
function levelOfFollowUp(kind: RowKind, { link, day }: FollowUpDeclaration): Level {
  const declared = declarationOf(kind).links[link];
  if (declared === undefined) throw new RangeError(`Cannot level ${link}: ${kind} must have such a link`);
  const other = declarationOf(declared.to as RowKind).fields[day]?.level;
  return higherLevel<Level>(levelOfLink(kind, declared), other ?? LEVELS[0]);
}

function isOfSubjects(kind: RowKind): boolean {
  return declarationOf(kind).subject !== null;
}

function hasNumbers(kind: RowKind): boolean {
  return numbersOf(kind).size > 0;
}

/** Days between two days take two. */
function hasSpans(kind: RowKind): boolean {
  return daysOf(kind).size > 1;
}

function statsTypeSdl(kind: RowKind): string {
  return [
    `type ${kind}Stats {\n`,
    `  buckets: [${kind}Bucket!]!\n`,
    member('first 之前的组数. Buckets before `first` cut them off.', 'bucketCount: Int!'),
    ROUNDED_MEMBER,
    '  coverage: [InterfaceCoverage!]!\n}\n',
  ].join('');
}

function bucketOrderSdl(kind: RowKind): string {
  const sums = decimalsOf(kind).map(([, { field }]) => field);
  const subjects = isOfSubjects(kind) ? ['subjects'] : [];
  const { followUps } = declarationOf(kind);
  const names = ['key', 'count', ...subjects, ...sums, ...Object.keys(followUps)];
  const levelOfName = (name: string): Level | undefined => {
    const followUp = followUps[name];
    return followUp === undefined ? fieldOf(kind, name)?.level : levelOfFollowUp(kind, followUp);
  };
  const ways = '  by: Statistic! = SUM\n  direction: SortDirection!\n}\n';
  return [
    ...(hasNumbers(kind) ? [`input ${kind}AmountOrder {\n  of: ${kind}Number!\n${ways}`] : []),
    ...(hasSpans(kind) ? [`input ${kind}DaysOrder {\n  from: ${kind}Day!\n  to: ${kind}Day!\n${ways}`] : []),
    [
      `"每项恰写一个字段. Exactly one field each."\ninput ${kind}BucketOrder {\n`,
      ...names.map((name) => member(null, `${name}: SortDirection`, levelOfName(name))),
      ...(hasNumbers(kind) ? [`  amount: ${kind}AmountOrder\n`] : []),
      ...(hasSpans(kind) ? [`  days: ${kind}DaysOrder\n`] : []),
      '}\n',
    ].join(''),
  ].join('\n');
}
