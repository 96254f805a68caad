import type { Inspection, World } from '../../world/world.js';
import { batchOf, deliveredAt, lastDelivery } from '../delivery-times.js';
import type { SupervisionRecord } from './supervision-columns.js';
import { type CheckRecord, newIdentity, oldIdentity, recordIdentity } from './supervision-record.js';

/** One sending of a record, before the exchange numbers it. */
interface Sending {
  readonly record: CheckRecord;
  readonly operation: 'i' | 'u' | 'd' | 'D';
  readonly at: string;
}

/**
 * How one check travelled through the append-only exchange (IF-4): mostly once, sometimes corrected, deleted and
 * sent again, re-keyed when the platform moved, or followed by rows that must never be shown (D12, D13, D14, D23).
 * After `latest` and the filters exactly `record` is left.
 */
export function sendings(
  world: World,
  inspection: Inspection,
  record: CheckRecord,
  turn: number,
): readonly Sending[] {
  const at = (later: number): string => deliveredAt(inspection.date, world.today, later, turn);
  const first: Sending = { record, operation: 'i', at: at(0) };
  if (turn === 0) return [first, { record, operation: 'u', at: lastDelivery(world.today) }];
  switch (turn % 40) {
    case 1:
    case 21:
      return [
        { record: outdated(record), operation: 'i', at: at(0) },
        { record, operation: 'u', at: at(2) },
      ];
    case 2:
      // Both within one second: only the running number tells which is newer.
      return [
        { ...first, record: outdated(record) },
        { ...first, operation: 'u' },
      ];
    case 3:
      return [first, { record, operation: 'd', at: at(1) }, { record, operation: 'i', at: at(2) }];
    case 4:
      return [first, { record: { ...outdated(record), env_flag: 'test' }, operation: 'u', at: at(3) }];
    case REKEYED:
    case REKEYED + 20:
      return rekeyed(world, inspection, record, at);
    case 6:
      return [first, ...deletedTwin(record, 'd', at)];
    case 7:
      return [first, ...deletedTwin(record, 'D', at)];
    case 8:
      return [first, testTwin(record, '1', at(0))];
    case 9:
      return [first, testTwin(record, 'test', at(1))];
    default:
      return [first];
  }
}

const REKEYED = 5;

/** By what a check is known, and by what it was known before the platform moved if it was sent under both (D23). */
export function identitiesOf(
  world: World,
  inspection: Inspection,
  turn: number,
): { readonly current: string; readonly former: string | null } {
  return turn % 20 === REKEYED
    ? { current: newIdentity(world, inspection), former: oldIdentity(inspection) }
    : { current: recordIdentity(world, inspection), former: null };
}

/** What somebody typed first: another day, another result, nobody named. */
function outdated(record: CheckRecord): CheckRecord {
  return {
    ...record,
    check_date: '2020-01-01',
    check_time: '2020-01-01 08:00:00',
    check_result: '14',
    district_code: null,
    check_personnel: null,
    check_personnel_code: null,
    administrative_cp_ui_code: '330922************',
    supervise_object: '待补录',
  };
}

/** D23: before the move the check had another identity, which was deleted then. */
function rekeyed(
  world: World,
  inspection: Inspection,
  record: CheckRecord,
  at: (later: number) => string,
): readonly Sending[] {
  const old = { ...record, record_unique_identity: oldIdentity(inspection) };
  return [
    { record: old, operation: 'i', at: at(0) },
    { record: old, operation: 'd', at: at(4) },
    {
      record: { ...record, record_unique_identity: newIdentity(world, inspection) },
      operation: 'i',
      at: at(4),
    },
  ];
}

/** The same check reported a second time by mistake, and taken back. */
function deletedTwin(
  record: CheckRecord,
  operation: 'd' | 'D',
  at: (later: number) => string,
): readonly Sending[] {
  const twin = { ...record, record_unique_identity: `${String(record.record_unique_identity)}-2` };
  return [
    { record: twin, operation: 'i', at: at(0) },
    { record: twin, operation, at: at(1) },
  ];
}

function testTwin(record: CheckRecord, flag: '1' | 'test', at: string): Sending {
  const twin = {
    ...record,
    record_unique_identity: `TEST-${String(record.record_unique_identity)}`,
    check_action_name: '测试检查，请勿处理',
    env_flag: flag,
  };
  return { record: twin, operation: 'i', at };
}

/** The row of one sending, as the exchange numbers it. */
export function exchangeRow({ record, operation, at }: Sending, number: number): SupervisionRecord {
  return { ...record, cd_id: number, cd_time: at, cd_batch: batchOf(at, number), cd_operation: operation };
}
