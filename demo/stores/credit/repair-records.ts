import { randomFor } from '../../random.js';
import { repairsOf } from '../../world/credit/repairs.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { typedDate } from '../typed-cells.js';
import { REPAIR_OUTCOMES } from './credit-codes.js';
import { recordsOf } from './records-of.js';

const COLUMNS = [
  { name: 'xfbh', type: 'text', length: 30 },
  { name: 'cf_id', type: 'text', length: 24 },
  { name: 'sqrq', type: 'text', length: 10 },
  { name: 'bljg', type: 'text', length: 10 },
  { name: 'blrq', type: 'text', length: 40 },
  { name: 'gxsj', type: 'datetime' },
] as const;

/** 信用修复: applications to end the publication of a penalty before its time. */
export function repairTable(world: World): LegacyTable {
  return recordTable({
    name: 'xy_xyxf',
    columns: COLUMNS,
    primaryKey: ['xfbh'],
    indexes: [['cf_id']],
    records: function* (): Generator<RecordOf<typeof COLUMNS>> {
      let turn = 0;
      for (const [, record] of recordsOf(world, ['PENALTY_PUBLICITY'])) {
        for (const repair of repairsOf(world.seed, world.today, record)) {
          const random = randomFor(world.seed, 'credit.xyxf', repair.number);
          yield {
            xfbh: repair.number,
            cf_id: record.number,
            sqrq: repair.appliedAt,
            bljg: spell(REPAIR_OUTCOMES, repair.outcome, turn % 3 === 1 ? 1 : null),
            blrq: typedDate(random, repair.decidedAt, turn),
            gxsj:
              turn === 0 ? lastDelivery(world.today) : deliveredAt(repair.decidedAt, world.today, 0, turn),
          };
          turn += 1;
        }
      }
    },
  });
}
