import { randomFor } from '../../random.js';
import { equityChangesOf } from '../../world/publicity/public-profile.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { PARTY_COLUMNS, publishedParty } from './published-party.js';

const COLUMNS = [
  ...PARTY_COLUMNS,
  { name: 'INVALTERID', type: 'text', length: 24 },
  { name: 'INV', type: 'text', length: 100 },
  { name: 'TRANSAMPR', type: 'text', length: 10 },
  { name: 'TRANSAMAFT', type: 'text', length: 10 },
  { name: 'ALTDATE', type: 'text', length: 40 },
  { name: 'PUBLICDATE', type: 'text', length: 10 },
  { name: 'S_EXT_TIMESTAMP', type: 'text', length: 19 },
] as const;

/** 股权变更 as published: shares as a ratio or as percent. */
export function equityChangeTable(world: World): LegacyTable {
  return recordTable({
    name: 'pub_invalter',
    columns: COLUMNS,
    primaryKey: ['INVALTERID'],
    indexes: [['UNISCID'], ['REGNO'], ['PRIPID']],
    records: function* (): Generator<RecordOf<typeof COLUMNS>> {
      let turn = 0;
      for (const organisation of world.organisations) {
        const changes = equityChangesOf(world.seed, world.today, world.persons.length, organisation);
        for (const { number, shareholder, before, after, changedAt, publishedAt } of changes) {
          const random = randomFor(world.seed, 'publicity.equity', number);
          yield {
            ...publishedParty(random, organisation, turn),
            INVALTERID: number,
            INV: itemAt(world.persons, shareholder).name,
            TRANSAMPR: share(before, turn),
            TRANSAMAFT: share(after, turn + 1),
            ALTDATE: typedDate(random, changedAt, turn),
            PUBLICDATE: publishedAt,
            S_EXT_TIMESTAMP:
              turn === 0 ? lastDelivery(world.today) : deliveredAt(publishedAt, world.today, 0, turn),
          };
          turn += 1;
        }
      }
    },
  });
}

function share(percent: number, turn: number): string {
  return turn % 3 === 0 ? (percent / 100).toFixed(2) : `${percent}%`;
}
