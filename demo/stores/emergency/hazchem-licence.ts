import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import type { Licence, World } from '../../world/world.js';
import { deliveredAt } from '../delivery-times.js';
import { dirtyTownship, nullWord, truncatedDate } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { LICENCE_STATES } from './emergency-codes.js';
import { typedFirmName } from './firm-names.js';
import { secretCell } from './secrets.js';

const COLUMNS = [
  { name: 'id', type: 'integer' },
  { name: 'qymc', type: 'text', length: 200 },
  { name: 'tyshxydm', type: 'text', length: 64 },
  { name: 'xkzbh', type: 'text', length: 80 },
  { name: 'xkfw', type: 'text', length: 300 },
  { name: 'yxqqsrq', type: 'text', length: 40 },
  { name: 'yxqjzrq', type: 'text', length: 10 },
  { name: 'fzrq', type: 'text', length: 40 },
  { name: 'lrrq', type: 'text', length: 10 },
  { name: 'zzbfjg', type: 'text', length: 100 },
  { name: 'status', type: 'text', length: 10 },
  { name: 'unittype', type: 'text', length: 40 },
  { name: 'jyfs', type: 'text', length: 60 },
  { name: 'storaddr', type: 'text', length: 300 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'zdwxymc', type: 'text', length: 200 },
  { name: 'zdwxydj', type: 'text', length: 40 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type LicenceRow = RecordOf<typeof COLUMNS>;

/** `whpjyxkz`: 危险化学品经营许可证. `lrrq` (录入日期) is always well written; `zdwxy…` is secret. */
export function hazchemTable(world: World): LegacyTable {
  return recordTable({
    name: 'whpjyxkz',
    columns: COLUMNS,
    primaryKey: ['id'],
    indexes: [['tyshxydm'], ['lrrq']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<LicenceRow> {
  let turn = 0;
  let id = 0;
  for (const licence of world.licences) {
    if (licence.type !== 'HAZARDOUS_CHEMICALS') continue;
    const random = randomFor(world.seed, 'emergency.licence', licence.index);
    const row = writeLicence(random, world, licence, turn);
    id += 1;
    yield { ...row, id };
    if (turn % 3 === 1) {
      id += 1;
      yield { ...row, id, status: '3', yxqjzrq: '2018-12-31', sfsc: '1' };
    }
    turn += 1;
  }
}

const SCOPES = ['汽油、柴油', '液化石油气', '油漆、稀释剂', '液氨', '乙炔、氧气[压缩的]'];

function writeLicence(random: Random, world: World, licence: Licence, turn: number): LicenceRow {
  const { index, holder, number, validFrom, validTo, state, township } = licence;
  const firm = itemAt(world.organisations, holder.index);
  return {
    id: 0,
    qymc: typedFirmName(firm.name, turn),
    tyshxydm: subjectCode(random, world, holder, turn),
    xkzbh: number,
    xkfw: random.pick(SCOPES),
    yxqqsrq: typedDate(random, validFrom, turn),
    yxqjzrq: validTo ?? '9999-12-31',
    fzrq: turn % 4 === 1 ? truncatedDate(validFrom) : chineseDate(validFrom, turn),
    lrrq: addDays(validFrom, -(turn % 5)),
    zzbfjg: turn % 6 === 2 ? '嵊泗县应急局' : '嵊泗县应急管理局',
    status: spell(LICENCE_STATES, state, turn % 3 === 2 ? turn : null),
    unittype:
      turn % 7 === 3 ? nullWord(random) : random.pick(['无储存设施经营', '带有储存设施经营', '加油站']),
    jyfs: random.pick(['零售', '批发', '零售（带仓储）']),
    storaddr: turn % 5 === 1 ? `${firm.address}（㟙头油库）` : firm.address,
    xzqh: township === null ? null : turn % 3 === 0 ? dirtyTownship(random, township) : township,
    zdwxymc: secretCell('液氨储罐区', index),
    zdwxydj: secretCell('三级', index),
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj: deliveredAt(validFrom, world.today, 0, turn),
  };
}

/** D8: `2021年3月5日`, every other time. */
function chineseDate(iso: string, turn: number): string {
  if (turn % 2 === 0) return iso;
  return `${iso.slice(0, 4)}年${Number(iso.slice(5, 7))}月${Number(iso.slice(8))}日`;
}
