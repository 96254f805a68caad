import { type Random, randomFor } from '../../random.js';
import type { Licence, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { MACHINE_KINDS, MACHINE_STATES } from './agriculture-codes.js';

const COLUMNS = [
  { name: 'id', type: 'text', length: 32 },
  { name: 'bbh_int1', type: 'integer' },
  { name: 'hphm_varchar1', type: 'text', length: 20 },
  { name: 'jzxm_varchar2', type: 'text', length: 100 },
  { name: 'jzsfzh_varchar3', type: 'text', length: 40 },
  { name: 'njlx_select1', type: 'text', length: 40 },
  { name: 'ppxh_varchar4', type: 'text', length: 60 },
  { name: 'gl_decimal1', type: 'decimal', precision: 8, scale: 1 },
  { name: 'fzrq_varchar5', type: 'text', length: 40 },
  { name: 'jyyxqz_date1', type: 'date' },
  { name: 'syzt_select2', type: 'text', length: 20 },
  { name: 'xz_select3', type: 'text', length: 40 },
  { name: 'lxdh_varchar6', type: 'text', length: 20 },
  { name: 'is_deleted', type: 'integer' },
  { name: 'modify_time', type: 'datetime' },
] as const;

type MachineRow = RecordOf<typeof COLUMNS>;

/** `form_njxsz`: 拖拉机和联合收割机行驶证. Every yearly inspection saves a new edition of a machine's row. */
export function machineryTable(world: World): LegacyTable {
  return recordTable({
    name: 'form_njxsz',
    columns: COLUMNS,
    primaryKey: ['id', 'bbh_int1'],
    indexes: [
      ['id', 'modify_time', 'bbh_int1'],
      ['jyyxqz_date1', 'id'],
      ['jzsfzh_varchar3'],
      ['hphm_varchar1'],
      ['modify_time'],
    ],
    records: () => records(world),
  });
}

function* records(world: World): Generator<MachineRow> {
  let turn = 0;
  for (const licence of world.licences) {
    if (licence.type !== 'AGRICULTURAL_MACHINERY') continue;
    const random = randomFor(world.seed, 'agriculture.machinery', licence.index);
    const at = (later: number): string => deliveredAt(licence.validFrom, world.today, later, turn);
    const row = writeMachine(random, world, licence, turn);
    if (turn % 3 === 1) yield { ...row, bbh_int1: 1, jyyxqz_date1: '2019-12-31', modify_time: at(0) };
    yield { ...row, modify_time: turn === 0 ? lastDelivery(world.today) : at(1) };
    if (turn % 4 === 2) {
      const twin = { ...row, id: `${String(row.id)}d` };
      yield { ...twin, bbh_int1: 1, modify_time: at(0) };
      yield { ...twin, is_deleted: 1, modify_time: at(1) };
    }
    turn += 1;
  }
}

function writeMachine(random: Random, world: World, licence: Licence, turn: number): MachineRow {
  const { index, number, holder, validFrom, validTo, state, township } = licence;
  return {
    id: `7${String(index).padStart(23, '0')}`,
    bbh_int1: 2,
    hphm_varchar1: number,
    jzxm_varchar2: subjectName(world, holder),
    jzsfzh_varchar3: subjectCode(random, world, holder, turn),
    njlx_select1: spell(MACHINE_KINDS, random.pick([...MACHINE_KINDS.keys()]), turn % 3 === 2 ? 1 : null),
    ppxh_varchar4: random.pick(['东方红-504', '久保田-4LZ', '常柴-12']),
    gl_decimal1: `${random.int(8, 60)}.${random.int(0, 9)}`,
    fzrq_varchar5: typedDate(random, validFrom, turn),
    jyyxqz_date1: validTo,
    syzt_select2: spell(MACHINE_STATES, state, turn % 3 === 1 ? 1 : null),
    xz_select3: township !== null && turn % 3 === 2 ? dirtyTownship(random, township) : township,
    lxdh_varchar6: nullWord(random),
    is_deleted: 0,
    modify_time: null,
  };
}
