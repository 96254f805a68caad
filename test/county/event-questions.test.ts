import { loopOfTicket, originsOfCase } from '../../demo/oracle/closed-loop.js';
import { heatMap } from '../../demo/oracle/q24-heat-map.js';
import { normaliseDocumentNumber } from '../../subgraphs/values/texts/document-number.js';
import { atDepth } from '../deep.js';
import type { Answers, LoopNode } from './answers.js';
import { exampleQuery } from './ask.js';
import { PERSON_KEY } from './open-test-county.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';

/** Of these, three are made for other suites of a run anyhow. */
const SEEDS = atDepth([1], [1, 2, 3, 4, 6]);
const DECISION_001 = '嵊综执罚决字〔2026〕第001号';
/** Tickets that are followed of each sort. */
const FOLLOWED = 3;
const options = { personKey: PERSON_KEY };

const sameNumber = (number: string | null | undefined): string | null =>
  number === null || number === undefined ? null : normaliseDocumentNumber(number);
const sorted = (list: readonly unknown[]): readonly string[] =>
  list.map((each) => JSON.stringify(each)).sort();

/** The facts of a case that the oracle tells, as the example selects them. */
function outcome(found: NonNullable<LoopNode['event']>['case']) {
  if (found === null) return null;
  const { payments, creditRecords, decisionNo, ...facts } = found;
  return {
    ...facts,
    decisionNo: sameNumber(decisionNo),
    payments: sorted(payments),
    creditRecords: sorted(creditRecords),
  };
}

describe.each(SEEDS)('questions about events, seed %i,', (seed) => {
  let county: StoredCounty;

  beforeAll(async () => {
    county = await openSqliteCounty({ seed, size: 'tiny' });
  }, 120_000);
  afterAll(async () => {
    await county?.close();
  });

  async function ask<Name extends keyof Answers>(
    name: Name,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<Answers[Name]> {
    const { data, errors } = await county.ask(exampleQuery(name), variables);
    expect(errors).toBeUndefined();
    return data as unknown as Answers[Name];
  }

  it('24: a heat map of events by township and grid, and of tickets by township, with the squads', async () => {
    const period = { from: '2025-01-01', to: '2026-06-30' };
    const expected = heatMap(county.world, period);
    expect(expected.events.some(({ key: [, grid] }) => grid?.includes('H'))).toBe(true);
    const { eventStats, complaintStats, teams } = await ask('q24-heat-map', period);
    expect(sorted(eventStats.buckets)).toEqual(sorted(expected.events));
    expect(sorted(complaintStats.buckets)).toEqual(sorted(expected.complaints));
    expect(sorted(teams.nodes)).toEqual(sorted(expected.squads));
  });

  /** The tickets that matter: to the first decision, to a case without inspection, to nothing, without event. */
  function ticketsToFollow(): readonly string[] {
    const { world } = county;
    const events = new Set([...world.events].map(({ complaint }) => complaint));
    const tickets = [...world.complaints];
    const bornOf = tickets.filter(({ index }) => events.has(index));
    const sorts = [
      bornOf.filter((ticket) => ticket.case !== null),
      bornOf.filter((ticket) => ticket.inspection !== null && ticket.case === null),
      bornOf.filter((ticket) => ticket.inspection === null && ticket.case === null),
      tickets.filter(({ index }) => !events.has(index)),
    ];
    expect(sorts.map((sort) => sort.length > 0)).toEqual([true, true, true, true]);
    return sorts.flatMap((sort) => sort.slice(0, FOLLOWED).map(({ ticketNumber }) => ticketNumber));
  }

  it('closed loop: from a ticket to the event, the inspection, the case and its decision', async () => {
    const decisions: (string | null)[] = [];
    const known: unknown[] = [];
    for (const number of ticketsToFollow()) {
      const expected = loopOfTicket(county.world, number, options);
      const { complaints } = await ask('closed-loop-from-ticket', { number });
      expect(complaints.totalCount).toBe(1);
      const [node] = complaints.nodes;
      if (node === undefined || expected === null) throw new Error(`no ticket ${number}`);
      const { event, inspection, case: led, number: ticketNumber, ...facts } = node;
      expect({
        ...facts,
        ticketNumber,
        inspection: inspection?.number ?? null,
        case: led?.caseCode ?? null,
      }).toEqual(expected.complaint);
      expectEvent(event, expected);
      decisions.push(sameNumber(event?.case?.decisionNo));
      known.push(...expected.payments, ...expected.creditRecords);
    }
    expect(known.length).toBeGreaterThan(0);
    expect(decisions).toContain(sameNumber(DECISION_001));
  });

  function expectEvent(event: LoopNode['event'], expected: NonNullable<ReturnType<typeof loopOfTicket>>) {
    if (event === null || expected.event === null) {
      expect([event, expected.event]).toEqual([null, null]);
      return;
    }
    const { grassroots, inspection, case: led, ...facts } = event;
    expect(facts).toEqual(expected.event);
    const times = grassroots.steps.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    expect(times.length).toBeGreaterThan(0);
    const { case: filed } = expected;
    const selected = filed && {
      ...{ department: filed.department, caseCode: filed.caseCode, stage: filed.stage },
      ...{ filedAt: filed.filedAt, decidedAt: filed.decidedAt, fine: filed.fine, paid: filed.paid },
      ...{ publication: filed.publication, publishedAt: filed.publishedAt },
      decisionNo: sameNumber(filed.decisionNo),
      payments: sorted(expected.payments),
      creditRecords: sorted(expected.creditRecords),
    };
    expect(outcome(led)).toEqual(selected);
    if (inspection === null || expected.inspection === null) {
      expect([inspection, expected.inspection]).toEqual([null, null]);
      return;
    }
    const { case: after, ...check } = inspection;
    const { subject: _subject, ...known } = expected.inspection;
    expect(check).toEqual(known);
    expect(outcome(after)).toEqual(selected);
  }

  it('closed loop: from the decision back to a ticket', async () => {
    const { cases } = await ask('closed-loop-from-decision', { decisionNo: DECISION_001 });
    expect(cases.totalCount).toBe(1);
    const [found] = cases.nodes;
    const origins = originsOfCase(county.world, found?.caseCode ?? '');
    const { number = '', complaint = null } = found?.event ?? {};
    expect(origins).toContainEqual({ event: number, ticket: complaint?.number ?? null });
    if (complaint !== null) expect(complaint.event.number).toBe(number);
  });
});
