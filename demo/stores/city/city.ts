import { type Random, randomFor } from '../../random.js';
import { streetDetailsOf } from '../../world/city/street-details.js';
import type { CountyEvent, World } from '../../world/world.js';
import { lastDelivery } from '../delivery-times.js';
import { dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyStore } from '../legacy-table.js';
import { copiedCaseNumber, copiedNumber } from '../number-cells.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { type Followed, followedBy, lastChange } from '../ticket-cells.js';
import { itemAt } from '../world-lookups.js';
import { MAIN_TYPES, REPORTERS, SUBTYPES, TASK_STATES } from './city-codes.js';
import { coordinateCells } from './street-coordinates.js';

const COLUMNS = [
  { name: 'ID', type: 'integer' },
  { name: 'TASKNUM', type: 'text', length: 40 },
  { name: 'EVENTSRC', type: 'text', length: 20 },
  { name: 'MAINTYPE', type: 'text', length: 20 },
  { name: 'SUBTYPE', type: 'text', length: 20 },
  { name: 'EVENTDESC', type: 'text', length: 2000 },
  { name: 'ADDRESS', type: 'text', length: 300 },
  { name: 'STREETCODE', type: 'text', length: 40 },
  { name: 'CELLCODE', type: 'text', length: 20 },
  { name: 'REPORTER', type: 'text', length: 60 },
  { name: 'REPORTERTEL', type: 'text', length: 40 },
  { name: 'REPORTTIME', type: 'text', length: 19 },
  { name: 'DISPATCHTIME', type: 'text', length: 19 },
  { name: 'DEALLIMIT', type: 'text', length: 19 },
  { name: 'DEALTIME', type: 'text', length: 19 },
  { name: 'ARCHIVETIME', type: 'text', length: 19 },
  { name: 'DEALDEPT', type: 'text', length: 100 },
  { name: 'DEALRESULT', type: 'text', length: 400 },
  { name: 'TASKSTATE', type: 'text', length: 20 },
  { name: 'X', type: 'text', length: 20 },
  { name: 'Y', type: 'text', length: 20 },
  { name: 'COORDSYS', type: 'text', length: 20 },
  { name: 'CHECKNO', type: 'text', length: 60 },
  { name: 'CASENO', type: 'text', length: 80 },
  { name: 'DELFLAG', type: 'text', length: 2 },
  { name: 'LASTTIME', type: 'text', length: 19 },
] as const;

type TaskRow = RecordOf<typeof COLUMNS>;

/**
 * 智慧城管: parts and events of the streets (domain §1.2 P9, §3.1), behind a REST interface that only turns pages. A task
 * that was entered twice is deleted by a mark. Inspectors and telephones stand there; nobody may ever be shown them.
 */
export function cityStore(world: World): LegacyStore {
  const table = recordTable({
    name: 'EUMS_TASK',
    columns: COLUMNS,
    primaryKey: ['ID'],
    indexes: [['TASKNUM']],
    records: () => records(world),
  });
  return { connection: 'city', access: 'rest', tables: [table] };
}

/** Events that the smart city holds. */
export function streetEvents(world: World): CountyEvent[] {
  return [...world.events].filter(({ heldBy }) => heldBy === 'city');
}

function* records(world: World): Generator<TaskRow> {
  const events = streetEvents(world);
  const followed = followedBy(world, events);
  let ID = 70_000;
  for (const [turn, event] of events.entries()) {
    const random = randomFor(world.seed, 'city.event', event.index);
    const row = writeTask(random, world, event, followed, turn);
    if (turn % 13 === 6) {
      ID += 1;
      yield { ...row, ID, TASKNUM: `${event.number}-1`, DELFLAG: turn % 2 === 0 ? '1' : 'Y' };
    }
    ID += 1;
    yield { ...row, ID };
  }
}

function writeTask(
  random: Random,
  world: World,
  event: CountyEvent,
  followed: Followed,
  turn: number,
): TaskRow {
  const { category, township, repliedAt, inspection } = event;
  const { taskKind, reportedBy } = streetDetailsOf(event);
  const reporter = itemAt(world.persons, event.index % world.persons.length);
  const changed = turn === 0 ? lastDelivery(world.today) : lastChange(event, world.today);
  return {
    ID: 0,
    TASKNUM: event.number,
    EVENTSRC: spell(REPORTERS, reportedBy, turn % 3 === 1 ? 1 + (turn % 2) : null),
    MAINTYPE: spell(MAIN_TYPES, taskKind, turn % 5 === 2 ? 1 : null),
    SUBTYPE: spell(SUBTYPES, category, turn % 3 === 2 ? 1 + (turn % 2) : null),
    EVENTDESC: event.content,
    ADDRESS: event.place,
    STREETCODE: turn % 3 === 0 ? dirtyTownship(random, township) : township,
    CELLCODE: event.grid,
    REPORTER: reporter.name,
    REPORTERTEL: reporter.phone,
    REPORTTIME: slashed(event.createdAt),
    DISPATCHTIME: slashed(event.acceptedAt),
    DEALLIMIT: slashed(event.deadline),
    DEALTIME: slashed(repliedAt),
    ARCHIVETIME: slashed(event.closedAt),
    DEALDEPT: institutionOf(event.department).name,
    DEALRESULT: repliedAt === null ? nullWord(random) : '已现场处置',
    TASKSTATE: spell(TASK_STATES, event.state, turn % 4 === 3 ? 1 + (turn % 2) : null),
    ...coordinateCells(event, turn),
    CHECKNO: copiedNumber(followed.inspections.get(inspection ?? -1) ?? null, turn),
    CASENO: copiedCaseNumber(random, followed.cases.get(event.case ?? -1), turn),
    DELFLAG: turn % 2 === 0 ? '0' : null,
    LASTTIME: slashed(changed),
  };
}

/** D8: `2026/06/30 18:30:05`, and a day of 1900 where there is none. */
function slashed(time: string | null): string {
  return time === null ? '1900/01/01 00:00:00' : time.replaceAll('-', '/');
}
