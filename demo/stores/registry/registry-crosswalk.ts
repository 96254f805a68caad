import { addDays } from '../../world/days.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import type { LegacyStore, LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { itemAt } from '../world-lookups.js';

/** The data centre's own crosswalk tables: which numbers mean one subject. */
export function registryStore(world: World): LegacyStore {
  return { connection: 'registry', tables: [registrationNumberTable(world), surrogateKeyTable(world)] };
}

const NUMBER_COLUMNS = [
  { name: 'zch', type: 'text', length: 15 },
  { name: 'tyshxydm', type: 'text', length: 18 },
  { name: 'mc', type: 'text', length: 200 },
  { name: 'gxsj', type: 'datetime' },
] as const;

/** `zch_tyshxydm_dzb` 注册号与统一代码对照: made when the licences were exchanged (三证合一). */
function registrationNumberTable(world: World): LegacyTable {
  return recordTable({
    name: 'zch_tyshxydm_dzb',
    columns: NUMBER_COLUMNS,
    primaryKey: ['zch'],
    indexes: [['tyshxydm'], ['gxsj']],
    records: function* (): Generator<RecordOf<typeof NUMBER_COLUMNS>> {
      let turn = 0;
      for (const { uscc, regNo, name } of world.organisations) {
        if (uscc === null || regNo === null) continue;
        yield { zch: regNo, tyshxydm: uscc, mc: name, gxsj: savedAt(world, turn) };
        turn += 1;
      }
    },
  });
}

const KEY_COLUMNS = [
  { name: 'old_pripid', type: 'text', length: 16 },
  { name: 'pripid', type: 'text', length: 16 },
  { name: 'gxsj', type: 'datetime' },
] as const;

/** `pripid_dzb` PRIPID 新旧对照: keys from before the register moved (D23). */
function surrogateKeyTable(world: World): LegacyTable {
  return recordTable({
    name: 'pripid_dzb',
    columns: KEY_COLUMNS,
    primaryKey: ['old_pripid'],
    indexes: [['pripid'], ['gxsj']],
    records: function* (): Generator<RecordOf<typeof KEY_COLUMNS>> {
      for (const [turn, { old, organisation }] of world.aliases.entries()) {
        const { pripid } = itemAt(world.organisations, organisation);
        yield { old_pripid: old, pripid, gxsj: savedAt(world, turn) };
      }
    },
  });
}

/** The tables were made long ago, and the last line of them is touched every night. */
function savedAt(world: World, turn: number): string {
  if (turn === 0) return lastDelivery(world.today);
  return deliveredAt(addDays(world.today, -(400 + (turn % 700))), world.today, 0, turn);
}
