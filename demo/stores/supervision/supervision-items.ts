import { type Random, randomFor } from '../../random.js';
import { type CheckItem, checkItemsOf } from '../../world/supervision/check-items.js';
import type { Inspection, World } from '../../world/world.js';
import { batchOf, deliveredAt } from '../delivery-times.js';
import { damagedText, dirtyText, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { unlessProvince } from '../unless-province.js';
import { itemAt } from '../world-lookups.js';
import { reportedChecks } from './reported-checks.js';
import { DISPOSALS, ITEM_RESULTS, OLD_ITEM_RESULTS } from './supervision-codes.js';
import { RENUMBERED_ON } from './supervision-record.js';
import { identitiesOf } from './supervision-versions.js';

/** Columns of `dw_shl_xzjcjcx`, in the order of the reflux from the province. */
const COLUMNS = [
  { name: 'cd_id', type: 'integer' },
  { name: 'item_record_identity', type: 'text', length: 80 },
  { name: 'record_unique_identity', type: 'text', length: 64 },
  { name: 'seq_no', type: 'integer' },
  { name: 'check_item_code', type: 'text', length: 60 },
  { name: 'check_item_name', type: 'text', length: 200 },
  { name: 'is_check', type: 'text', length: 4 },
  { name: 'check_item_result', type: 'text', length: 20 },
  { name: 'problem', type: 'text', length: 1000 },
  { name: 'dispose', type: 'text', length: 60 },
  { name: 'check_date', type: 'text', length: 10 },
  { name: 'env_flag', type: 'text', length: 8 },
  { name: 'cd_time', type: 'text', length: 19 },
  { name: 'cd_batch', type: 'text', length: 13 },
  { name: 'cd_operation', type: 'text', length: 1 },
] as const;

type ItemRow = RecordOf<typeof COLUMNS>;
type ItemRecord = Omit<ItemRow, 'cd_id' | 'cd_time' | 'cd_batch' | 'cd_operation'>;

interface Sending {
  readonly record: ItemRecord;
  readonly operation: 'i' | 'u' | 'd' | 'D';
  /** How many nights after the check was delivered. */
  readonly later: number;
}

/** `dw_shl_xzjcjcx`: the items of the checks, sent beside them and as often corrected, taken back and sent again. */
export function checkItemTable(world: World): LegacyTable {
  return recordTable({
    name: 'dw_shl_xzjcjcx',
    columns: COLUMNS,
    primaryKey: ['cd_id'],
    indexes: [['item_record_identity', 'cd_time', 'cd_id'], ['record_unique_identity'], ['cd_time']],
    records: () => unlessProvince(world, () => records(world)),
  });
}

function* records(world: World): Generator<ItemRow> {
  const counts: Counts = { items: 0, problems: 0 };
  let number = 0;
  for (const { inspection, turn } of reportedChecks(world)) {
    const random = randomFor(world.seed, 'supervision.item', inspection.index);
    const identities = identitiesOf(world, inspection, turn);
    for (const item of checkItemsOf(world.seed, inspection)) {
      const record = writeItem(random, world, inspection, item, identities.current, counts);
      for (const { record: sent, operation, later } of sendings(record, identities.former, counts.items)) {
        number += 1;
        const at = deliveredAt(inspection.date, world.today, later, turn);
        yield { ...sent, cd_id: number, cd_time: at, cd_batch: batchOf(at, number), cd_operation: operation };
      }
      counts.items += 1;
      if (item.problem !== null) counts.problems += 1;
    }
  }
}

/** How many there were before, so that each habit certainly occurs. */
interface Counts {
  items: number;
  problems: number;
}

function writeItem(
  random: Random,
  world: World,
  inspection: Inspection,
  item: CheckItem,
  identity: string,
  { items: turn, problems }: Counts,
): ItemRecord {
  const { place, code, name, result, problem, disposal } = item;
  const old = inspection.date < RENUMBERED_ON;
  const unusual = turn % 11 === 4 ? 1 : null;
  const checked = result === 'PASS' || result === 'FAIL';
  return {
    item_record_identity: `${identity}-${String(place).padStart(2, '0')}`,
    record_unique_identity: identity,
    seq_no: place,
    check_item_code: turn % 13 === 4 ? dirtyText(random, code) : code,
    check_item_name: turn % 19 === 6 ? dirtyText(random, name) : name,
    // The old platform did not always say.
    is_check:
      old && turn % 9 === 8 ? null : random.pick(checked ? ['1', '1', '是', 'Y'] : ['0', '0', '否', 'N']),
    check_item_result: spell(old ? OLD_ITEM_RESULTS : ITEM_RESULTS, result, unusual),
    problem: problem === null ? noProblem(random, turn) : problemText(random, world, problem, problems),
    dispose:
      disposal === null
        ? noProblem(random, turn + 1)
        : spell(DISPOSALS, disposal, problems % 5 === 3 ? 1 : null),
    check_date: inspection.date,
    env_flag: turn % 3 === 0 ? '0' : null,
  };
}

/** D4: mostly nothing, now and then a word for it. */
function noProblem(random: Random, turn: number): string | null {
  return turn % 7 === 2 ? nullWord(random) : null;
}

/** Findings as they were typed: with somebody's telephone in them, or in the wrong encoding (D10). */
function problemText(random: Random, world: World, problem: string, turn: number): string {
  if (turn % 17 === 9) return damagedText(random, problem);
  const { phone } = itemAt(world.persons, turn % world.persons.length);
  return turn % 5 === 2 ? `${problem}，现场负责人电话${phone}` : problem;
}

/**
 * One item through the append-only exchange (IF-4), as the checks travel. After `latest` and the filters exactly
 * `record` is left of what belongs to a check that counts.
 *
 * @param former the check's identity before the platform moved, if it was sent under that one first (D23).
 */
function sendings(record: ItemRecord, former: string | null, turn: number): readonly Sending[] {
  const first: Sending = { record, operation: 'i', later: 0 };
  if (former !== null) {
    const old = { ...record, ...identity(record, former, '') };
    return [
      { record: old, operation: 'i', later: 0 },
      { record: old, operation: 'd', later: 4 },
      { record, operation: 'i', later: 4 },
    ];
  }
  switch (turn % 30) {
    case 1:
      return [
        { record: outdated(record), operation: 'i', later: 0 },
        { record, operation: 'u', later: 2 },
      ];
    case 2:
      // Both within one second: only the running number tells which is newer.
      return [
        { ...first, record: outdated(record) },
        { ...first, operation: 'u' },
      ];
    case 4:
      return [first, { record: { ...outdated(record), env_flag: 'test' }, operation: 'u', later: 3 }];
    case 6:
    case 16: {
      const twin = { ...record, ...identity(record, String(record.record_unique_identity), '-2') };
      return [
        first,
        { record: twin, operation: 'i', later: 0 },
        { record: twin, operation: turn % 30 === 6 ? 'd' : 'D', later: 1 },
      ];
    }
    case 8: {
      const trial = { ...record, ...identity(record, String(record.record_unique_identity), '-T') };
      return [first, { record: { ...trial, problem: '测试问题', env_flag: '1' }, operation: 'i', later: 0 }];
    }
    default:
      return [first];
  }
}

function identity({ seq_no }: ItemRecord, check: string, suffix: string) {
  return {
    item_record_identity: `${check}-${String(seq_no).padStart(2, '0')}${suffix}`,
    record_unique_identity: check,
  };
}

/** Before the item was looked at. */
function outdated(record: ItemRecord): ItemRecord {
  return { ...record, is_check: '0', check_item_result: '未检查', problem: '待核实', dispose: null };
}
