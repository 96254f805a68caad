import { type Random, randomFor } from '../../random.js';
import { type Mine, mineOf } from '../../world/planning/make-mining-licences.js';
import type { Licence, World } from '../../world/world.js';
import { areaIn } from '../area-cell.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyText, dirtyTownship } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { MINE_STATES } from './planning-codes.js';

const COLUMNS = [
  { name: 'id', type: 'integer' },
  { name: 'ckqzh', type: 'text', length: 40 },
  { name: 'ckqr', type: 'text', length: 200 },
  { name: 'tyshxydm', type: 'text', length: 64 },
  { name: 'ckqksmc', type: 'text', length: 100 },
  { name: 'ckkz', type: 'text', length: 60 },
  { name: 'kcfs', type: 'text', length: 20 },
  { name: 'kqfwzb', type: 'text', length: 400 },
  { name: 'kqzxjd', type: 'text', length: 40 },
  { name: 'kqzxwd', type: 'text', length: 40 },
  { name: 'ckqkcmj', type: 'text', length: 40 },
  { name: 'nkcgm', type: 'text', length: 40 },
  { name: 'yxqsrq', type: 'text', length: 40 },
  { name: 'yxdqrq', type: 'text', length: 10 },
  { name: 'fzjg', type: 'text', length: 100 },
  { name: 'zt', type: 'text', length: 20 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'csbz', type: 'text', length: 8 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type MineRow = RecordOf<typeof COLUMNS>;

/** `ck_ckqdj`: 采矿权登记. Places are degrees, minutes and seconds in texts (CGCS2000), areas square kilometres. */
export function miningLicenceTable(world: World): LegacyTable {
  return recordTable({
    name: 'ck_ckqdj',
    columns: COLUMNS,
    primaryKey: ['id'],
    indexes: [['tyshxydm'], ['ckqzh'], ['yxdqrq', 'id'], ['gxsj']],
    records: () => records(world),
  });
}

/** Trials have numbers of their own. */
const TRIALS_FROM = 90_000_000;

function* records(world: World): Generator<MineRow> {
  let turn = 0;
  for (const licence of world.licences) {
    if (licence.type !== 'MINING') continue;
    const row = writeMine(randomFor(world.seed, 'planning.mine', licence.index), world, licence, turn);
    yield row;
    if (turn % 3 === 1) {
      yield { ...row, id: TRIALS_FROM + turn, ckqzh: '测试', csbz: turn % 6 === 1 ? '1' : '测试' };
    }
    turn += 1;
  }
}

function writeMine(random: Random, world: World, licence: Licence, turn: number): MineRow {
  const { index, number, holder, validFrom, validTo, state, township, siteName } = licence;
  const mine = mineOf(world, licence);
  return {
    id: index + 1,
    ckqzh: turn % 4 === 3 ? dirtyText(random, number) : number,
    ckqr: subjectName(world, holder),
    tyshxydm: subjectCode(random, world, holder, turn),
    ckqksmc: siteName,
    ckkz: mine.mineral,
    kcfs: mine.openPit ? '露天开采' : '地下开采',
    kqfwzb: cornersOf(mine, turn),
    ...placeCells(mine, turn),
    ckqkcmj: areaCell(mine, turn),
    nkcgm: turn % 3 === 1 ? `${mine.yearlyTonnes}吨` : String(mine.yearlyTonnes),
    yxqsrq: typedDate(random, validFrom, turn),
    yxdqrq: validTo,
    fzjg: '舟山市自然资源和规划局',
    zt: spell(MINE_STATES, state, turn % 4 === 1 ? 1 + (turn % 2) : null),
    xzqh: township === null ? '' : turn % 3 === 2 ? dirtyTownship(random, township) : township,
    csbz: turn % 2 === 0 ? '0' : null,
    gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(validFrom, world.today, 0, turn),
  };
}

/** D19: longitude and latitude changed over. */
function placeCells({ lonCs, latCs }: Mine, turn: number) {
  const [lon, lat] = [angleText(lonCs, 'E', turn), angleText(latCs, 'N', turn)];
  return turn % 7 === 4 ? { kqzxjd: lat, kqzxwd: lon } : { kqzxjd: lon, kqzxwd: lat };
}

/** An angle as surveyors write it. @param centiseconds hundredths of a second of arc. */
function angleText(centiseconds: number, side: 'E' | 'N', turn: number): string {
  const degrees = Math.floor(centiseconds / 360_000);
  const minutes = String(Math.floor((centiseconds % 360_000) / 6000)).padStart(2, '0');
  const seconds = ((centiseconds % 6000) / 100).toFixed(2).padStart(5, '0');
  switch (turn % 4) {
    case 1:
      return `${side === 'E' ? '东经' : '北纬'}${degrees}度${minutes}分${seconds}秒`;
    case 2:
      return `${degrees}°${minutes}'${seconds}"${side}`;
    case 3:
      return `${degrees}° ${minutes}′ ${seconds}″`;
    default:
      return `${degrees}°${minutes}′${seconds}″`;
  }
}

/** Four corners of the pit, numbered. */
function cornersOf({ lonCs, latCs, areaSqm }: Mine, turn: number): string {
  const half = Math.round(Math.sqrt(areaSqm) * 1.6);
  const corners = [
    [-half, -half],
    [half, -half],
    [half, half],
    [-half, half],
  ];
  return corners
    .map(([east = 0, north = 0], place) =>
      [place + 1, angleText(lonCs + east, 'E', turn), angleText(latCs + north, 'N', turn)].join(','),
    )
    .join(';');
}

function areaCell({ areaSqm }: Mine, turn: number): string {
  const squareMetres = `${areaSqm}.00`;
  switch (turn % 4) {
    case 1:
      return `${areaIn(squareMetres, '公顷')}公顷`;
    case 2:
      return `${areaIn(squareMetres, '平方公里')}km²`;
    case 3:
      return `${areaIn(squareMetres, '亩')} 亩`;
    default:
      return areaIn(squareMetres, '平方公里');
  }
}
