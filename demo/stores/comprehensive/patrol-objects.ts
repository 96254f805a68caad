import { type Random, randomFor } from '../../random.js';
import { type PatrolObject, patrolObjectsOf } from '../../world/comprehensive/patrol-objects.js';
import type { World } from '../../world/world.js';
import { ORGANISATION } from '../../world/world-base.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyText, dirtyTownship } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { subjectCode } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';

const COLUMNS = [
  { name: 'dxbh', type: 'text', length: 24 },
  { name: 'dxmc', type: 'text', length: 200 },
  { name: 'dxzjhm', type: 'text', length: 64 },
  { name: 'zrzd', type: 'text', length: 100 },
  { name: 'xcld', type: 'text', length: 100 },
  { name: 'xcpc', type: 'text', length: 20 },
  { name: 'lrrq', type: 'text', length: 40 },
  { name: 'ycrq', type: 'text', length: 40 },
  { name: 'ssxz', type: 'text', length: 40 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'cd_time', type: 'datetime' },
] as const;

type ObjectRow = RecordOf<typeof COLUMNS>;

/** `dw_shl_zhzf_xcdx`: 重点巡查对象, how often in words. Deleted rows stay with `sfsc` 1 (D12). */
export function patrolObjectTable(world: World): LegacyTable {
  return recordTable({
    name: 'dw_shl_zhzf_xcdx',
    columns: COLUMNS,
    primaryKey: ['dxbh'],
    indexes: [['dxzjhm'], ['cd_time']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<ObjectRow> {
  for (const object of patrolObjectsOf(world)) {
    const { index } = object;
    const row = writeObject(randomFor(world.seed, 'comprehensive.object', index), world, object);
    yield row;
    if (index % 4 === 1) yield { ...row, dxbh: `${String(row.dxbh)}S`, xcpc: '每天', sfsc: '1' };
  }
}

const WORDS: ReadonlyMap<number, string> = new Map([
  [7, '每周一次'],
  [15, '每半月一次'],
  [30, '每月一次'],
  [90, '每季度一次'],
]);

function writeObject(random: Random, world: World, object: PatrolObject): ObjectRow {
  const { index, organisation, township, squad, section, everyDays, listedOn, removedOn } = object;
  const { name } = itemAt(world.organisations, organisation);
  return {
    dxbh: `DX${String(index).padStart(8, '0')}`,
    dxmc: index % 5 === 2 ? dirtyText(random, name) : name,
    dxzjhm: subjectCode(random, world, ORGANISATION(organisation), index),
    zrzd: squad,
    xcld: section,
    xcpc: index % 3 === 0 ? String(everyDays) : (WORDS.get(everyDays) ?? ''),
    lrrq: typedDate(random, listedOn, index),
    ycrq: typedDate(random, removedOn, index + 1),
    ssxz: index % 4 === 3 ? dirtyTownship(random, township) : township,
    sfsc: index % 2 === 0 ? '0' : null,
    cd_time: index === 0 ? lastDelivery(world.today) : deliveredAt(listedOn, world.today, 0, index),
  };
}
