import { declarationOf } from '../kinds.js';
import { subject } from '../subject.js';
import { constantCase } from '../surface/constant-case.js';
import { SUBJECT_DIMENSIONS } from '../surface/dimensions.js';
import { numbersOf } from '../surface/numbers.js';
import { SUBJECT_CLAUSES } from '../surface/subject-clauses.js';
import { SUBJECT_TRAITS } from '../surface/subject-traits.js';
import { AGE_ARGUMENTS } from './age-arguments.js';
import { describe, enumSdl, member } from './describe.js';
import { subjectClausesSdl } from './subject-clauses.js';

/** What the hub's SDL holds of subjects because of what kinds declare. */
export function subjectSdl(): string {
  return [
    subjectClausesSdl(),
    orderSdl(),
    matchSdl(),
    statsSdl(),
    enumSdl(
      'RepeatVisitDimension',
      '重复检查的统计维度. What repeat visits are counted by.',
      [...SUBJECT_DIMENSIONS].map(([name, { words }]) => [name, words]),
    ),
  ].join('\n');
}

/** Kinds whose rows hold numbers. */
const MEASURED = SUBJECT_CLAUSES.filter(({ kind }) => numbersOf(kind).size > 0);

function orderSdl(): string {
  const traits = SUBJECT_TRAITS.map((trait) =>
    member(subject.fields[trait].words, `${trait}: SortDirection`, subject.fields[trait].level),
  );
  const counts = SUBJECT_CLAUSES.map(({ count, name }) =>
    member(
      `查询中首个 ${name} 条件的行数，至多 10 万个主体. Rows of the first \`${name}\` clause; at most 100,000 subjects.`,
      `${count}: SortDirection`,
    ),
  );
  const amounts = MEASURED.map(({ amount, name, kind }) =>
    member(
      `查询中首个 ${name} 条件的合计，至多 10 万个主体. A sum of the first \`${name}\` clause; at most 100,000 subjects.`,
      `${amount}: Subject${kind}AmountOrder`,
    ),
  );
  const inputs = MEASURED.map(
    ({ kind }) => `input Subject${kind}AmountOrder {\n  of: ${kind}Number!\n  direction: SortDirection!\n}\n`,
  );
  return [...inputs, `extend input SubjectOrder {\n${[...traits, ...counts, ...amounts].join('')}}\n`].join(
    '\n',
  );
}

function matchSdl(): string {
  const members = [
    ...SUBJECT_CLAUSES.map(({ count, name }) =>
      member(`满足首个 ${name} 条件的行数. Rows of the first \`${name}\` clause.`, `${count}: Int`),
    ),
    ...MEASURED.map(({ amount, name, kind }) =>
      member(
        `这些行的合计（首个 ${name} 条件）. What the rows of the first \`${name}\` clause add up to.`,
        `${amount}(of: ${kind}Number!): Decimal`,
      ),
    ),
  ];
  return `extend type SubjectMatch {\n${members.join('')}}\n`;
}

function statsSdl(): string {
  const { words } = declarationOf('Subject');
  const dimensions = SUBJECT_TRAITS.map(
    (trait) => [constantCase(trait), subject.fields[trait].words, subject.fields[trait].level] as const,
  );
  return [
    `extend type Query {\n${member(
      `${words.stats}\n与 subjects 的条件相同；主体登记不可用时为空. The same filter as \`subjects\`; null while the registry does not answer.`,
      `subjectStats(where: SubjectFilter, by: [SubjectDimension!]!, orderBy: [SubjectBucketOrder!], first: Int, ${AGE_ARGUMENTS.join(', ')}): SubjectStats`,
    )}}\n`,
    enumSdl('SubjectDimension', '主体的统计维度. What subjects are counted by.', dimensions),
    `type SubjectBucket {\n${member('与 by 同序；登记未说明时为空. In the order of `by`; null where no register says.', 'key: [String]!')}${member('主体数. Subjects.', 'count: Int!')}}\n`,
    `type SubjectStats {\n  buckets: [SubjectBucket!]!\n${member('first 之前的组数. Buckets before `first` cut them off.', 'bucketCount: Int!')}  coverage: [InterfaceCoverage!]!\n}\n`,
    `${describe('每项恰写一个字段. Exactly one field each.')}input SubjectBucketOrder {\n  key: SortDirection\n  count: SortDirection\n}\n`,
  ].join('\n');
}
