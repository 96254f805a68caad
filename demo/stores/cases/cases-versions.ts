import { procedureOf } from '../../world/cases/case-procedure.js';
import type { PenaltyCase, World } from '../../world/world.js';
import { batchOf, deliveredAt, lastDelivery } from '../delivery-times.js';
import type { CaseRecord } from './cases-columns.js';
import { type CaseExtract, lastEvent } from './cases-record.js';

/** One extract of a case, before the exchange numbers it. */
interface Extraction {
  readonly record: CaseExtract;
  readonly operation: 'i' | 'u' | 'd' | 'D';
  readonly at: string;
}

/**
 * How one case travelled through the exchange: mostly once, sometimes in several extracts, deleted and sent again,
 * or followed by rows that must never be shown (D12, D13, D14). After `latest` and the filters exactly `record` is
 * left.
 */
export function extractions(
  world: World,
  penaltyCase: PenaltyCase,
  record: CaseExtract,
  turn: number,
): readonly Extraction[] {
  const { administrativeReview, litigation } = procedureOf(world, penaltyCase);
  const [last = ''] = [lastEvent(penaltyCase), administrativeReview?.endedAt ?? '', litigation?.endedAt ?? '']
    .sort()
    .reverse();
  const at = (later: number): string => deliveredAt(last, world.today, later, turn);
  const first: Extraction = { record, operation: 'i', at: at(0) };
  if (turn === 0) return [first, { record, operation: 'u', at: lastDelivery(world.today) }];
  switch (turn % 18) {
    case 1:
    case 10:
      return [
        { record: unfinished(record), operation: 'i', at: at(0) },
        { record, operation: 'u', at: at(2) },
      ];
    case 2:
      // Both within one second: only the number of the extract tells which is newer.
      return [
        { ...first, record: unfinished(record) },
        { ...first, operation: 'u' },
      ];
    case 3:
      return [first, { record, operation: 'D', at: at(1) }, { record, operation: 'i', at: at(2) }];
    case 4:
      return [first, { record: { ...unfinished(record), env_flag: '1' }, operation: 'u', at: at(3) }];
    case 5:
      return [first, ...deletedTwin(record, 'D', at)];
    case 6:
      return [first, ...deletedTwin(record, 'd', at)];
    case 7:
      return [first, ...flaggedTwin(record, at)];
    case 8:
      return [first, testTwin(record, '1', at(0))];
    case 9:
      return [first, testTwin(record, 'test', at(0))];
    default:
      return [first];
  }
}

/** The case as the old system had it when it was closed down: filed on another day, nothing decided, party unknown. */
function unfinished(record: CaseExtract): CaseExtract {
  return {
    ...record,
    case_stage: '02',
    filing_date: '20200101',
    set_time: null,
    punish_document_code: null,
    fine: '1.00',
    paid_amount: null,
    admin_cp_name: '待补录',
    admin_cp_uscc: 'undefined',
    admin_cp_regno: null,
    admin_cp_cert_no: '***********',
  };
}

function withCode(record: CaseExtract, prefix: string): CaseExtract {
  return { ...record, punish_case_code: `${prefix}${String(record.punish_case_code)}` };
}

/** The same case entered a second time by mistake, and taken back. */
function deletedTwin(
  record: CaseExtract,
  operation: 'd' | 'D',
  at: (later: number) => string,
): readonly Extraction[] {
  const twin = withCode(record, 'CF');
  return [
    { record: twin, operation: 'i', at: at(0) },
    { record: twin, operation, at: at(1) },
  ];
}

/** The same, by users who only set the flag. */
function flaggedTwin(record: CaseExtract, at: (later: number) => string): readonly Extraction[] {
  const twin = withCode(record, 'CF');
  return [
    { record: { ...twin, delete_flag: '0' }, operation: 'i', at: at(0) },
    { record: { ...twin, delete_flag: '1' }, operation: 'u', at: at(1) },
  ];
}

function testTwin(record: CaseExtract, flag: '1' | 'test', at: string): Extraction {
  const twin = { ...withCode(record, 'TEST'), punish_action_name: '测试案件，请勿处理', env_flag: flag };
  return { record: twin, operation: 'i', at };
}

const MOVED_ON = '2025-01-01';

/** The row of one extraction; D23: the old system numbered its extracts in another way than the new one. */
export function extractRow({ record, operation, at }: Extraction, number: number): CaseRecord {
  const old = at < MOVED_ON;
  const digits = String(number).padStart(12, '0');
  return {
    ...record,
    cd_id: old ? `A${digits}` : `cfba-${digits}`,
    cd_source: old ? '330922_zhzf_old' : '330000_cfba',
    cd_time: at,
    cd_batch: batchOf(at, number),
    opt_type: operation,
  };
}
