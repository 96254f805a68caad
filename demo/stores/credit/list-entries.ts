import { type Random, randomFor } from '../../random.js';
import type { CreditRecord, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyText, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { institutionCells } from '../supervision/supervision-codes.js';
import { typedDate } from '../typed-cells.js';
import { LIST_KINDS, RECORD_STATUSES } from './credit-codes.js';
import { createCreditParty } from './credit-party.js';
import { recordsOf } from './records-of.js';

const COLUMNS = [
  { name: 'mdbh', type: 'text', length: 24 },
  { name: 'mdlx', type: 'text', length: 30 },
  { name: 'executed_nm', type: 'text', length: 200 },
  { name: 'identi_id', type: 'text', length: 64 },
  { name: 'reg_no', type: 'text', length: 50 },
  { name: 'cert_no', type: 'text', length: 64 },
  { name: 'case_no', type: 'text', length: 64 },
  { name: 'case_dt', type: 'text', length: 40 },
  { name: 'publish_dt', type: 'text', length: 8 },
  { name: 'remove_dt', type: 'text', length: 40 },
  { name: 'inclu_reason', type: 'text', length: 200 },
  { name: 'executed_perfor', type: 'text', length: 20 },
  { name: 'court_nm', type: 'text', length: 60 },
  { name: 'court_cd', type: 'text', length: 60 },
  { name: 'mdzt', type: 'text', length: 10 },
  { name: 'delete_flag', type: 'text', length: 1 },
  { name: 'cd_time', type: 'datetime' },
] as const;

type ListRow = RecordOf<typeof COLUMNS>;

const KINDS = ['ABNORMAL_LIST', 'SERIOUS_LIST', 'COURT_DISHONESTY'] as const;

/** 名单信息: three lists in one table, whose columns are named after that of the courts, with which it began. */
export function listEntryTable(world: World): LegacyTable {
  return recordTable({
    name: 'xy_mdxx',
    columns: COLUMNS,
    primaryKey: ['mdbh'],
    indexes: [['identi_id'], ['reg_no'], ['cert_no'], ['publish_dt', 'mdbh'], ['cd_time']],
    records: function* (): Generator<ListRow> {
      const party = createCreditParty(world, '');
      for (const [turn, record] of recordsOf(world, KINDS)) {
        const random = randomFor(world.seed, 'credit.list', record.index);
        const { MC, SHXYM, GSZC, ZJHM } = party.write(random, record.subject, turn);
        const row: ListRow = {
          ...{ executed_nm: MC, identi_id: SHXYM, reg_no: GSZC, cert_no: ZJHM },
          ...entryCells(random, record, turn),
          cd_time: turn === 0 ? lastDelivery(world.today) : deliveredAt(record.date, world.today, 0, turn),
        };
        yield row;
        if (turn % 6 === 3) yield { ...row, mdbh: `${record.number}X`, delete_flag: '1' };
      }
    },
  });
}

function entryCells(random: Random, record: CreditRecord, turn: number) {
  const { number, kind, decisionNo, decidedAt, date, endsAt, reason, status, department } = record;
  const court = kind === 'COURT_DISHONESTY';
  const authority = court ? courtOf(decisionNo ?? '') : institutionCells(department, turn);
  return {
    mdbh: number,
    mdlx: spell(LIST_KINDS, kind, turn % 4 === 1 ? 1 + (turn % 2) : null),
    case_no: caseNumber(random, decisionNo, turn),
    case_dt: typedDate(random, decidedAt, turn),
    publish_dt: date.replaceAll('-', ''),
    remove_dt: typedDate(random, endsAt, turn + 1),
    inclu_reason: turn % 8 === 5 && reason !== null ? dirtyText(random, reason) : reason,
    executed_perfor: court ? random.pick(['全部未履行', '全部未履行', '部分未履行']) : nullWord(random),
    court_nm: authority.name,
    court_cd: authority.code,
    mdzt: spell(RECORD_STATUSES, status, turn % 5 === 2 ? 1 + (turn % 2) : null),
    delete_flag: turn % 2 === 0 ? '0' : null,
  };
}

/** `(2022)豫0724执恢54号`, with the brackets of whoever typed it. */
function caseNumber(random: Random, number: string | null, turn: number): string | null {
  if (number === null) return turn % 2 === 0 ? null : nullWord(random);
  return turn % 3 === 1 ? number.replace('(', '（').replace(')', '）') : number;
}

/** Courts have no code of their own here. */
function courtOf(caseNo: string): { readonly name: string; readonly code: string } {
  const [, word = ''] = /\)(\p{Script=Han}\d{4})/u.exec(caseNo) ?? [];
  const name = COURTS.get(word) ?? '嵊泗县人民法院';
  return { name, code: '法院' };
}

const COURTS: ReadonlyMap<string, string> = new Map([
  ['浙0922', '嵊泗县人民法院'],
  ['浙0902', '舟山市定海区人民法院'],
  ['豫0724', '获嘉县人民法院'],
  ['沪0115', '上海市浦东新区人民法院'],
]);
