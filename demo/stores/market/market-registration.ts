import { type Random, randomFor } from '../../random.js';
import { addDays, daysBetween } from '../../world/days.js';
import type { Organisation, Person, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import {
  damagedText,
  dirtyText,
  dirtyTownship,
  dirtyUscc,
  idCard15,
  inTenThousands,
  maskId,
  nullWord,
  openEndedDate,
} from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { REG_STATES } from './market-codes.js';
import { EXCHANGE_COLUMNS, numberSendings, type Sending } from './market-exchange.js';
import { REGISTRATION_COLUMNS, type Registration } from './market-registration-columns.js';

/** `e_baseinfo`: every market subject, some of them in two registrations, most of them sent once. */
export function registrationTable(world: World): LegacyTable {
  return recordTable({
    name: 'e_baseinfo',
    columns: [...REGISTRATION_COLUMNS, ...EXCHANGE_COLUMNS],
    primaryKey: ['S_EXT_SEQUENCE'],
    indexes: [
      ['RECID', 'S_EXT_TIMESTAMP', 'S_EXT_SEQUENCE'],
      ['UNISCID'],
      ['REGNO'],
      ['PRIPID'],
      ['S_EXT_TIMESTAMP'],
    ],
    records: () => numberSendings(sendings(world)),
  });
}

function* sendings(world: World): Generator<Sending<Registration>> {
  for (const organisation of world.organisations) {
    const turn = organisation.index;
    const random = randomFor(world.seed, 'market.registration', turn);
    const current = writeRegistration(random, world, organisation);
    const approvedAt = String(current.APPRDATE);
    const at = (later: number): string => deliveredAt(approvedAt, world.today, later, turn);
    const old = earlierRegistration(random, organisation, current);
    if (old !== null) yield { content: old, at: at(0) };
    if (turn % 9 === 1) yield { content: outdated(organisation, current), at: at(0) };
    yield { content: current, at: turn === 0 ? lastDelivery(world.today) : at(turn % 9 === 1 ? 2 : 0) };
    yield* strangers(current, turn, at);
  }
}

/** Rows that never count: a registration that was taken back (D12), and trials of the system (D13). */
function* strangers(
  current: Registration,
  turn: number,
  at: (later: number) => string,
): Generator<Sending<Registration>> {
  if (turn % 20 === 7) {
    const twin = { ...current, RECID: `${String(current.RECID)}X` };
    yield { content: twin, at: at(0) };
    yield { content: twin, at: at(1), validFlag: '0' };
  }
  if (turn % 25 === 3) {
    const trial = { ...current, RECID: `CS${turn}`, ENTNAME: '测试企业，请勿使用' };
    yield { content: trial, at: at(3), envFlag: turn % 2 === 0 ? '1' : 'test' };
  }
  if (turn % 25 === 4) {
    // A trial under the number of a real registration must not replace it.
    yield { content: { ...current, ENTNAME: '测试变更', REGSTATE: '9' }, at: at(4), envFlag: 'test' };
  }
}

function writeRegistration(random: Random, world: World, organisation: Organisation): Registration {
  const { index: turn, name, established, cancelledAt, regState, opTo } = organisation;
  const legalRep = itemAt(world.persons, organisation.legalRep);
  const age = daysBetween(established, world.today);
  return {
    RECID: `DJ${String(turn).padStart(8, '0')}-2`,
    PRIPID: organisation.pripid,
    UNISCID: usccCell(random, organisation),
    REGNO: organisation.regNo ?? (turn % 2 === 0 ? nullWord(random) : null),
    ENTNAME: turn % 11 === 5 ? dirtyText(random, name) : name,
    CYM: formerNames(random, organisation),
    ENTTYPE: entType(organisation),
    INDUSTRYPHY: organisation.industry.slice(0, 1),
    INDUSTRYCO: organisation.industry,
    INDV_ID: INDUSTRY_NAMES.get(organisation.industry) ?? '其他未列明行业',
    LEREP: legalRep.name,
    CERTYPE: '10',
    CERNO: legalRepNumber(legalRep, turn),
    REGCAP: inTenThousands(organisation.regCapitalYuan),
    REGCAPCUR: '156',
    ESTDATE: typedDate(random, established, turn),
    APPRDATE: addDays(established, random.int(Math.min(1, age), Math.min(400, age))),
    OPFROM: typedDate(random, established, turn + 1),
    OPTO: opTo === null ? openEndedDate(random) : typedDate(random, opTo, turn),
    DOM: address(random, organisation.address, turn),
    DOMDISTRICT: turn % 6 === 4 ? dirtyTownship(random, organisation.township) : organisation.township,
    REGORG: '330922',
    REGSTATE: spell(REG_STATES, regState, turn % 3 === 0 ? null : random.int(0, 4)),
    CANDATE: typedDate(random, regState === 'CANCELLED' ? cancelledAt : null, turn),
    REVDATE: typedDate(random, regState === 'REVOKED' ? cancelledAt : null, turn + 1),
    OPSCOPE: `${organisation.opScope}（依法须经批准的项目，经相关部门批准后方可开展经营活动）`,
  };
}

/** Lower case, full width, prefixes (D2, D3, D11), the old number (D1); who never got a code has a word for nothing. */
function usccCell(random: Random, { index: turn, uscc, regNo }: Organisation): string | null {
  if (uscc === null) return turn % 2 === 0 ? nullWord(random) : regNo;
  return turn % 7 === 3 ? dirtyUscc(random, uscc) : uscc;
}

/** Former names; one that registered anew was called without the county before. */
function formerNames(random: Random, { index: turn, name, formerNames: known, formerUsccs }: Organisation) {
  const names = formerUsccs.length > 0 && known.length === 0 ? [shortName(name)] : known;
  if (names.length > 0) return names.join('、');
  return turn % 4 === 1 ? nullWord(random) : null;
}

function shortName(name: string): string {
  return name.replace(/^嵊泗县/, '');
}

/** D6 and D7: 15 digits, or hidden; the subject itself is known by other columns. */
function legalRepNumber({ idNo }: Person, turn: number): string {
  if (turn % 7 === 2) return maskId(idNo);
  return turn % 7 === 5 && /^\d{6}19/.test(idNo) ? idCard15(idNo) : idNo;
}

/** D10: bytes read in the wrong encoding, and the name of a village that GB2312 cannot write. */
function address(random: Random, text: string, turn: number): string {
  if (turn % 31 === 12) return damagedText(random, text);
  return turn % 31 === 21 ? `${text}（㟙头村口）` : text;
}

function entType({ kind, name, index: turn }: Organisation): string {
  if (kind === 'INDIVIDUAL_BUSINESS') return turn % 5 === 2 ? '个体工商户' : '9500';
  if (name.includes('合作社')) return '9100';
  if (name.includes('合伙')) return '4530';
  if (name.includes('股份')) return '1210';
  return turn % 4 === 1 ? '1151' : '1130';
}

/**
 * The registration before this one: under the old number alone, or under the code that it then had. It names
 * the same subject by the number that both rows hold.
 */
function earlierRegistration(
  random: Random,
  organisation: Organisation,
  current: Registration,
): Registration | null {
  const { index: turn, established, formerUsccs, regNo, uscc, pripid, name } = organisation;
  const formerName = organisation.formerNames[0];
  const old = {
    ...current,
    RECID: `DJ${String(turn).padStart(8, '0')}-1`,
    ENTNAME: formerName ?? name,
    CYM: null,
    PRIPID: pripid,
    APPRDATE: established,
  };
  const [former] = formerUsccs;
  if (former !== undefined) return { ...old, UNISCID: former, ENTNAME: formerName ?? shortName(name) };
  if (uscc === null || regNo === null || turn % 3 === 0) return null;
  return {
    ...old,
    UNISCID: turn % 2 === 0 ? regNo : null,
    REGNO: regNo,
    PRIPID: turn % 4 === 1 ? nullWord(random) : pripid,
  };
}

/** The registration as it was sent before its last change. */
function outdated(organisation: Organisation, current: Registration): Registration {
  return { ...current, REGSTATE: '1', REGCAP: '0.000001', ENTNAME: `${organisation.name}（筹）` };
}

const INDUSTRY_NAMES: ReadonlyMap<string, string> = new Map([
  ['A0411', '海水养殖'],
  ['A0412', '海水捕捞'],
  ['C1361', '水产品冷冻加工'],
  ['C3735', '船舶修理'],
  ['F5211', '百货零售'],
  ['G5511', '海上旅客运输'],
  ['H6130', '民宿服务'],
  ['H6210', '正餐服务'],
  ['N7869', '其他游览景区管理'],
]);
