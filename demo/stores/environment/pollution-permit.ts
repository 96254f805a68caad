import { type Random, randomFor } from '../../random.js';
import { managementLevelOf } from '../../world/environment/management-level.js';
import type { Licence, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { LEVELS, PERMIT_STATES } from './environment-codes.js';

const COLUMNS = [
  { name: 'cd_id', type: 'integer' },
  { name: 'xkzbh', type: 'text', length: 40 },
  { name: 'dwmc', type: 'text', length: 200 },
  { name: 'tyshxydm', type: 'text', length: 64 },
  { name: 'gllb', type: 'text', length: 20 },
  { name: 'hylb', type: 'text', length: 40 },
  { name: 'yxqs', type: 'text', length: 40 },
  { name: 'yxqz', type: 'date' },
  { name: 'fzjg', type: 'text', length: 100 },
  { name: 'pfkmc', type: 'text', length: 200 },
  { name: 'wrwzl', type: 'text', length: 200 },
  { name: 'xkzzt', type: 'text', length: 20 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'csbz', type: 'text', length: 8 },
  { name: 'cd_operation', type: 'text', length: 1 },
  { name: 'cd_time', type: 'datetime' },
] as const;

type PermitRow = RecordOf<typeof COLUMNS>;

/**
 * `hb_pwxkz`: 排污许可证 in the front-end exchange database. A permit keeps its number for ever, so every renewal is one
 * more row of it, and the newest counts.
 */
export function pollutionPermitTable(world: World): LegacyTable {
  return recordTable({
    name: 'hb_pwxkz',
    columns: COLUMNS,
    primaryKey: ['cd_id'],
    indexes: [['xkzbh', 'cd_time', 'cd_id'], ['yxqz', 'xkzbh'], ['tyshxydm'], ['cd_time']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<PermitRow> {
  let turn = 0;
  let sent = 0;
  for (const licence of world.licences) {
    if (licence.type !== 'POLLUTION_PERMIT') continue;
    const row = writePermit(randomFor(world.seed, 'environment.permit', licence.index), world, licence, turn);
    for (const sending of sendings(row, world, licence, turn)) {
      sent += 1;
      yield { ...sending, cd_id: sent };
    }
    turn += 1;
  }
}

/** D12, D13: what came before the row that counts, and rows that never do. */
function sendings(row: PermitRow, world: World, { validFrom }: Licence, turn: number): readonly PermitRow[] {
  const at = (later: number): string => deliveredAt(validFrom, world.today, later, turn);
  const last = { ...row, cd_time: turn === 0 ? lastDelivery(world.today) : at(1) };
  switch (turn % 8) {
    case 1:
      // Before its renewal the permit ended on another day.
      return [
        { ...row, yxqz: '2019-12-31', gllb: '1', cd_time: at(0) },
        { ...last, cd_operation: 'u' },
      ];
    case 3:
      return [{ ...row, cd_time: at(0) }, { ...row, cd_operation: 'd', cd_time: at(0) }, last];
    case 5: {
      const twin = { ...row, xkzbh: `${String(row.xkzbh)}-2` };
      return [last, { ...twin, cd_time: at(0) }, { ...twin, cd_operation: 'd', cd_time: at(1) }];
    }
    case 6:
      return [last, { ...row, yxqz: '2020-01-01', csbz: turn % 16 === 6 ? '1' : '测试', cd_time: at(2) }];
    default:
      return [last];
  }
}

function writePermit(random: Random, world: World, licence: Licence, turn: number): PermitRow {
  const { holder, number, validFrom, validTo, state, township } = licence;
  const level = managementLevelOf(number);
  const name = subjectName(world, holder);
  return {
    cd_id: 0,
    xkzbh: number,
    dwmc: turn % 6 === 2 ? dirtyText(random, name) : name,
    tyshxydm: subjectCode(random, world, holder, turn),
    gllb: spell(LEVELS, level, turn % 4 === 1 ? 1 + (turn % 2) : null),
    hylb: turn % 5 === 3 ? nullWord(random) : itemAt(world.organisations, holder.index).industry,
    yxqs: typedDate(random, validFrom, turn),
    yxqz: validTo,
    fzjg: level === 'KEY' ? '舟山市生态环境局' : '舟山市生态环境局嵊泗分局',
    pfkmc: Array.from({ length: 1 + (licence.index % 2) }, (_, place) => `DW00${place + 1}`).join(';'),
    wrwzl: level === 'REGISTERED' ? nullWord(random) : '化学需氧量、氨氮、总磷',
    xkzzt: spell(PERMIT_STATES, state, turn % 3 === 1 ? 1 : null),
    xzqh: township === null ? '' : turn % 4 === 2 ? dirtyTownship(random, township) : township,
    csbz: turn % 2 === 0 ? '0' : null,
    cd_operation: 'i',
    cd_time: '',
  };
}
