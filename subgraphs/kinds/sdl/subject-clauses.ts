import { declarationOf, fieldOf } from '../kinds.js';
import { numbersOf } from '../surface/numbers.js';
import { type ClauseSurface, SUBJECT_CLAUSES } from '../surface/subject-clauses.js';
import { describe, member } from './describe.js';

const COUNT =
  '行数；{gte: 0} 不筛选，只计数. Number of rows; {gte: 0} keeps everybody and only counts.\n{lte: 0} 与 none: true 相同. {lte: 0} is the same as none: true.';

/** The clauses of `SubjectFilter` on rows: one input type for each kind. */
export function subjectClausesSdl(): string {
  const clauses = SUBJECT_CLAUSES.map(({ name, type, kind }) =>
    member(declarationOf(kind).subject?.list ?? null, `${name}: ${type}`),
  );
  return [
    ...SUBJECT_CLAUSES.flatMap((clause) => [clauseSdl(clause), sumSdl(clause)]),
    SUBJECT_CLAUSES.some(({ kind }) => declarationOf(kind).visits !== undefined) ? VISITS : '',
    `extend input SubjectFilter {\n${clauses.join('')}}\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function clauseSdl({ kind, type, shortcuts }: ClauseSurface): string {
  const { subject, day, visits } = declarationOf(kind);
  const members = [
    `  where: ${kind}Filter\n`,
    ...shortcuts.map((input) =>
      member(input.words, `${input.name}: ${input.type}`, fieldOf(kind, input.field)?.level),
    ),
    member(
      '不同部门数；未识别的部门不计. Number of different departments; unidentified ones do not count.',
      'departments: IntRange',
    ),
    ...(day === null
      ? []
      : [
          member(
            `这些部门在同一自然月内（按 ${day}），须与 departments 同用. Within one calendar month (of ${day}); goes with \`departments\`.`,
            'sameMonth: Boolean',
          ),
        ]),
    member(COUNT, 'count: IntRange'),
    member('是否有这样的行. Whether there is such a row.', 'some: Boolean'),
    member('是否没有这样的行. Whether there is no such row.', 'none: Boolean'),
    ...(numbersOf(kind).size === 0
      ? []
      : [
          member(
            '合计，每项都须满足；无值时合计为 0. Sums, all of them; the sum of no values is 0.',
            `sum: [Subject${kind}Sum!]`,
          ),
        ]),
    ...(visits === undefined || day === null
      ? []
      : [
          member(
            `withinDays 天内被两个以上部门检查过，同 Query.repeatVisits；本条件的计数同样如此：${visits.words}\nVisited by two or more departments within so many days, as in Query.repeatVisits; so do the counts of this clause.`,
            'repeatVisits: RepeatVisitWindow',
          ),
        ]),
  ];
  return `${describe(`主体须满足的条件：${subject?.list ?? ''} Clause on a subject's rows of this kind.`)}input ${type} {\n${members.join('')}}\n`;
}

function sumSdl({ kind }: ClauseSurface): string {
  if (numbersOf(kind).size === 0) return '';
  return `${describe('合计的范围，含两端. The range of a sum, both ends included.')}input Subject${kind}Sum {\n  of: ${kind}Number!\n  gte: Decimal\n  lte: Decimal\n}\n`;
}

const VISITS = `${describe('重复检查的期限. A window of repeat visits.')}input RepeatVisitWindow {\n${member(
  '天数，0 至 3660. Days, 0 to 3660.',
  'withinDays: Int! = 30',
)}}\n`;
