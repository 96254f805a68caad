import { randomFor } from '../../random.js';
import { abnormalEntries, type ListEntry } from '../../world/credit/list-entries.js';
import type { Organisation, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyUscc, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { EXCHANGE_COLUMNS, numberSendings, type Sending } from './market-exchange.js';

const CONTENT_COLUMNS = [
  { name: 'busexclist', type: 'text', length: 24 },
  { name: 'pripid', type: 'text', length: 36 },
  { name: 'uniscid', type: 'text', length: 64 },
  { name: 'regno', type: 'text', length: 36 },
  { name: 'entname', type: 'text', length: 200 },
  { name: 'inclu_dt', type: 'text', length: 10 },
  { name: 'inclu_reason', type: 'text', length: 200 },
  { name: 'remove_dt', type: 'text', length: 40 },
  { name: 'remexcpres_cn', type: 'text', length: 200 },
  { name: 'decorg_cn', type: 'text', length: 100 },
] as const;

type AbnormalEntry = RecordOf<typeof CONTENT_COLUMNS>;

const REMOVALS = ['列入经营异常名录3年内且依照规定补报年度报告并公示', '依法办理住所变更登记'];

/** `busexclist`: 经营异常名录. */
export function abnormalTable(world: World): LegacyTable {
  return recordTable({
    name: 'busexclist',
    columns: [...CONTENT_COLUMNS, ...EXCHANGE_COLUMNS],
    primaryKey: ['busexclist'],
    indexes: [['uniscid'], ['regno'], ['pripid'], ['S_EXT_TIMESTAMP']],
    records: () => numberSendings(sendings(world)),
  });
}

function* sendings(world: World): Generator<Sending<AbnormalEntry>> {
  let turn = -1;
  let last = -1;
  for (const entry of abnormalEntries(world.seed, world.today, world.organisations)) {
    // Entries of one subject are written in one way.
    if (entry.subject.index !== last) turn += 1;
    last = entry.subject.index;
    const content = writeEntry(world, entry, turn);
    const at = deliveredAt(entry.endsAt ?? entry.date, world.today, 0, turn);
    yield { content, at: turn === 0 ? lastDelivery(world.today) : at };
    if (turn % 6 === 1) yield { content: renamed(content, 'S'), at, validFlag: '0' };
    if (turn % 6 === 2) yield { content: renamed(content, 'T'), at, envFlag: 'test' };
  }
}

function writeEntry(world: World, entry: ListEntry, turn: number): AbnormalEntry {
  const { number, date, endsAt, reason } = entry;
  const organisation = itemAt(world.organisations, entry.subject.index);
  const random = randomFor(world.seed, 'market.abnormal', number);
  return {
    ...partyCells(world, organisation, turn),
    busexclist: number,
    inclu_dt: date,
    inclu_reason: reason,
    remove_dt: typedDate(random, endsAt, turn),
    remexcpres_cn: endsAt === null ? nullWord(random) : random.pick(REMOVALS),
    decorg_cn: '嵊泗县市场监督管理局',
  };
}

function partyCells(world: World, { index, uscc, pripid, regNo, name }: Organisation, turn: number) {
  const random = randomFor(world.seed, 'market.abnormal.party', index);
  return {
    pripid,
    uniscid: uscc === null ? nullWord(random) : turn % 4 === 2 ? dirtyUscc(random, uscc) : uscc,
    regno: regNo ?? nullWord(random),
    entname: name,
  };
}

function renamed(content: AbnormalEntry, suffix: string): AbnormalEntry {
  return { ...content, busexclist: `${String(content.busexclist)}${suffix}` };
}
