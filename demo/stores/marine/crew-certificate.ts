import { type Random, randomFor } from '../../random.js';
import { type CrewCertificate, type CrewMember, crewsOf } from '../../world/marine/crews.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyText, nullWord } from '../dirt/dirt.js';
import type { LegacyCell, LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { type CodeBook, codeBook, spell } from '../spell-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { CERTIFICATE_STATES } from './marine-codes.js';
import { type MarinePartyWriter, marinePartyWriter } from './marine-party.js';

const COLUMNS = [
  { name: 'cyid', type: 'text', length: 24 },
  { name: 'bbh', type: 'integer' },
  { name: 'ycbm', type: 'text', length: 60 },
  { name: 'cm', type: 'text', length: 60 },
  { name: 'xm', type: 'text', length: 100 },
  { name: 'sfzh', type: 'text', length: 40 },
  { name: 'lxdh', type: 'text', length: 20 },
  { name: 'zw', type: 'text', length: 40 },
  { name: 'sfcz', type: 'text', length: 4 },
  { name: 'zsbh', type: 'text', length: 40 },
  { name: 'yxqq', type: 'text', length: 40 },
  { name: 'yxqz', type: 'text', length: 40 },
  { name: 'zszt', type: 'text', length: 20 },
  { name: 'sgrq', type: 'text', length: 10 },
  { name: 'zczt', type: 'text', length: 8 },
  { name: 'cs_bz', type: 'text', length: 8 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type CrewRow = RecordOf<typeof COLUMNS>;

const POSTS: CodeBook = codeBook([
  ['CAPTAIN', ['01', '船长']],
  ['MATE', ['02', '船副']],
  ['ASSISTANT_MATE', ['03', '助理船副']],
  ['CHIEF_ENGINEER', ['04', '轮机长']],
  ['ENGINEER', ['05', '管轮']],
  ['ASSISTANT_ENGINEER', ['06', '助理管轮']],
  ['BOATMASTER', ['07', '机驾长']],
  ['ELECTRICIAN', ['08', '电机员']],
  ['RADIO_OPERATOR', ['09', '无线电操作员', '报务员']],
  ['DECKHAND', ['10', '普通船员', '水手']],
]);
/** What he does has a name, but none of the list's (D16). */
const UNLISTED_POST = '见习';

/**
 * `yc_cyzs`: who serves on which vessel, and the certificate of each. Some stations entered the citizen's number as that
 * of the certificate. Those who went ashore stay, as `zczt` 2 or 离船.
 */
export function crewTable(world: World): LegacyTable {
  return recordTable({
    name: 'yc_cyzs',
    columns: COLUMNS,
    primaryKey: ['cyid', 'bbh'],
    indexes: [['cyid', 'gxsj', 'bbh'], ['ycbm'], ['cm'], ['gxsj']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<CrewRow> {
  const writeParty = marinePartyWriter(world);
  let turn = 0;
  for (const member of crewsOf(world)) {
    const savedOn = member.joinedOn;
    const at = (later: number): string => deliveredAt(savedOn, world.today, later, turn);
    const row = writeMember(world, writeParty, member, turn, turn === 0 ? lastDelivery(world.today) : at(1));
    // D14: as he was entered before his certificate was renewed.
    if (turn % 11 === 4) yield { ...row, bbh: 1, zsbh: '浙渔00000000000', yxqz: '2018-12-31', gxsj: at(0) };
    yield row;
    yield* strangers(row, turn, at);
    turn += 1;
  }
}

/** Rows that must never be shown: those who went ashore, deleted (D12) and trials (D13). */
function* strangers(row: CrewRow, turn: number, at: (later: number) => string): Generator<CrewRow> {
  const twin = { ...row, xm: '离船人员' };
  if (turn % 13 === 3) yield { ...twin, cyid: `${String(row.cyid)}L`, zczt: turn % 2 === 0 ? '2' : '离船' };
  if (turn % 13 === 7) {
    yield { ...row, cyid: `${String(row.cyid)}S`, gxsj: at(0) };
    yield { ...row, cyid: `${String(row.cyid)}S`, bbh: 3, sfsc: '1' };
  }
  if (turn % 13 === 9) {
    yield { ...row, cyid: `${String(row.cyid)}T`, xm: '测试', cs_bz: turn % 2 === 0 ? '1' : '测试' };
  }
}

function writeMember(
  world: World,
  writeParty: MarinePartyWriter,
  member: CrewMember,
  turn: number,
  gxsj: string,
): CrewRow {
  const random = randomFor(world.seed, 'marine.crew', member.vessel, member.place);
  const { name, idNo, phone } = itemAt(world.persons, member.person);
  const party = writeParty(random, { kind: 'vessel', index: member.vessel }, turn);
  return {
    cyid: crewId(member),
    bbh: 2,
    ycbm: party.vesselCode,
    cm: party.vesselName,
    xm: turn % 9 === 4 ? dirtyText(random, name) : name,
    sfzh: idNo,
    lxdh: phone,
    zw: member.post === null ? UNLISTED_POST : spell(POSTS, member.post, turn % 6 === 5 ? 1 : null),
    ...certificateCells(random, member.certificate, idNo, turn),
    sgrq: member.joinedOn,
    zczt: turn % 5 === 2 ? '在船' : '1',
    cs_bz: turn % 3 === 0 ? '0' : null,
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj,
  };
}

/** The key of whoever serves at a place of a vessel. */
export function crewId({ vessel, place }: Pick<CrewMember, 'vessel' | 'place'>): string {
  return `CY${String(vessel).padStart(8, '0')}${String(place).padStart(2, '0')}`;
}

type CertificateCells = Pick<CrewRow, 'sfcz' | 'zsbh' | 'yxqq' | 'yxqz' | 'zszt'>;

function certificateCells(
  random: Random,
  certificate: CrewCertificate | null,
  idNo: string,
  turn: number,
): CertificateCells {
  if (certificate === null) {
    const nothing = (): LegacyCell => (turn % 2 === 0 ? nullWord(random) : null);
    return {
      sfcz: random.pick(['0', '否', 'N']),
      zsbh: nothing(),
      yxqq: nothing(),
      yxqz: turn % 3 === 0 ? '0000-00-00' : null,
      zszt: null,
    };
  }
  const { number, state } = certificate;
  const term = [certificate.validFrom, certificate.validTo] as const;
  // D22: the two days were typed the wrong way round.
  const [validFrom, validTo] = turn % 23 === 11 ? [term[1], term[0]] : term;
  return {
    sfcz: random.pick(['1', '是', 'Y']),
    zsbh: turn % 17 === 8 ? idNo : turn % 17 === 3 ? `证书编号：${number}` : number,
    yxqq: typedDate(random, validFrom, turn),
    yxqz: typedDate(random, validTo, turn + 1),
    zszt: spell(CERTIFICATE_STATES, state, turn % 7 === 3 ? 1 : null),
  };
}
