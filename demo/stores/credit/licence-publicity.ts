import { type Random, randomFor } from '../../random.js';
import type { CreditRecord, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { fullWidth, openEndedDate } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { institutionCells } from '../supervision/supervision-codes.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { RECORD_STATUSES } from './credit-codes.js';
import { createCreditParty } from './credit-party.js';
import { recordsOf } from './records-of.js';

const COLUMNS = [
  { name: 'XK_ID', type: 'text', length: 24 },
  { name: 'XK_XDR_MC', type: 'text', length: 200 },
  { name: 'XK_XDR_LB', type: 'text', length: 20 },
  { name: 'XK_XDR_SHXYM', type: 'text', length: 64 },
  { name: 'XK_XDR_GSZC', type: 'text', length: 50 },
  { name: 'XK_XDR_ZZJG', type: 'text', length: 20 },
  { name: 'XK_XDR_SWDJ', type: 'text', length: 20 },
  { name: 'XK_XDR_ZJLX', type: 'text', length: 10 },
  { name: 'XK_XDR_ZJHM', type: 'text', length: 64 },
  { name: 'XK_XKWS', type: 'text', length: 64 },
  { name: 'XK_WSH', type: 'text', length: 64 },
  { name: 'XK_XKLB', type: 'text', length: 10 },
  { name: 'XK_NR', type: 'text', length: 200 },
  { name: 'XK_JDRQ', type: 'text', length: 40 },
  { name: 'XK_YXQZ', type: 'text', length: 40 },
  { name: 'XK_GSRQ', type: 'text', length: 10 },
  { name: 'XK_XKJG', type: 'text', length: 60 },
  { name: 'XK_XKJGDM', type: 'text', length: 60 },
  { name: 'XK_ZT', type: 'text', length: 10 },
  { name: 'SFSC', type: 'text', length: 1 },
  { name: 'XK_SJC', type: 'datetime' },
] as const;

type LicenceRow = RecordOf<typeof COLUMNS>;

/** 行政许可双公示: licences of firms and citizens as the credit platform gathers them. */
export function licencePublicityTable(world: World): LegacyTable {
  return recordTable({
    name: 'xy_sgs_xzxk',
    columns: COLUMNS,
    primaryKey: ['XK_ID', 'XK_SJC'],
    indexes: [['XK_XDR_SHXYM'], ['XK_XDR_GSZC'], ['XK_XDR_ZJHM'], ['XK_SJC']],
    records: function* (): Generator<LicenceRow> {
      const party = createCreditParty(world, 'XK_XDR_');
      for (const [turn, record] of recordsOf(world, ['LICENCE_PUBLICITY'])) {
        const random = randomFor(world.seed, 'credit.xk', record.index);
        const row: LicenceRow = {
          ...party.write(random, record.subject, turn),
          ...licenceCells(random, world, record, turn),
        };
        // What was entered by mistake is marked as deleted, under a number of its own.
        if (turn % 7 === 4) yield { ...row, XK_ID: `${record.number}B`, SFSC: '1' };
        yield row;
      }
    },
  });
}

function licenceCells(random: Random, world: World, record: CreditRecord, turn: number) {
  const { number, decisionNo, decidedAt, endsAt, date, status, department, source } = record;
  const institution = institutionCells(department, turn);
  const { siteName } = itemAt(world.licences, source ?? -1);
  return {
    XK_ID: number,
    XK_XKWS: '行政许可决定书',
    XK_WSH: decisionNo !== null && turn % 6 === 5 ? fullWidth(decisionNo) : decisionNo,
    XK_XKLB: random.pick(['普通', '普通', '核准', '认可', '登记']),
    XK_NR: siteName === null ? '准予许可' : `准予许可：${siteName}`,
    XK_JDRQ: typedDate(random, decidedAt, turn),
    XK_YXQZ: endsAt === null ? openEndedDate(random) : typedDate(random, endsAt, turn + 1),
    XK_GSRQ: date,
    XK_XKJG: institution.name,
    XK_XKJGDM: institution.code,
    XK_ZT: spell(RECORD_STATUSES, status, turn % 5 === 2 ? 1 + (turn % 2) : null),
    SFSC: turn % 2 === 0 ? '0' : null,
    XK_SJC: turn === 0 ? lastDelivery(world.today) : deliveredAt(date, world.today, 0, turn),
  };
}
