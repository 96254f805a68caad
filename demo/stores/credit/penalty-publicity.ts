import { type Random, randomFor } from '../../random.js';
import type { CreditRecord, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyDate, dirtyDecisionNo, fullWidth, inTenThousands, openEndedDate } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { institutionCells } from '../supervision/supervision-codes.js';
import { RECORD_STATUSES } from './credit-codes.js';
import { type CreditParty, createCreditParty } from './credit-party.js';
import { recordsOf } from './records-of.js';

const COLUMNS = [
  { name: 'CF_ID', type: 'text', length: 24 },
  { name: 'CF_XDR_MC', type: 'text', length: 200 },
  { name: 'CF_XDR_LB', type: 'text', length: 20 },
  { name: 'CF_XDR_SHXYM', type: 'text', length: 64 },
  { name: 'CF_XDR_GSZC', type: 'text', length: 50 },
  { name: 'CF_XDR_ZZJG', type: 'text', length: 20 },
  { name: 'CF_XDR_SWDJ', type: 'text', length: 20 },
  { name: 'CF_XDR_ZJLX', type: 'text', length: 10 },
  { name: 'CF_XDR_ZJHM', type: 'text', length: 64 },
  { name: 'CF_WSH', type: 'text', length: 64 },
  { name: 'CF_WFXW', type: 'text', length: 200 },
  { name: 'CF_YJ', type: 'text', length: 200 },
  { name: 'CF_NR', type: 'text', length: 500 },
  { name: 'CF_NR_FK', type: 'text', length: 30 },
  { name: 'CF_JDRQ', type: 'text', length: 40 },
  { name: 'CF_YXQ', type: 'text', length: 40 },
  { name: 'CF_GSRQ', type: 'text', length: 10 },
  { name: 'CF_GSJZQ', type: 'text', length: 40 },
  { name: 'CF_CFJG', type: 'text', length: 60 },
  { name: 'CF_CFJGDM', type: 'text', length: 60 },
  { name: 'CF_SJLY', type: 'text', length: 60 },
  { name: 'CF_ZT', type: 'text', length: 10 },
  { name: 'SFSC', type: 'text', length: 1 },
  { name: 'env_flag', type: 'text', length: 8 },
  { name: 'CF_SJC', type: 'datetime' },
] as const;

type PenaltyRow = RecordOf<typeof COLUMNS>;

/** 行政处罚双公示 as the credit platform gathers it, in 万元. Corrected records come again under their number. */
export function penaltyPublicityTable(world: World): LegacyTable {
  return recordTable({
    name: 'xy_sgs_xzcf',
    columns: COLUMNS,
    primaryKey: ['CF_ID', 'CF_SJC'],
    indexes: [['CF_XDR_SHXYM'], ['CF_XDR_GSZC'], ['CF_XDR_ZJHM'], ['CF_XDR_MC'], ['CF_WSH'], ['CF_SJC']],
    records: function* (): Generator<PenaltyRow> {
      const party = createCreditParty(world, 'CF_XDR_');
      for (const [turn, record] of recordsOf(world, ['PENALTY_PUBLICITY'])) {
        yield* sendings(world, party, record, turn);
      }
    },
  });
}

function sendings(
  world: World,
  party: CreditParty<'CF_XDR_'>,
  record: CreditRecord,
  turn: number,
): readonly PenaltyRow[] {
  const random = randomFor(world.seed, 'credit.cf', record.index);
  const at = (later: number): string => deliveredAt(record.date, world.today, later, turn);
  const row: PenaltyRow = {
    ...party.write(random, record.subject, turn),
    ...decisionCells(random, record, turn),
    CF_SJLY: '浙江省公共信用信息平台',
    SFSC: turn % 2 === 0 ? '0' : null,
    env_flag: turn % 4 === 3 ? '0' : null,
    CF_SJC: turn === 0 ? lastDelivery(world.today) : at(0),
  };
  const other = { ...row, CF_ID: `${record.number}B` };
  switch (turn % 10) {
    case 3:
      return [
        { ...row, CF_NR_FK: '8.88', CF_ZT: '1' },
        { ...row, CF_SJC: at(2) },
      ];
    case 5:
      return [row, other, { ...other, SFSC: '1', CF_SJC: at(1) }];
    case 8:
      return [{ ...other, CF_XDR_MC: '测试企业', env_flag: 'test' }, row];
    default:
      return [row];
  }
}

function decisionCells(random: Random, record: CreditRecord, turn: number) {
  const { number, decisionNo, decidedAt, date, endsAt, status, department, reason, fine } = record;
  const institution = institutionCells(department, turn);
  return {
    CF_ID: number,
    CF_WSH: decisionNo === null || turn % 3 !== 2 ? decisionNo : dirtyDecisionNo(random, decisionNo),
    CF_WFXW: reason,
    CF_YJ: '《中华人民共和国行政处罚法》第二十八条',
    CF_NR: `罚款${fine ?? '0.00'}元`,
    CF_NR_FK: tenThousands(fine, turn),
    CF_JDRQ: decidedAt === null || turn % 2 === 0 ? decidedAt : dirtyDate(random, decidedAt),
    CF_YXQ: turn % 4 === 1 ? '无处罚期限' : openEndedDate(random),
    CF_GSRQ: date,
    CF_GSJZQ: endsAt,
    CF_CFJG: institution.name,
    CF_CFJGDM: institution.code,
    CF_ZT: spell(RECORD_STATUSES, status, turn % 5 === 2 ? 1 + (turn % 2) : null),
  };
}

/** D17: 万元, exact, without its last zeros, or with the unit. */
function tenThousands(yuan: string | null, turn: number): string | null {
  if (yuan === null) return null;
  const amount = inTenThousands(yuan);
  switch (turn % 4) {
    case 1:
      return amount.replace(/\.?0+$/, '');
    case 2:
      return `${amount}万元`;
    case 3:
      return fullWidth(amount);
    default:
      return amount;
  }
}
