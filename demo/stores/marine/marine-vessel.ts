import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import type { Vessel, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyText, dirtyTownship, dirtyVesselName, fullWidth, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { HULLS } from './marine-codes.js';
import { ownerCells } from './marine-owners.js';

const COLUMNS = [
  { name: 'cbid', type: 'text', length: 24 },
  { name: 'bbh', type: 'integer' },
  { name: 'ycbm', type: 'text', length: 60 },
  { name: 'cm', type: 'text', length: 60 },
  { name: 'cmh', type: 'text', length: 60 },
  { name: 'cym', type: 'text', length: 200 },
  { name: 'cblx', type: 'text', length: 20 },
  { name: 'cjg', type: 'text', length: 100 },
  { name: 'ssxz', type: 'text', length: 40 },
  { name: 'mmsi', type: 'text', length: 20 },
  { name: 'bdzdh', type: 'text', length: 20 },
  { name: 'cbcd', type: 'integer' },
  { name: 'zjzgl', type: 'decimal', precision: 10, scale: 1 },
  { name: 'zjml', type: 'decimal', precision: 10, scale: 1 },
  { name: 'gldw', type: 'text', length: 8 },
  { name: 'zdw', type: 'decimal', precision: 12, scale: 2 },
  { name: 'ctcz', type: 'text', length: 20 },
  { name: 'zylx', type: 'text', length: 40 },
  { name: 'wgrq', type: 'date' },
  { name: 'syr', type: 'text', length: 400 },
  { name: 'syr_tyxydm', type: 'text', length: 400 },
  { name: 'syr_sfzh', type: 'text', length: 400 },
  { name: 'syz_zjhm', type: 'text', length: 400 },
  { name: 'syr_fe', type: 'text', length: 100 },
  { name: 'syr_sl', type: 'integer' },
  { name: 'bz', type: 'text', length: 400 },
  { name: 'cs_bz', type: 'text', length: 8 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type VesselRow = RecordOf<typeof COLUMNS>;

/** `yc_cb`: the register of fishing vessels; each saving makes a new version of a row. */
export function vesselTable(world: World): LegacyTable {
  return recordTable({
    name: 'yc_cb',
    columns: COLUMNS,
    primaryKey: ['cbid', 'bbh'],
    indexes: [['cbid', 'gxsj', 'bbh'], ['ycbm'], ['cm'], ['gxsj']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<VesselRow> {
  for (const vessel of world.vessels) {
    const turn = vessel.index;
    const random = randomFor(world.seed, 'marine.vessel', turn);
    const savedOn = addDays(world.today, -random.int(2, 1000));
    const at = (later: number): string => deliveredAt(savedOn, world.today, later, turn);
    const row = writeVessel(random, world, vessel, turn === 0 ? lastDelivery(world.today) : at(1));
    if (turn % 6 === 2) yield outdated(row, at(0));
    yield row;
    if (turn % 18 === 5) {
      const twin = { ...row, cbid: `${String(row.cbid)}S` };
      yield { ...twin, gxsj: at(0) };
      yield { ...twin, bbh: 3, sfsc: '1', gxsj: at(1) };
    }
    if (turn % 18 === 9) {
      const flag = turn % 4 === 1 ? '1' : '测试';
      yield {
        ...row,
        cbid: `CS${turn}`,
        ycbm: '3309221900019999',
        cm: '浙嵊渔00000',
        cmh: '测试船',
        cs_bz: flag,
      };
      yield { ...row, bbh: 9, cmh: '测试改名', cs_bz: flag, gxsj: at(3) };
    }
  }
}

/** As it was saved before: under the old name, of another port. */
function outdated(row: VesselRow, gxsj: string): VesselRow {
  return { ...row, bbh: 1, cmh: '待核', cjg: '待核', syr_tyxydm: null, syr_sfzh: null, syz_zjhm: null, gxsj };
}

function writeVessel(random: Random, world: World, vessel: Vessel, gxsj: string): VesselRow {
  const { index: turn, name, vesselCode, formerNames, township, hull } = vessel;
  return {
    cbid: `CB${String(turn).padStart(8, '0')}`,
    bbh: 2,
    ycbm: turn % 14 === 6 ? random.pick([fullWidth(vesselCode), dirtyText(random, vesselCode)]) : vesselCode,
    cm: turn % 4 === 1 ? dirtyVesselName(random, name) : name,
    cmh: turn % 16 === 7 ? dirtyText(random, name) : name,
    cym: formerNames.length > 0 ? formerNames.join('、') : turn % 5 === 3 ? nullWord(random) : null,
    cblx: turn % 8 === 3 && vessel.typeWord === '渔' ? '捕捞渔船' : vessel.typeWord,
    cjg: vessel.homePort,
    ssxz: turn % 5 === 2 ? dirtyTownship(random, township) : township,
    mmsi: vessel.mmsi,
    bdzdh: vessel.beidouId ?? nullWord(random),
    cbcd: Math.round(Number(vessel.lengthM) * 100),
    ...powerCells(vessel),
    zdw: vessel.grossTon,
    ctcz: spell(HULLS, hull, turn % 3),
    zylx: vessel.operatingMode,
    wgrq: vessel.built,
    ...ownerCells(random, world, vessel),
    // D10, in what is never compared.
    bz: turn % 17 === 4 ? damagedText(random, '已换证') : turn % 17 === 8 ? '停泊于㟙头村码头' : null,
    cs_bz: turn % 3 === 1 ? '0' : null,
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj,
  };
}

/** One in nine was taken over from the paper register, which counted in 马力; 1 马力 is 0.7355 kW. */
function powerCells({ index: turn, powerKw }: Vessel) {
  if (turn % 9 !== 5) return { zjzgl: powerKw, zjml: null, gldw: '千瓦' };
  return { zjzgl: null, zjml: (Number(powerKw) / 0.7355).toFixed(1), gldw: '马力' };
}
