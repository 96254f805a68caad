import { type Random, randomFor } from '../../random.js';
import type { CountyEvent, World } from '../../world/world.js';
import { lastDelivery } from '../delivery-times.js';
import { dirtyText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { copiedCaseNumber, copiedNumber } from '../number-cells.js';
import { recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { type Followed, followedBy, lastChange, notAfter, targetCells, timeCell } from '../ticket-cells.js';
import { itemAt, namesOfOneVessel } from '../world-lookups.js';
import { EVENT_CATEGORIES, EVENT_SOURCES, EVENT_STATES } from './grassroots-codes.js';
import { EVENT_COLUMNS, type EventRow } from './grassroots-columns.js';

/** What the cells of an event are written from, beside the event. */
interface Links extends Followed {
  /** Numbers of tickets, by index. */
  readonly tickets: ReadonlyMap<number, string>;
  readonly unambiguousVessels: ReadonlySet<string>;
}

/** `sj`: events; one that was saved again has two rows with the same time of report and target, the newest counts. */
export function eventTable(world: World): LegacyTable {
  return recordTable({
    name: 'sj',
    columns: EVENT_COLUMNS,
    primaryKey: ['xh'],
    indexes: [['sbsj', 'xh'], ['sjbh'], ['sxdxdm']],
    records: () => records(world),
  });
}

/** Events that the four platforms hold. */
export function platformEvents(world: World): CountyEvent[] {
  return [...world.events].filter(({ heldBy }) => heldBy === 'grassroots');
}

function* records(world: World): Generator<EventRow> {
  const events = platformEvents(world);
  const links: Links = {
    ...followedBy(world, events),
    tickets: ticketsOf(world, events),
    unambiguousVessels: namesOfOneVessel(world.vessels),
  };
  let xh = 0;
  for (const [turn, event] of events.entries()) {
    const random = randomFor(world.seed, 'grassroots.event', event.index);
    const row = writeEvent(random, world, event, links, turn);
    if (turn % 9 === 4) {
      xh += 1;
      yield { ...row, xh, ...atReport(event, world.today) };
    }
    if (turn % 30 === 11) {
      xh += 1;
      yield { ...row, xh, sjbh: `TEST${turn}`, sjms: '测试事件，请忽略', csbz: turn % 60 === 11 ? '1' : 'Y' };
    }
    xh += 1;
    yield { ...row, xh, gxsj: turn === 0 ? lastDelivery(world.today) : lastChange(event, world.today) };
  }
}

function ticketsOf(world: World, events: readonly CountyEvent[]): ReadonlyMap<number, string> {
  const wanted = new Set(events.map(({ complaint }) => complaint));
  const tickets = new Map<number, string>();
  for (const { index, ticketNumber } of world.complaints) {
    if (wanted.has(index)) tickets.set(index, ticketNumber);
  }
  return tickets;
}

function writeEvent(random: Random, world: World, event: CountyEvent, links: Links, turn: number): EventRow {
  const { source, category, state, township, content, place } = event;
  const reporter = itemAt(world.persons, event.index % world.persons.length);
  const worker = itemAt(world.persons, (3 * event.index + 1) % world.persons.length);
  const target = targetCells(random, world, event, links.unambiguousVessels, turn);
  return {
    xh: 0,
    sjbh: event.number,
    sjly: spell(EVENT_SOURCES, source, turn % 4 === 2 ? 1 + (turn % 3) : null),
    sjlb: spell(EVENT_CATEGORIES, category, turn % 3 === 1 ? 1 + (turn % 2) : null),
    sjms: turn % 12 === 5 ? dirtyText(random, content) : content,
    fsdd: place,
    ssxz: turn % 4 === 3 ? dirtyTownship(random, township) : township,
    wgbm: turn % 7 === 3 ? ` ${event.grid}` : event.grid,
    wgy: worker.name,
    sbr: reporter.name,
    sbrdh: reporter.phone,
    sxdx: target.name,
    sxdxdm: target.code,
    czbm: institutionOf(event.department).name,
    sbsj: event.createdAt,
    slsj: timeCell(event.acceptedAt, turn),
    czsx: event.deadline,
    fksj: timeCell(event.repliedAt, turn),
    bjsj: timeCell(event.closedAt, turn + 1),
    sjzt: spell(EVENT_STATES, state, turn % 5 === 4 ? 1 + (turn % 2) : null),
    lygdh: copiedNumber(links.tickets.get(event.complaint ?? -1) ?? null, turn) ?? numberWord(random, turn),
    jcbh: copiedNumber(links.inspections.get(event.inspection ?? -1) ?? null, turn + 1),
    ajbh: copiedCaseNumber(random, links.cases.get(event.case ?? -1), turn) ?? numberWord(random, turn + 2),
    csbz: turn % 2 === 0 ? '0' : null,
    gxsj: '',
  };
}

/** D4: words where there is no number. */
function numberWord(random: Random, turn: number): string | null {
  return turn % 4 === 0 ? nullWord(random) : null;
}

/** How the event stood when it had just been reported. */
function atReport({ createdAt }: CountyEvent, today: string) {
  const nothing = { slsj: null, fksj: null, bjsj: null, jcbh: null, ajbh: null };
  return { ...nothing, sjzt: '01', gxsj: notAfter(lastDelivery(today), createdAt) };
}
