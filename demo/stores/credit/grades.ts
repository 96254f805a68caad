import { randomFor } from '../../random.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { fullWidth } from '../dirt/dirt.js';
import type { LegacyStore } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { GRADES } from './credit-codes.js';
import { recordsOf } from './records-of.js';

const COLUMNS = [
  { name: 'tyshxydm', type: 'text', length: 18 },
  { name: 'pjbh', type: 'text', length: 24 },
  { name: 'cmnt_lvel', type: 'text', length: 10 },
  { name: 'cmnt_score', type: 'text', length: 10 },
  { name: 'cmnt_dt', type: 'text', length: 40 },
  { name: 'cmnt_org', type: 'text', length: 60 },
  { name: 'gxsj', type: 'datetime' },
] as const;

/** 公共信用评价 of the province: one grade for one credit code, nothing else (domain §1.1 IF-2). */
export function creditGradeStore(world: World): LegacyStore {
  return {
    connection: 'credit-grade',
    access: 'if2',
    tables: [
      recordTable({
        name: 'xy_ggxypj',
        columns: COLUMNS,
        primaryKey: ['tyshxydm'],
        indexes: [],
        records: () => records(world),
      }),
    ],
  };
}

/** Points of a thousand, from which the letter follows. */
const POINTS: ReadonlyMap<string, readonly [from: number, to: number]> = new Map([
  ['A', [900, 1000]],
  ['B', [800, 899]],
  ['C', [700, 799]],
  ['D', [600, 699]],
  ['E', [0, 599]],
]);

function* records(world: World): Generator<RecordOf<typeof COLUMNS>> {
  for (const [turn, { subject, number, grade, date }] of recordsOf(world, ['GRADE'])) {
    const random = randomFor(world.seed, 'credit.grade', subject.index);
    const [from, to] = POINTS.get(grade ?? '') ?? [0, 0];
    const score = String(random.int(from, to));
    yield {
      tyshxydm: itemAt(world.organisations, subject.index).uscc,
      pjbh: number,
      cmnt_lvel: spell(GRADES, grade ?? '', turn % 4 === 3 ? 1 + (turn % 2) : null),
      cmnt_score: turn % 6 === 2 ? fullWidth(score) : score,
      cmnt_dt: typedDate(random, date, turn),
      cmnt_org: '浙江省发展和改革委员会',
      gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(date, world.today, 0, turn),
    };
  }
}
