import { type Random, randomFor } from '../../random.js';
import { type MobileSession, sessionsOf } from '../../world/mobile/make-sessions.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyDecisionNo, fullWidth } from '../dirt/dirt.js';
import type { LegacyStore, LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { SIGNATURES } from './mobile-codes.js';

const COLUMNS = [
  { name: 'jlid', type: 'text', length: 20 },
  { name: 'jcbh', type: 'text', length: 80 },
  { name: 'xwm', type: 'text', length: 40 },
  { name: 'smsj', type: 'text', length: 19 },
  { name: 'dsrqz', type: 'text', length: 20 },
  { name: 'zps', type: 'text', length: 6 },
  { name: 'jd', type: 'text', length: 20 },
  { name: 'wd', type: 'text', length: 20 },
  { name: 'lxbz', type: 'text', length: 4 },
  { name: 'csbz', type: 'text', length: 4 },
  { name: 'cd_operation', type: 'text', length: 1 },
  { name: 'cd_time', type: 'datetime' },
] as const;

type SessionRow = RecordOf<typeof COLUMNS>;

/** 掌上执法: what the app's sessions leave in the province's reflux table, an exchange table to which changes are appended. */
export function mobileStore(world: World): LegacyStore {
  return { connection: 'mobile', tables: [sessionTable(world)] };
}

function sessionTable(world: World): LegacyTable {
  return recordTable({
    name: 'dw_shl_zszfjl',
    columns: COLUMNS,
    primaryKey: ['jlid', 'cd_time'],
    indexes: [['jcbh']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<SessionRow> {
  const numbers = inspectionNumbers(world);
  let turn = 0;
  for (const session of sessionsOf(world)) {
    const random = randomFor(world.seed, 'mobile.session', session.inspection);
    const number = numbers.next().value ?? '';
    const row = writeSession(random, world, session, number, turn);
    const date = session.scannedAt.slice(0, 10);
    // Sent before the photos were uploaded, and again with them.
    if (turn % 9 === 4)
      yield { ...row, zps: '0', cd_operation: 'i', cd_time: deliveredAt(date, world.today, 0, turn) };
    yield row;
    if (turn % 25 === 7) yield { ...row, jlid: `${row.jlid}T`, csbz: '1' };
    if (turn % 25 === 16) yield* deleted(row, world, date, turn);
    turn += 1;
  }
}

/** A session that was opened by mistake: it came, and then went. */
function* deleted(row: SessionRow, world: World, date: string, turn: number): Generator<SessionRow> {
  const mistaken = { ...row, jlid: `${row.jlid}D`, xwm: `${row.xwm}D` };
  yield { ...mistaken, cd_operation: 'i', cd_time: deliveredAt(date, world.today, 0, turn) };
  yield { ...mistaken, cd_operation: 'd', cd_time: deliveredAt(date, world.today, 1, turn) };
}

/** Numbers of the inspections that have a session, in their order. */
function* inspectionNumbers(world: World): Generator<string> {
  const sessions = sessionsOf(world);
  let next = sessions.next();
  for (const { index, number } of world.inspections) {
    if (next.done === true) return;
    if (next.value.inspection !== index) continue;
    yield number;
    next = sessions.next();
  }
}

function writeSession(
  random: Random,
  world: World,
  session: MobileSession,
  number: string,
  turn: number,
): SessionRow {
  const { position, scannedAt, conductCode, signature } = session;
  const swapped = turn % 14 === 6;
  return {
    jlid: `ZS${String(session.inspection).padStart(9, '0')}`,
    jcbh: turn % 6 === 3 ? fullWidth(number) : turn % 6 === 5 ? dirtyDecisionNo(random, number) : number,
    xwm: conductCode,
    smsj: scannedAt,
    dsrqz: spell(SIGNATURES, signature, turn % 4 === 2 ? 1 : null),
    zps: String(session.photos),
    jd: position === null ? null : swapped ? position.lat : position.lon,
    wd: position === null ? null : swapped ? position.lon : position.lat,
    lxbz: session.offline ? random.pick(['1', '是']) : random.pick(['0', '否']),
    csbz: turn % 3 === 0 ? '0' : null,
    cd_operation: 'u',
    cd_time:
      turn === 0 ? lastDelivery(world.today) : deliveredAt(scannedAt.slice(0, 10), world.today, 1, turn),
  };
}
