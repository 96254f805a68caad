import { type Random, randomFor } from '../../random.js';
import { addDays, daysBetween } from '../../world/days.js';
import type { Organisation, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import {
  damagedText,
  dirtyText,
  dirtyTownship,
  inTenThousands,
  nullWord,
  openEndedDate,
} from '../dirt/dirt.js';
import type { LegacyStore } from '../legacy-table.js';
import { REG_STATES } from '../market/market-codes.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';

const COLUMNS = [
  { name: 'id', type: 'integer' },
  { name: 'tyshxydm', type: 'text', length: 18 },
  { name: 'zch', type: 'text', length: 36 },
  { name: 'frmc', type: 'text', length: 200 },
  { name: 'frlx', type: 'text', length: 20 },
  { name: 'fddbr', type: 'text', length: 100 },
  { name: 'zczb', type: 'decimal', precision: 18, scale: 6 },
  { name: 'clrq', type: 'text', length: 40 },
  { name: 'hzrq', type: 'text', length: 10 },
  { name: 'yyqxq', type: 'text', length: 40 },
  { name: 'yyqxz', type: 'text', length: 40 },
  { name: 'djzt', type: 'text', length: 20 },
  { name: 'zxrq', type: 'text', length: 40 },
  { name: 'hydm', type: 'text', length: 8 },
  { name: 'zs', type: 'text', length: 300 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'djjg', type: 'text', length: 60 },
  { name: 'jyfw', type: 'text', length: 2000 },
  { name: 'gxsj', type: 'datetime' },
] as const;

/**
 * 法人库 of the provincial platform: one row per legal person that has a credit code, found by that code alone.
 * The market bureau's own registers hold the same subjects; this is the province's copy, a day behind.
 */
export function legalPersonStore(world: World): LegacyStore {
  return {
    connection: 'legal-person',
    access: 'if1',
    tables: [
      recordTable({
        name: 'frk_frjbxx',
        columns: COLUMNS,
        primaryKey: ['id'],
        indexes: [['tyshxydm']],
        records: () => records(world),
      }),
    ],
  };
}

function* records(world: World): Generator<RecordOf<typeof COLUMNS>> {
  for (const organisation of world.organisations) {
    const { index, uscc } = organisation;
    if (uscc === null) continue;
    yield writePerson(randomFor(world.seed, 'legal-person', index), world, organisation, uscc);
  }
}

function writePerson(
  random: Random,
  world: World,
  organisation: Organisation,
  uscc: string,
): RecordOf<typeof COLUMNS> {
  const { index: turn, name, regNo, established, cancelledAt, opTo, regState } = organisation;
  const age = daysBetween(established, world.today);
  const approved = addDays(established, random.int(Math.min(1, age), Math.min(300, age)));
  return {
    id: turn + 1,
    tyshxydm: uscc,
    zch: regNo ?? (turn % 3 === 0 ? nullWord(random) : null),
    frmc: turn % 9 === 4 ? dirtyText(random, name) : name,
    frlx: organisation.kind === 'INDIVIDUAL_BUSINESS' ? '个体工商户' : '企业法人',
    fddbr: itemAt(world.persons, organisation.legalRep).name,
    zczb: inTenThousands(organisation.regCapitalYuan),
    clrq: typedDate(random, established, turn),
    hzrq: approved,
    yyqxq: typedDate(random, established, turn + 1),
    yyqxz: opTo === null ? openEndedDate(random) : typedDate(random, opTo, turn),
    djzt: spell(REG_STATES, regState, turn % 4 === 1 ? random.int(1, 4) : null),
    zxrq: typedDate(random, cancelledAt, turn + 1),
    // Without the section letter, as the older half of the library has it.
    hydm: turn % 2 === 0 ? organisation.industry : organisation.industry.slice(1),
    zs: turn % 29 === 8 ? damagedText(random, organisation.address) : organisation.address,
    xzqh: turn % 5 === 3 ? dirtyTownship(random, organisation.township) : organisation.township,
    djjg: '嵊泗县市场监督管理局',
    jyfw: organisation.opScope,
    gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(approved, world.today, 0, turn),
  };
}
