import type { CountyEvent, World } from '../world/world.js';
import { itemOf } from './canonical-id.js';
import {
  type CaseFacts,
  type ComplaintFacts,
  caseFacts,
  complaintFacts,
  type InspectionRecord,
  inspectionRecord,
  type OracleOptions,
} from './records.js';

interface EventFacts {
  readonly number: string;
  readonly department: string;
  readonly source: string;
  readonly category: string;
  readonly state: string;
  readonly township: string;
  /** ISO 8601 at +08:00. */
  readonly createdAt: string;
}

/** What a report led to; null from where it led no further. */
interface ClosedLoop {
  readonly complaint: ComplaintFacts | null;
  readonly event: EventFacts | null;
  readonly inspection: InspectionRecord | null;
  readonly case: CaseFacts | null;
}

/** From a 12345 ticket through its event to the inspection, the case and its decision. Null for no ticket's number. */
export function loopOfTicket(world: World, ticketNumber: string, options: OracleOptions): ClosedLoop | null {
  const ticket = [...world.complaints].find((each) => each.ticketNumber === ticketNumber);
  if (ticket === undefined) return null;
  const event = [...world.events].find(({ complaint }) => complaint === ticket.index) ?? null;
  const [inspections, cases] = [[...world.inspections], [...world.cases]];
  const { inspection, case: led } = ticket;
  return {
    complaint: complaintFacts(ticket, inspections, cases),
    event: event === null ? null : eventFacts(event),
    inspection:
      inspection === null ? null : inspectionRecord(world, itemOf(inspections, inspection), options),
    case: led === null ? null : caseFacts(world, itemOf(cases, led), inspections, options),
  };
}

/** The other way round: every event that led to a case, and the ticket that each came from, by their numbers. */
export function originsOfCase(
  world: World,
  caseCode: string,
): readonly { readonly event: string; readonly ticket: string | null }[] {
  const index = [...world.cases].findIndex((each) => each.caseCode === caseCode);
  const tickets = [...world.complaints];
  return [...world.events]
    .filter((event) => event.case === index)
    .map(({ number, complaint }) => ({
      event: number,
      ticket: complaint === null ? null : itemOf(tickets, complaint).ticketNumber,
    }));
}

function eventFacts({
  number,
  department,
  source,
  category,
  state,
  township,
  createdAt,
}: CountyEvent): EventFacts {
  return {
    ...{ number, department, source, category, state, township },
    createdAt: `${createdAt.replace(' ', 'T')}+08:00`,
  };
}
