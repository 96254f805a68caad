import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import type { Inspection, World } from '../../world/world.js';
import { caseCodesByInspection } from '../cases/case-links.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { itemAt } from '../world-lookups.js';
import { CHECK_KINDS, CHECK_RESULTS, DISPOSALS } from './marine-codes.js';
import { type MarinePartyWriter, marinePartyWriter } from './marine-party.js';

const COLUMNS = [
  { name: 'jcid', type: 'text', length: 24 },
  { name: 'jcbh', type: 'text', length: 50 },
  { name: 'ycbm', type: 'text', length: 60 },
  { name: 'ycmc', type: 'text', length: 60 },
  { name: 'tyxydm', type: 'text', length: 64 },
  { name: 'sfzh', type: 'text', length: 40 },
  { name: 'jcdd', type: 'text', length: 100 },
  { name: 'jcrq', type: 'date' },
  { name: 'jcsj', type: 'datetime' },
  { name: 'jclx', type: 'text', length: 40 },
  { name: 'jcjg', type: 'text', length: 200 },
  { name: 'czqk', type: 'text', length: 100 },
  { name: 'zfry', type: 'text', length: 200 },
  { name: 'zfzh', type: 'text', length: 200 },
  { name: 'sxbm', type: 'text', length: 30 },
  { name: 'ssxz', type: 'text', length: 40 },
  { name: 'lhjc', type: 'text', length: 4 },
  { name: 'ajbh', type: 'text', length: 60 },
  { name: 'qkms', type: 'text', length: 400 },
  { name: 'sbsj', type: 'datetime' },
  { name: 'ly', type: 'text', length: 20 },
  { name: 'cs_bz', type: 'text', length: 8 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type CheckRow = RecordOf<typeof COLUMNS>;

/** `yz_dljc`: boardings by the fishery police, and copies of what the coast guard and the port authority did. */
export function boardingTable(world: World): LegacyTable {
  return recordTable({
    name: 'yz_dljc',
    columns: COLUMNS,
    primaryKey: ['jcid'],
    indexes: [['jcrq', 'jcid'], ['ycbm'], ['ycmc'], ['tyxydm'], ['sfzh'], ['jcbh'], ['ajbh'], ['gxsj']],
    records: () => records(world),
  });
}

/** One in so many checks of vessels by others was copied in. */
const COPIED_EVERY = 25;

interface Context {
  readonly world: World;
  readonly writeParty: MarinePartyWriter;
  readonly caseCodes: ReadonlyMap<number, string>;
}

function* records(world: World): Generator<CheckRow> {
  const context = { world, writeParty: marinePartyWriter(world), caseCodes: caseCodesByInspection(world) };
  let turn = 0;
  let foreign = 0;
  for (const inspection of world.inspections) {
    if (inspection.heldBy === 'marine') {
      const row = writeBoarding(context, inspection, turn);
      yield row;
      yield* strangers(row, turn);
      turn += 1;
    } else if (inspection.subject?.kind === 'vessel') {
      if (foreign % COPIED_EVERY === 0) {
        const row = writeBoarding(context, inspection, turn);
        yield { ...row, jcid: `FZ${foreign}`, ly: foreign % 2 === 0 ? '海警' : '港航' };
      }
      foreign += 1;
    }
  }
}

/** Rows that must never be shown: deleted (D12) and trials (D13). */
function* strangers(row: CheckRow, turn: number): Generator<CheckRow> {
  const twin = { ...row, jcjg: '09' };
  if (turn % 14 === 3) yield { ...twin, jcid: `${String(row.jcid)}S`, sfsc: '1' };
  if (turn % 14 === 8) {
    yield { ...twin, jcid: `${String(row.jcid)}T`, cs_bz: turn % 28 === 8 ? '1' : '测试', qkms: '系统测试' };
  }
}

const PLACES = ['嵊山渔场', '枸杞岛锚地', '中心渔港码头', '马鞍列岛海域', '花鸟山以东', '绿华锚地'];

function writeBoarding(context: Context, inspection: Inspection, turn: number): CheckRow {
  const { world } = context;
  const random = randomFor(world.seed, 'marine.inspection', inspection.index);
  const { date, time } = inspection;
  const party = context.writeParty(random, inspection.subject, turn);
  const officers = inspection.officers.map((index) => itemAt(world.officers, index));
  return {
    jcid: `DL${String(inspection.index).padStart(12, '0')}`,
    jcbh: inspection.number,
    ycbm: party.vesselCode,
    ycmc: party.vesselName,
    tyxydm: party.uscc,
    sfzh: party.idNo,
    jcdd: random.pick(PLACES),
    jcrq: date,
    jcsj: `${date} ${time}`,
    jclx: spell(CHECK_KINDS, inspection.kind, turn % 8 === 5 ? 1 : null),
    jcjg: checkResult(inspection, turn),
    czqk:
      inspection.disposals.length === 0
        ? nullWord(random)
        : inspection.disposals.map((code) => spell(DISPOSALS, code, turn % 9 === 4 ? 1 : null)).join(';'),
    zfry: officers.map((officer) => officer.name).join(';'),
    // D15: the leading place is empty where the leader's number was not entered.
    zfzh: officers.map((officer, index) => (turn % 11 === 6 && index === 0 ? '' : officer.certNo)).join(';'),
    sxbm: inspection.itemCode,
    ssxz: turn % 6 === 1 ? dirtyTownship(random, inspection.township) : inspection.township,
    lhjc: inspection.jointCheck ? random.pick(['1', '是', 'Y']) : random.pick(['0', '否', 'N']),
    ajbh: context.caseCodes.get(inspection.index) ?? (turn % 5 === 2 ? nullWord(random) : null),
    qkms: findings(random, inspection, turn),
    // D22: a few reports are dated before the check.
    sbsj: turn % 31 === 12 ? `${addDays(date, -1)} 10:00:00` : `${date} 23:45:00`,
    ly: '渔政',
    cs_bz: turn % 3 === 2 ? '0' : null,
    sfsc: turn % 2 === 1 ? '0' : null,
    gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(date, world.today, 0, turn),
  };
}

/** D15, D16: several results in one cell, now and then in words. */
function checkResult({ results, unknownResult }: Inspection, turn: number): string {
  if (unknownResult !== null) return unknownResult;
  return results.map((result) => spell(CHECK_RESULTS, result, turn % 7 === 4 ? 1 : null)).join(';');
}

function findings(random: Random, { results }: Inspection, turn: number): string {
  if (turn % 23 === 10) return damagedText(random, '登临检查情况');
  if (turn % 23 === 17) return '在㟙头村附近海域登临检查';
  return results.includes('NO_ISSUE') ? '证书、船员、网具均符合规定' : '发现违规情形，已现场取证';
}
