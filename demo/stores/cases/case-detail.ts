import { type Random, randomFor } from '../../random.js';
import { procedureOf } from '../../world/cases/case-procedure.js';
import { addDays, daysBetween } from '../../world/days.js';
import type { PenaltyCase, World } from '../../world/world.js';
import { deliveredAt } from '../delivery-times.js';
import { nullWord } from '../dirt/dirt.js';
import type { LegacyStore } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { typedAmount, typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { EXECUTION_RESULTS, HEARING_RESULTS } from './case-detail-codes.js';
import { documentTable } from './case-documents.js';

const DETAIL_COLUMNS = [
  { name: 'caseCode', type: 'text', length: 60 },
  { name: 'hearing_applied', type: 'text', length: 4 },
  { name: 'hearing_date', type: 'text', length: 40 },
  { name: 'hearing_host', type: 'text', length: 100 },
  { name: 'hearing_result', type: 'text', length: 40 },
  { name: 'review_reviewer', type: 'text', length: 100 },
  { name: 'review_date', type: 'text', length: 40 },
  { name: 'review_opinion', type: 'text', length: 400 },
  { name: 'discussion_date', type: 'text', length: 40 },
  { name: 'discussion_conclusion', type: 'text', length: 400 },
  { name: 'execution_mode', type: 'text', length: 40 },
  { name: 'execution_result', type: 'text', length: 40 },
  { name: 'execution_paidAmount', type: 'text', length: 60 },
  { name: 'execution_paidDate', type: 'text', length: 40 },
  { name: 'updateTime', type: 'datetime' },
] as const;

type DetailRow = RecordOf<typeof DETAIL_COLUMNS>;

/** What the case system tells of one case beyond its reflux table: hearing, review, discussion, execution, documents. */
export function caseDetailStore(world: World): LegacyStore {
  return {
    connection: 'case-detail',
    access: 'if2',
    tables: [
      recordTable({
        name: 'ajxq',
        columns: DETAIL_COLUMNS,
        primaryKey: ['caseCode'],
        indexes: [],
        records: () => detailRecords(world),
      }),
      documentTable(world),
    ],
  };
}

function* detailRecords(world: World): Generator<DetailRow> {
  let turn = 0;
  for (const penaltyCase of world.cases) {
    if (penaltyCase.heldBy !== 'cases') continue;
    const random = randomFor(world.seed, 'case-detail', penaltyCase.index);
    const { caseCode, filedAt, decidedAt } = penaltyCase;
    yield {
      caseCode,
      ...hearingCells(random, world, penaltyCase, turn),
      ...reviewCells(random, world, penaltyCase, turn),
      ...executionCells(random, penaltyCase, turn),
      updateTime: deliveredAt(decidedAt ?? filedAt, world.today, 0, turn),
    };
    turn += 1;
  }
}

/** Heard between its filing and its decision. */
function hearingCells(random: Random, world: World, penaltyCase: PenaltyCase, turn: number) {
  const { filedAt, decidedAt, officers } = penaltyCase;
  if (decidedAt === null || !procedureOf(world, penaltyCase).hearing) {
    return {
      hearing_applied: turn % 2 === 0 ? '0' : '否',
      hearing_date: null,
      hearing_host: turn % 5 === 1 ? nullWord(random) : null,
      hearing_result: null,
    };
  }
  const [host = 0] = officers;
  return {
    hearing_applied: turn % 2 === 0 ? '1' : '是',
    hearing_date: typedDate(random, between(filedAt, decidedAt, 2, 3), turn),
    hearing_host: itemAt(world.officers, host).name,
    hearing_result: spell(
      HEARING_RESULTS,
      random.pick([...HEARING_RESULTS.keys()]),
      turn % 3 === 1 ? 1 : null,
    ),
  };
}

function reviewCells(random: Random, world: World, penaltyCase: PenaltyCase, turn: number) {
  const { filedAt, decidedAt, officers } = penaltyCase;
  const { legalReview, collectiveDiscussion } = procedureOf(world, penaltyCase);
  const reviewed = legalReview ? decidedAt : null;
  const discussed = collectiveDiscussion ? decidedAt : null;
  return {
    review_reviewer: reviewed === null ? null : itemAt(world.officers, officers.at(-1) ?? 0).name,
    review_date: reviewed === null ? null : typedDate(random, between(filedAt, reviewed, 1, 2), turn + 1),
    review_opinion:
      reviewed !== null
        ? '事实清楚，证据确凿，适用依据正确，程序合法，同意拟处罚意见'
        : turn % 3 === 1
          ? nullWord(random)
          : null,
    discussion_date: discussed === null ? null : typedDate(random, between(filedAt, discussed, 3, 4), turn),
    discussion_conclusion: discussed === null ? null : '经集体讨论，同意承办机构的处罚建议',
  };
}

function executionCells(random: Random, { fine, paid, paidAt }: PenaltyCase, turn: number) {
  const result =
    fine === null
      ? null
      : Number(paid ?? '0') >= Number(fine)
        ? 'DONE'
        : Number(paid ?? '0') > 0
          ? 'PART'
          : 'NONE';
  return {
    execution_mode: paid === null ? null : random.pick(['自行履行', '自行履行', '申请法院强制执行']),
    execution_result: result === null ? null : spell(EXECUTION_RESULTS, result, turn % 4 === 3 ? 1 : null),
    execution_paidAmount: typedAmount(random, paid, turn),
    execution_paidDate: typedDate(random, paidAt, turn),
  };
}

/** The day that divides the way from filing to decision in that ratio. */
function between(from: string, to: string, part: number, whole: number): string {
  return addDays(from, Math.floor((daysBetween(from, to) * part) / whole));
}
