import { type Random, randomFor } from '../../random.js';
import { type CaseProcedure, procedureOf } from '../../world/cases/case-procedure.js';
import { addDays } from '../../world/days.js';
import type { PenaltyCase, World } from '../../world/world.js';
import {
  damagedText,
  dirtyDate,
  dirtyDecisionNo,
  dirtyText,
  dirtyTownship,
  nullWord,
  openEndedDate,
} from '../dirt/dirt.js';
import { spell } from '../spell-code.js';
import { institutionCells } from '../supervision/supervision-codes.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { typedAmount, typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import {
  CASE_SOURCES,
  CASE_STAGES,
  PENALTY_KINDS,
  PROCESSES,
  PUBLICATION_STATUSES,
  REMEDY_OUTCOMES,
} from './cases-codes.js';
import type { CaseRecord } from './cases-columns.js';
import type { CasePartyWriter } from './cases-party.js';

/** What the extract adds to a case each time that it is taken. */
type ExtractColumn = 'cd_id' | 'cd_time' | 'cd_source' | 'cd_batch' | 'opt_type';

export type CaseExtract = Omit<CaseRecord, ExtractColumn>;

/** What a case record needs beside the case itself. */
interface CaseContext {
  readonly world: World;
  readonly party: CasePartyWriter;
  /** Numbers of the inspections that led to cases, by index of the case. */
  readonly inspectionNumbers: ReadonlyMap<number, string>;
  /** Position among the system's cases, and among those against parties of the same kind. */
  readonly turn: number;
  readonly partyTurn: number;
}

/** One case as the case system holds it, with the habits and defects of its users. */
export function writeCase(penaltyCase: PenaltyCase, context: CaseContext): CaseExtract {
  const { world, turn } = context;
  const random = randomFor(world.seed, 'cases.case', penaltyCase.index);
  const institution = institutionCells(penaltyCase.department, turn);
  const unusual = turn % 10 === 3 ? 1 + (turn % 2) : null;
  return {
    ...context.party.write(random, penaltyCase.subject, context.partyTurn),
    ...decisionCells(random, penaltyCase, turn),
    ...executionCells(random, penaltyCase, turn),
    ...publicationCells(random, penaltyCase, turn),
    ...officerCells(world, penaltyCase, turn),
    punish_case_code: penaltyCase.caseCode,
    punish_action_name: turn % 14 === 5 ? dirtyText(random, penaltyCase.name) : penaltyCase.name,
    case_process_type: spell(PROCESSES, penaltyCase.process, turn % 4 === 1 ? turn : null),
    case_source_type: spell(CASE_SOURCES, penaltyCase.source, unusual),
    // D22: a clue that is younger than the case.
    case_source_date: dirtyDate(random, addDays(penaltyCase.filedAt, turn % 33 === 12 ? 3 : -2)),
    check_action_code:
      context.inspectionNumbers.get(penaltyCase.index) ?? (turn % 5 === 2 ? nullWord(random) : null),
    supervise_item_code: penaltyCase.itemCode,
    implement_institution: institution.name,
    implement_institution_code: institution.code,
    is_entrust: '0',
    entrust_dept: turn % 8 === 5 ? nullWord(random) : null,
    handle_team: penaltyCase.team,
    district_code: turn % 6 === 4 ? dirtyTownship(random, penaltyCase.township) : penaltyCase.township,
    is_filing: penaltyCase.stage === 'CLUE' ? '0' : '1',
    filing_date: penaltyCase.filedAt.replaceAll('-', ''),
    case_stage: spell(CASE_STAGES, penaltyCase.stage, unusual),
    illegal_fact: illegalFact(random, penaltyCase, turn),
    illegal_basis: '《浙江省综合行政执法条例》有关规定',
    ...procedureCells(random, procedureOf(world, penaltyCase), turn),
    iscancelcase: penaltyCase.stage === 'WITHDRAWN' ? '1' : '0',
    sensitiveflag: random.pick(['0', '0', '0', null]),
    source_dept_code: institutionOf(penaltyCase.department).reporter,
    delete_flag: turn % 3 === 0 ? '0' : null,
    env_flag: turn % 4 === 0 ? '0' : null,
  };
}

/** The latest day on which anything happened in the case. */
export function lastEvent(penaltyCase: PenaltyCase): string {
  const { filedAt, decidedAt, servedAt, closedAt, paidAt, publishedAt } = penaltyCase;
  return [filedAt, decidedAt, servedAt, closedAt, paidAt, publishedAt].reduce<string>(
    (latest, date) => (date !== null && date > latest ? date : latest),
    filedAt,
  );
}

/** D10: the name of an islet that GB2312 cannot write, and bytes read in the wrong encoding. No person is named. */
function illegalFact(random: Random, penaltyCase: PenaltyCase, turn: number): string {
  if (turn % 39 === 16) return damagedText(random, '当事人的行为经现场查实');
  const place = turn % 39 === 22 ? '㟙头村' : '辖区';
  return `当事人在${place}实施${penaltyCase.name}的行为，经执法人员现场查实`;
}

function decisionCells(random: Random, penaltyCase: PenaltyCase, turn: number) {
  const { decidedAt, decisionNo, fine, confiscated, penalties } = penaltyCase;
  const kinds = penalties.map((kind) => spell(PENALTY_KINDS, kind, null));
  return {
    punish_document_code:
      decisionNo === null
        ? turn % 2 === 0
          ? ''
          : null
        : turn % 3 === 1
          ? dirtyDecisionNo(random, decisionNo)
          : decisionNo,
    set_time: decidedAt ?? itemAt([null, '', '0000-00-00'], turn % 3),
    punish_type: kinds.length === 0 ? null : kinds.join(turn % 12 === 7 ? ', ' : ','),
    fine: typedAmount(random, fine, turn),
    confiscate_illegal_incom: typedAmount(random, confiscated, turn + 1),
    confiscate_illegal_asset: penalties.includes('CONFISCATE_PROPERTY') ? '渔网3张' : nullWord(random),
    revoke_licence_name: penalties.includes('REVOKE_LICENCE') ? '食品经营许可证' : null,
    punish_basis: decidedAt === null ? null : '《中华人民共和国行政处罚法》第二十八条',
    punish_content:
      decidedAt === null ? null : penalties.map((kind) => spell(PENALTY_KINDS, kind, 1)).join('，'),
  };
}

function executionCells(random: Random, penaltyCase: PenaltyCase, turn: number) {
  const { paid, paidAt, fine, servedAt, closedAt, postponed } = penaltyCase;
  const done = fine !== null && paid !== null && Number(paid) >= Number(fine);
  return {
    serve_date: typedDate(random, servedAt, turn),
    exec_mode: paid === null ? null : random.pick(['自行履行', '自行履行', '法院强制执行']),
    exec_result:
      fine === null ? null : done ? random.pick(['1', '已执行']) : Number(paid ?? '0') > 0 ? '2' : '3',
    paid_amount: typedAmount(random, paid, turn + 2),
    paid_date: typedDate(random, paidAt, turn + 1),
    is_postponed: postponed ? random.pick(['1', '是']) : random.pick(['0', '0', '否']),
    close_date: typedDate(random, closedAt, turn + 2),
  };
}

function publicationCells(random: Random, penaltyCase: PenaltyCase, turn: number) {
  const { publication, publishedAt, decidedAt } = penaltyCase;
  return {
    public_date: typedDate(random, publishedAt, turn + 1),
    public_end_date:
      publishedAt === null ? null : turn % 5 === 0 ? openEndedDate(random) : addDays(publishedAt, 365),
    publicstatus:
      decidedAt === null ? null : spell(PUBLICATION_STATUSES, publication, turn % 11 === 6 ? 1 : null),
  };
}

/** Steps are ticked, or told in words; nobody enters a review or suit that there never was in one way. */
function procedureCells(random: Random, procedure: CaseProcedure, turn: number) {
  const { hearing, legalReview, collectiveDiscussion, major, administrativeReview, litigation } = procedure;
  return {
    is_hearing: hearing ? random.pick(['1', '是']) : random.pick(['0', '0', '否', null]),
    is_legal_review: legalReview ? random.pick(['1', '是', 'Y']) : random.pick(['0', '否']),
    is_collective: collectiveDiscussion ? '1' : random.pick(['0', '否']),
    is_major_case: major ? random.pick(['1', '是']) : '0',
    reconsideration_result: remedyCell(administrativeReview, turn),
    reconsideration_date: typedDate(random, administrativeReview?.endedAt ?? null, turn),
    litigation_result: remedyCell(litigation, turn + 1),
    litigation_date: typedDate(random, litigation?.endedAt ?? null, turn + 1),
  };
}

function remedyCell(remedy: CaseProcedure['litigation'], turn: number): string | null {
  return remedy === null
    ? null
    : spell(REMEDY_OUTCOMES, remedy.outcome, turn % 3 === 1 ? Math.floor(turn / 3) : null);
}

/** D15: names and certificate numbers pair by position; a number that was not entered leaves its place empty. */
function officerCells(world: World, penaltyCase: PenaltyCase, turn: number) {
  const officers = penaltyCase.officers.map((index) => itemAt(world.officers, index));
  return {
    punish_personnel_name: officers.map((officer) => officer.name).join(','),
    punish_personnel_code: officers
      .map((officer, index) => (turn % 9 === 4 && index === 0 ? '' : officer.certNo))
      .join(','),
  };
}
