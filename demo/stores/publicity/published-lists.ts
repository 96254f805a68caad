import { randomFor } from '../../random.js';
import { abnormalEntries, type ListEntry, seriousEntries } from '../../world/credit/list-entries.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { NOTHING, PARTY_COLUMNS, publishedParty } from './published-party.js';

const COLUMNS = [
  ...PARTY_COLUMNS,
  { name: 'LISTID', type: 'text', length: 24 },
  { name: 'ABNTIME', type: 'text', length: 10 },
  { name: 'SPECAUSE_CN', type: 'text', length: 200 },
  { name: 'REMDATE', type: 'text', length: 40 },
  { name: 'DECORG_CN', type: 'text', length: 60 },
  { name: 'S_EXT_VALIDFLAG', type: 'text', length: 1 },
  { name: 'S_EXT_TIMESTAMP', type: 'text', length: 19 },
] as const;

/** 经营异常名录 as anybody can read it on the site. */
export function abnormalListTable(world: World): LegacyTable {
  return listTable('pub_opanomaly', world, () =>
    abnormalEntries(world.seed, world.today, world.organisations),
  );
}

/** 严重违法失信名单 as published. */
export function seriousListTable(world: World): LegacyTable {
  return listTable('pub_illegal', world, () => seriousEntries(world.seed, world.today, world.organisations));
}

/** Entries that were taken back stay in the table, marked invalid (D12). */
function listTable(name: string, world: World, entries: () => Iterable<ListEntry>): LegacyTable {
  return recordTable({
    name,
    columns: COLUMNS,
    primaryKey: ['LISTID'],
    indexes: [['UNISCID'], ['REGNO'], ['PRIPID'], ['S_EXT_TIMESTAMP']],
    records: function* (): Generator<RecordOf<typeof COLUMNS>> {
      let turn = 0;
      for (const { number, subject, date, endsAt, reason } of entries()) {
        const random = randomFor(world.seed, 'publicity.list', number);
        const row = {
          ...publishedParty(random, itemAt(world.organisations, subject.index), turn),
          LISTID: number,
          ABNTIME: date,
          SPECAUSE_CN: reason,
          REMDATE: endsAt === null ? NOTHING : typedDate(random, endsAt, turn),
          DECORG_CN: '嵊泗县市场监督管理局',
          S_EXT_VALIDFLAG: '1',
          S_EXT_TIMESTAMP: turn === 0 ? lastDelivery(world.today) : deliveredAt(date, world.today, 0, turn),
        };
        if (turn % 5 === 2) yield { ...row, LISTID: `${number}X`, S_EXT_VALIDFLAG: '0' };
        yield row;
        turn += 1;
      }
    },
  });
}
