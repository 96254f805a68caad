import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import type { Licence, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { PERMIT_STATES, RAN_OUT } from './health-codes.js';

const COLUMNS = [
  { name: 'id', type: 'integer' },
  { name: 'daid', type: 'text', length: 24 },
  { name: 'comp_name', type: 'text', length: 200 },
  { name: 'chiyourenbm', type: 'text', length: 64 },
  { name: 'zzmc', type: 'text', length: 60 },
  { name: 'health_license', type: 'text', length: 80 },
  { name: 'licens_project', type: 'text', length: 100 },
  { name: 'licensestart', type: 'text', length: 40 },
  { name: 'licenseend', type: 'text', length: 10 },
  { name: 'operatedate', type: 'text', length: 10 },
  { name: 'fzjg', type: 'text', length: 100 },
  { name: 'zjzt', type: 'text', length: 10 },
  { name: 'comp_type', type: 'text', length: 40 },
  { name: 'zi', type: 'text', length: 4 },
  { name: 'dz', type: 'text', length: 300 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type PermitRow = RecordOf<typeof COLUMNS>;

/**
 * `wsxk`: 公共场所卫生许可证. Every saving at a renewal adds a row: of one `daid` the newest counts, and all of them
 * have the same holder. `operatedate` (办理日期) is the day of entry and always well written.
 */
export function permitTable(world: World): LegacyTable {
  return recordTable({
    name: 'wsxk',
    columns: COLUMNS,
    primaryKey: ['id'],
    indexes: [['chiyourenbm'], ['operatedate']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<PermitRow> {
  let id = 0;
  let turn = 0;
  for (const licence of world.licences) {
    if (licence.type !== 'HYGIENE_PERMIT') continue;
    const random = randomFor(world.seed, 'health.permit', licence.index);
    const row = writePermit(random, world, licence, turn);
    const at = (later: number): string => deliveredAt(licence.validFrom, world.today, later, turn);
    if (turn % 6 === 1) {
      id += 1;
      yield { ...row, id, licenseend: '2018-12-31', zjzt: '1', comp_name: '待换发', gxsj: at(0) };
    }
    id += 1;
    yield { ...row, id, gxsj: turn === 0 ? lastDelivery(world.today) : at(1) };
    turn += 1;
  }
}

function writePermit(random: Random, world: World, licence: Licence, turn: number): PermitRow {
  const { index, holder, number, validFrom, validTo, siteName, township } = licence;
  const name = siteName ?? subjectName(world, holder);
  return {
    id: 0,
    daid: `WS${String(index).padStart(8, '0')}`,
    comp_name: turn % 8 === 3 ? dirtyText(random, name) : name,
    chiyourenbm: subjectCode(random, world, holder, turn),
    zzmc: '公共场所卫生许可证',
    health_license: number,
    licens_project: premisesOf(world, licence),
    licensestart: typedDate(random, validFrom, turn),
    licenseend: validTo ?? '9999-12-31',
    operatedate: addDays(validFrom, -(turn % 4)),
    fzjg: turn % 5 === 2 ? '嵊泗县卫健局' : '嵊泗县卫生健康局',
    zjzt: permitState(licence, world.today, turn),
    comp_type: holder.kind === 'person' ? '自然人' : turn % 3 === 1 ? nullWord(random) : '单位',
    zi: validFrom.slice(0, 4),
    dz: address(random, world, licence, turn),
    xzqh: township === null ? '' : turn % 5 === 1 ? dirtyTownship(random, township) : township,
    gxsj: '',
  };
}

/** 过期 says no more than the day on which it ends; where the licence was still in force then, some write it. */
export function permitState({ state, validTo }: Licence, today: string, turn: number): string {
  const ranOut = state === 'VALID' && validTo !== null && validTo < today;
  if (ranOut && turn % 2 === 0) return RAN_OUT;
  return spell(PERMIT_STATES, state, turn % 3 === 1 ? 1 : null);
}

/** D10: an islet that GBK cannot write, and bytes that were read in the wrong encoding once. */
export function address(random: Random, world: World, { holder, township }: Licence, turn: number): string {
  const known = holder.kind === 'organisation' ? itemAt(world.organisations, holder.index).address : null;
  const text = known ?? `嵊泗县${township ?? ''}`;
  if (turn % 9 === 2) return `${text}（㟙头村口）`;
  return turn % 23 === 7 ? damagedText(random, text) : text;
}

function premisesOf(world: World, { holder }: Licence): string {
  const industry =
    holder.kind === 'organisation' ? itemAt(world.organisations, holder.index).industry : 'H6130';
  if (industry.startsWith('H61')) return '住宿场所';
  if (industry.startsWith('O80')) return '理发店、美容店';
  return industry.startsWith('R90') ? '歌舞厅' : '公共场所';
}
