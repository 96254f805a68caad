import { type Random, randomFor } from '../random.js';
import { lastDelivery } from '../stores/delivery-times.js';
import { dirtyTownship } from '../stores/dirt/dirt.js';
import type { LegacyStore } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { spell } from '../stores/spell-code.js';
import { institutionOf } from '../stores/supervision/supervision-institutions.js';
import { lastChange, notAfter } from '../stores/ticket-cells.js';
import { itemAt } from '../stores/world-lookups.js';
import type { CountyEvent, World } from '../world/world.js';
import { CALL_CATEGORIES, CALL_STATES } from './police-codes.js';

const COLUMNS = [
  { name: 'offset', type: 'text' },
  { name: 'msgId', type: 'text' },
  { name: 'op', type: 'text' },
  { name: 'sendTime', type: 'text' },
  { name: 'jjdbh', type: 'text' },
  { name: 'bjsj', type: 'text' },
  { name: 'bjlb', type: 'text' },
  { name: 'sfdz', type: 'text' },
  { name: 'xzqh', type: 'text' },
  { name: 'bjnr', type: 'text' },
  { name: 'bjrxm', type: 'text' },
  { name: 'bjrdh', type: 'text' },
  { name: 'zdbm', type: 'text' },
  { name: 'jssj', type: 'text' },
  { name: 'fksj', type: 'text' },
  { name: 'czjg', type: 'text' },
  { name: 'bjieSj', type: 'text' },
  { name: 'ldzt', type: 'text' },
] as const;

type Message = Omit<RecordOf<typeof COLUMNS>, 'offset'>;

/**
 * 110 社会联动: what a queue's consumer wrote down, a line per message (domain §1.1 IF-5, §1.2 P7). Messages are delivered
 * at least once, so the same one comes twice and after later ones; a call has one message when it is passed on and one
 * for each correction, and `D` takes it back. The newest `sendTime` of a call counts. The caller (`bjrxm`, `bjrdh`)
 * stands there; nobody may ever be shown whom.
 */
export function policeCallStore(world: World): LegacyStore {
  const table = recordTable({
    name: '110社会联动',
    columns: COLUMNS,
    primaryKey: ['offset'],
    indexes: [],
    records: function* () {
      let offset = 48_210;
      for (const message of messages(world)) {
        offset += 1;
        yield { ...message, offset: String(offset).padStart(10, '0') };
      }
    },
  });
  return { connection: 'police', access: 'drops', tables: [table] };
}

function* messages(world: World): Generator<Message> {
  let turn = 0;
  for (const event of world.events) {
    if (event.heldBy !== 'police') continue;
    const random = randomFor(world.seed, 'police.call', event.index);
    const last = writeCall(random, world, event, turn);
    const first = atFirst(last, event, world.today);
    const isCorrected = event.acceptedAt !== null;
    if (isCorrected && turn % 3 === 1) yield first;
    yield last;
    // At least once: the same message again, and one that was late.
    if (turn % 5 === 2) yield last;
    if (isCorrected && turn % 6 === 1) yield first;
    if (turn % 11 === 6) yield* withdrawn(last, event, world.today);
    turn += 1;
  }
}

function writeCall(random: Random, world: World, event: CountyEvent, turn: number): Message {
  const { acceptedAt, repliedAt, closedAt, category, township } = event;
  const caller = itemAt(world.persons, event.index % world.persons.length);
  return {
    msgId: `M${String(event.index + 1).padStart(8, '0')}-2`,
    op: turn % 2 === 0 ? 'U' : 'u',
    sendTime: turn === 0 ? lastDelivery(world.today) : lastChange(event, world.today),
    jjdbh: event.number,
    bjsj: compact(event.createdAt),
    bjlb: spell(CALL_CATEGORIES, category, turn % 2 === 1 ? turn : null),
    // D10: an islet outside GB2312 and GBK.
    sfdz: turn % 9 === 4 ? `${event.place}（近㟙头村）` : event.place,
    xzqh: turn % 3 === 0 ? dirtyTownship(random, township) : township,
    bjnr: event.content,
    bjrxm: caller.name,
    bjrdh: caller.phone,
    zdbm: institutionOf(event.department).name,
    jssj: compact(acceptedAt),
    fksj: compact(repliedAt),
    czjg: repliedAt === null ? 'null' : '已联系当事人并处置完毕',
    bjieSj: compact(closedAt),
    ldzt: spell(CALL_STATES, event.state, null),
  };
}

/** The message by which the call was passed on; what was known then stays as it was. */
function atFirst(last: Message, { createdAt, index }: CountyEvent, today: string): Message {
  const unknown = { jssj: '', fksj: '', bjieSj: '', czjg: '' };
  const sendTime = notAfter(`${today} 00:00:00`, createdAt);
  return {
    ...last,
    ...unknown,
    msgId: `M${String(index + 1).padStart(8, '0')}-1`,
    op: 'I',
    ldzt: 'D',
    sendTime,
    // Corrected later on.
    bjlb: '其他求助',
  };
}

/** A call that turned out to be a police matter after all: it was passed on, and taken back. */
function* withdrawn(like: Message, { createdAt, index }: CountyEvent, today: string): Generator<Message> {
  const number = `J330922${compact(createdAt)}9${String(index).padStart(5, '0')}`;
  const at = (time: string): string => notAfter(lastDelivery(today), `${createdAt.slice(0, 10)} ${time}`);
  yield { ...like, jjdbh: number, op: 'I', msgId: `W${index}-1`, sendTime: at('23:00:00') };
  yield { ...like, jjdbh: number, op: 'D', msgId: `W${index}-2`, sendTime: at('23:30:00') };
}

/** `20260630183005`; nothing where there is no time. */
function compact(time: string | null): string {
  return time === null ? '' : time.replace(/[^0-9]/g, '');
}
