import { createHash } from 'node:crypto';
import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import { type CheckItem, checkItemsOf } from '../../world/supervision/check-items.js';
import type { Inspection, World } from '../../world/world.js';
import { toUtc } from '../delivery-times.js';
import { damagedText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import { spell } from '../spell-code.js';
import { itemAt } from '../world-lookups.js';
import {
  CHECK_RESULTS,
  CHECK_TYPES,
  DISPOSALS,
  institutionCells,
  OLD_CHECK_RESULTS,
} from './supervision-codes.js';
import type { SupervisionRecord } from './supervision-columns.js';
import { institutionOf } from './supervision-institutions.js';
import type { PartyWriter } from './supervision-party.js';

/** What the exchange adds to a record each time that it is sent. */
type ExchangeColumn = 'cd_id' | 'cd_time' | 'cd_batch' | 'cd_operation';

export type CheckRecord = Omit<SupervisionRecord, ExchangeColumn>;

/** What a check record needs beside the inspection itself. */
interface CheckContext {
  readonly world: World;
  readonly party: PartyWriter;
  /** Case codes by index of the inspection that led to the case. */
  readonly caseCodes: ReadonlyMap<number, string>;
  /** Position among the platform's checks, and among those of subjects of the same kind. */
  readonly turn: number;
  readonly subjectTurn: number;
}

const RESULT_WORDS: Readonly<Record<CheckItem['result'], string>> = {
  PASS: '合格',
  FAIL: '不合格',
  NOT_CHECKED: '未检查',
  NOT_APPLICABLE: '合理缺项',
};
const MODES = ['1', '1', '1', '2', '3', '4', '现场', '网络监测', '77'];
/** The platform moved, and took over the national lists. */
export const RENUMBERED_ON = '2024-01-01';

/** One inspection as the platform holds it, with the habits and defects of its reporters. */
export function writeCheck(inspection: Inspection, context: CheckContext): CheckRecord {
  const { world, turn } = context;
  const random = randomFor(world.seed, 'supervision.check', inspection.index);
  const institution = institutionCells(inspection.department, turn);
  const party = context.party.write(random, inspection.subject, context.subjectTurn);
  const items = checkItemsOf(world.seed, inspection);
  const checkedAt = `${inspection.date} ${inspection.time}`;
  return {
    ...party,
    record_unique_identity: recordIdentity(world, inspection),
    check_action_code: inspection.number,
    check_action_name: actionName(random, inspection, party.supervise_object, turn),
    supervise_item_code: inspection.itemCode,
    supervise_item_check_code: turn % 5 === 0 ? items.map(({ code }) => code).join(',') : null,
    implement_institution: institution.name,
    implement_institution_code: institution.code,
    entrust_dept: turn % 9 === 2 ? nullWord(random) : null,
    entrust_dept_code: null,
    // D10: the name of an islet that GB2312 cannot write, and bytes read in the wrong encoding.
    address_operating:
      turn % 47 === 11
        ? '枸杞乡㟙头村12号'
        : turn % 47 === 29
          ? damagedText(random, '菜园镇海滨中路3号')
          : party.address_registered,
    // varchar(6): the township does not fit.
    area_number: inspection.township.slice(0, 6),
    district_code: turn % 7 === 3 ? dirtyTownship(random, inspection.township) : inspection.township,
    check_form: checkForm(inspection),
    check_type: spell(CHECK_TYPES, inspection.kind, turn % 21 === 8 ? 1 : null),
    check_mode: random.pick(MODES),
    check_result: checkResult(inspection, turn),
    check_items: items.map(({ name, result }) => `${name}:${RESULT_WORDS[result]}`).join(';'),
    dispose_type: disposals(inspection, turn),
    check_date: inspection.date,
    check_time: checkedAt,
    ...officerCells(world, inspection, turn),
    plan_id:
      inspection.kind === 'DOUBLE_RANDOM'
        ? `SSJ${inspection.date.slice(0, 4)}330922${inspection.township}`
        : nullWord(random),
    is_dup_check: turn % 37 === 5 ? random.pick(['1', '是']) : random.pick(['0', '0', '否', null]),
    is_joint: inspection.jointCheck ? random.pick(['1', '1', '是', 'Y']) : random.pick(['0', '0', '否', 'N']),
    enterprise_class:
      inspection.subject?.kind === 'organisation' ? random.pick(['A', 'B', 'C', 'D', '暂无']) : null,
    enterprise_score: null,
    conduct_code:
      inspection.date >= RENUMBERED_ON ? `XW${inspection.date.replaceAll('-', '')}${inspection.index}` : null,
    punish_case_code: context.caseCodes.get(inspection.index) ?? (turn % 6 === 1 ? nullWord(random) : null),
    // D9: UTC without a zone. D22: some reporters date the report before the check.
    report_time: toUtc(
      turn % 41 === 17 ? `${addDays(inspection.date, -1)} 09:00:00` : reportedAt(world, inspection),
    ),
    source_dept_code: institutionOf(inspection.department).reporter,
    env_flag: turn % 3 === 0 ? '0' : null,
    cd_source: '330000_xzzfjg',
  };
}

/** D23: numbers spelled out until the platform moved in 2024, random-looking ones since. */
export function recordIdentity(world: World, inspection: Inspection): string {
  return inspection.date < RENUMBERED_ON ? oldIdentity(inspection) : newIdentity(world, inspection);
}

export function oldIdentity(inspection: Inspection): string {
  return `330922JC${inspection.date.replaceAll('-', '')}${String(inspection.index).padStart(9, '0')}`;
}

export function newIdentity(world: World, inspection: Inspection): string {
  return createHash('sha256').update(`${world.seed}/check/${inspection.index}`).digest('hex').slice(0, 32);
}

/** A person is not named here: the column is shown to analysts. */
function actionName(
  random: Random,
  inspection: Inspection,
  object: SupervisionRecord['supervise_object'],
  turn: number,
): string {
  if (turn % 53 === 20) return damagedText(random, '日常监管的检查');
  const whom = inspection.subject?.kind === 'person' ? '当事人' : String(object ?? '当事人').trim();
  return `对${whom}进行${inspection.jointCheck ? '“综合查一次”' : '日常监管'}的检查`;
}

/** D16: the two codes changed places when the platform took over the national list. */
function checkForm(inspection: Inspection): string {
  const special = inspection.kind === 'SPECIAL' || inspection.kind === 'DIRECTED';
  return special === inspection.date < RENUMBERED_ON ? '01' : '02';
}

function checkResult(inspection: Inspection, turn: number): string {
  if (inspection.unknownResult !== null) return inspection.unknownResult;
  const old = inspection.date <= '2024-12-31' && turn % 9 === 4;
  return inspection.results
    .map((result) =>
      old && OLD_CHECK_RESULTS.has(result)
        ? spell(OLD_CHECK_RESULTS, result, null)
        : spell(CHECK_RESULTS, result, turn % 17 === 5 ? turn : null),
    )
    .join(turn % 23 === 9 ? ', ' : ',');
}

function disposals(inspection: Inspection, turn: number): string | null {
  if (inspection.disposals.length === 0) return null;
  return inspection.disposals
    .map((disposal) => spell(DISPOSALS, disposal, turn % 19 === 7 ? 1 : null))
    .join(',');
}

/** D15: names and certificate numbers pair by position; a number that was not entered leaves its place empty. */
function officerCells(world: World, inspection: Inspection, turn: number) {
  const officers = inspection.officers.map((index) => itemAt(world.officers, index));
  return {
    check_personnel: officers.map((officer) => officer.name).join(';'),
    check_personnel_code: officers
      .map((officer, index) => (turn % 15 === 6 && index === 0 ? '' : officer.certNo))
      .join(';'),
  };
}

function reportedAt(world: World, inspection: Inspection): string {
  const hour = String(8 + (inspection.index % 10)).padStart(2, '0');
  const date = addDays(inspection.date, 1 + (inspection.index % 3));
  return date > world.today ? `${inspection.date} 23:50:00` : `${date} ${hour}:10:00`;
}
