import { type Random, randomFor } from '../../random.js';
import type { Licence, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyText, dirtyTownship, openEndedDate } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { address, permitState } from './health-permit.js';

const COLUMNS = [
  { name: 'id', type: 'integer' },
  { name: 'mc', type: 'text', length: 200 },
  { name: 'uniscid', type: 'text', length: 64 },
  { name: 'yljgzyxkzh', type: 'text', length: 60 },
  { name: 'zlkm', type: 'text', length: 200 },
  { name: 'yxkssj', type: 'text', length: 40 },
  { name: 'yxjzsj', type: 'text', length: 10 },
  { name: 'pzrq', type: 'text', length: 10 },
  { name: 'fzjg', type: 'text', length: 100 },
  { name: 'jyxz', type: 'text', length: 20 },
  { name: 'jglx', type: 'text', length: 40 },
  { name: 'fzrxm', type: 'text', length: 100 },
  { name: 'zt', type: 'text', length: 10 },
  { name: 'dz', type: 'text', length: 300 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type InstitutionRow = RecordOf<typeof COLUMNS>;

/** `yljg`: 医疗机构执业许可证, one row each. */
export function institutionTable(world: World): LegacyTable {
  return recordTable({
    name: 'yljg',
    columns: COLUMNS,
    primaryKey: ['id'],
    indexes: [['uniscid'], ['pzrq']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<InstitutionRow> {
  let turn = 0;
  for (const licence of world.licences) {
    if (licence.type !== 'MEDICAL_INSTITUTION') continue;
    yield writeInstitution(randomFor(world.seed, 'health.institution', licence.index), world, licence, turn);
    turn += 1;
  }
}

const SUBJECTS = ['全科医疗科', '内科', '口腔科', '中医科', '儿科'];

function writeInstitution(random: Random, world: World, licence: Licence, turn: number): InstitutionRow {
  const { index, holder, number, validFrom, validTo, siteName, township } = licence;
  const name = siteName ?? subjectName(world, holder);
  return {
    id: index + 1,
    mc: turn % 4 === 2 ? dirtyText(random, name) : name,
    uniscid: subjectCode(random, world, holder, turn),
    yljgzyxkzh: number,
    zlkm: random
      .shuffle(SUBJECTS)
      .slice(0, 1 + (turn % 3))
      .join(' /'),
    yxkssj: typedDate(random, validFrom, turn),
    yxjzsj: validTo ?? openEndedDate(random).slice(0, 10),
    pzrq: validFrom,
    fzjg: '嵊泗县卫生健康局',
    jyxz: turn % 3 === 1 ? '非营利性' : '营利性',
    jglx: random.pick(['诊所', '门诊部', '村卫生室']),
    fzrxm: responsible(world, licence),
    zt: permitState(licence, world.today, turn + 1),
    dz: address(random, world, licence, turn),
    xzqh: township === null ? '' : turn % 3 === 1 ? dirtyTownship(random, township) : township,
    gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(validFrom, world.today, 0, turn),
  };
}

function responsible(world: World, { holder }: Licence): string | null {
  if (holder.kind === 'vessel') return null;
  const person = holder.kind === 'person' ? holder.index : itemAt(world.organisations, holder.index).legalRep;
  return itemAt(world.persons, person).name;
}
