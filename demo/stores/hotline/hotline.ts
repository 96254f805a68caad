import { type Random, randomFor } from '../../random.js';
import type { Complaint, World } from '../../world/world.js';
import { lastDelivery } from '../delivery-times.js';
import { dirtyText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyStore } from '../legacy-table.js';
import { recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { type Followed, followedBy, lastChange, notAfter, targetCells, timeCell } from '../ticket-cells.js';
import { itemAt, namesOfOneVessel } from '../world-lookups.js';
import {
  SATISFACTION,
  TICKET_CATEGORIES,
  TICKET_KINDS,
  TICKET_SOURCES,
  TICKET_STATES,
} from './hotline-codes.js';
import { TICKET_COLUMNS, type TicketRow } from './hotline-columns.js';

/**
 * 12345 tickets (domain §2.9, §3.11). A ticket that was saved again has two rows: the newest of a number counts, and
 * both have the same time of entry and target. The caller's name and telephone number (`lxr`, `lxdh`) stand there as
 * in every such platform; nobody may ever be shown them.
 */
export function hotlineStore(world: World): LegacyStore {
  return {
    connection: 'hotline',
    access: 'rest',
    tables: [
      recordTable({
        name: 'gd',
        columns: TICKET_COLUMNS,
        primaryKey: ['xh'],
        indexes: [['lysj', 'xh'], ['gdbh'], ['bfydxdm']],
        records: () => records(world),
      }),
    ],
  };
}

/** What the cells of a ticket are written from, beside the ticket. */
interface Links extends Followed {
  readonly unambiguousVessels: ReadonlySet<string>;
}

function* records(world: World): Generator<TicketRow> {
  const links = {
    ...followedBy(world, world.complaints),
    unambiguousVessels: namesOfOneVessel(world.vessels),
  };
  let xh = 0;
  let turn = 0;
  for (const complaint of world.complaints) {
    const random = randomFor(world.seed, 'hotline.ticket', complaint.index);
    const row = writeTicket(random, world, complaint, links, turn);
    if (turn % 12 === 5) {
      xh += 1;
      yield { ...row, xh, ...atEntry(complaint, world.today) };
    }
    if (turn % 40 === 13) {
      xh += 1;
      yield { ...row, xh, gdbh: `CS${turn}`, sjnr: '测试工单', csbz: turn % 80 === 13 ? '1' : '测试' };
    }
    xh += 1;
    yield { ...row, xh, gxsj: turn === 0 ? lastDelivery(world.today) : lastChange(complaint, world.today) };
    turn += 1;
  }
}

function writeTicket(
  random: Random,
  world: World,
  complaint: Complaint,
  links: Links,
  turn: number,
): TicketRow {
  const { kind, source, category, township, content, department, state, satisfaction } = complaint;
  const target = targetCells(random, world, complaint, links.unambiguousVessels, turn);
  const caller = itemAt(world.persons, complaint.index % world.persons.length);
  return {
    xh: 0,
    gdbh: complaint.ticketNumber,
    lysj: complaint.createdAt,
    lyqd: spell(TICKET_SOURCES, source, turn % 5 === 2 ? 1 + (turn % 2) : null),
    sjlx: spell(TICKET_KINDS, kind, turn % 4 === 1 ? 1 : null),
    sflb: spell(TICKET_CATEGORIES, category, turn % 3 === 1 ? 1 + (turn % 2) : null),
    sjnr: turn % 14 === 6 ? dirtyText(random, content) : content,
    // D10: an islet outside GB2312; UTF-8 carries it as it is.
    fsdd: turn % 45 === 8 ? `${complaint.place}（近㟙头村）` : complaint.place,
    xzqh: turn % 4 === 3 ? dirtyTownship(random, township) : township,
    lxr: caller.name,
    lxdh: caller.phone,
    bfydx: target.name,
    bfydxdm: target.code,
    zbdw: institutionOf(department).name,
    xbdw: turn % 6 === 2 ? nullWord(random) : null,
    blqx: complaint.deadline,
    slsj: timeCell(complaint.acceptedAt, turn),
    hfsj: timeCell(complaint.repliedAt, turn),
    bjsj: timeCell(complaint.closedAt, turn + 1),
    zt: spell(TICKET_STATES, state, turn % 5 === 4 ? 1 + (turn % 2) : null),
    bljg: complaint.repliedAt === null ? null : '已核实处理并答复诉求人',
    myd:
      satisfaction === null
        ? nullWord(random)
        : spell(SATISFACTION, String(satisfaction), turn % 3 === 2 ? 1 : null),
    tdyy: state === 'REJECTED' ? '不属于本单位职责' : null,
    gljcbh: links.inspections.get(complaint.inspection ?? -1) ?? null,
    glajbh: links.cases.get(complaint.case ?? -1)?.caseCode ?? null,
    csbz: turn % 2 === 0 ? '0' : null,
    gxsj: '',
  };
}

/** How the ticket stood when it had just come in. */
function atEntry({ createdAt }: Complaint, today: string) {
  return {
    zt: '10',
    slsj: null,
    hfsj: null,
    bjsj: null,
    bljg: null,
    myd: null,
    tdyy: null,
    gljcbh: null,
    glajbh: null,
    gxsj: notAfter(lastDelivery(today), createdAt),
  };
}
