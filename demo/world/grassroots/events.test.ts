import { addDays } from '../days.js';
import { generateWorld } from '../generate-world.js';
import type { CountyEvent, World } from '../world.js';
import { stepsOf } from './event-steps.js';

const CASE_001 = 0;

/** Numbers of the events for which something holds. */
function numbersOf(world: World, fails: (event: CountyEvent) => boolean): readonly string[] {
  return [...world.events].filter(fails).map(({ number }) => number);
}

describe.each([1, 2, 3, 4, 5])('events of a tiny world, seed %i', (seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const events = [...world.events];
  const complaints = [...world.complaints];
  const inspections = [...world.inspections];
  const cases = [...world.cases];

  it('are as many as tickets, in three systems, each under a number of its own', () => {
    expect(events).toHaveLength(complaints.length);
    expect(new Set(events.map(({ number }) => number)).size).toBe(events.length);
    for (const system of ['grassroots', 'police', 'city']) {
      expect(events.filter(({ heldBy }) => heldBy === system).length).toBeGreaterThan(10);
    }
  });

  it('run forward in time, none later than today', () => {
    expect(
      numbersOf(world, (event) => {
        const steps = stepsOf(event).map(({ at }) => at);
        const moments = [event.createdAt, event.acceptedAt, event.repliedAt, event.closedAt];
        const all = moments.filter((moment) => moment !== null);
        const isSorted = [all, steps].every((each) =>
          each.every((at, place) => at >= (each[place - 1] ?? '')),
        );
        return !isSorted || [...all, ...steps].some((at) => at.slice(0, 10) > world.today);
      }),
    ).toEqual([]);
  });

  it('follow the ticket that they came from, within the hour, to where it led', () => {
    const born = events.filter(({ complaint }) => complaint !== null);
    expect(new Set(born.map(({ complaint }) => complaint)).size).toBe(born.length);
    expect(born.length).toBeGreaterThan(10);
    for (const { complaint, createdAt, source, township, department, target, ...event } of born) {
      const ticket = complaints[complaint ?? -1];
      expect(createdAt.slice(0, 10)).toBe(ticket?.createdAt.slice(0, 10));
      expect(createdAt > (ticket?.createdAt ?? '9')).toBe(true);
      expect({ source, township, department, target }).toEqual({
        source: 'HOTLINE_12345',
        township: ticket?.township,
        department: ticket?.department,
        target: ticket?.target,
      });
      expect([event.inspection, event.case]).toEqual([ticket?.inspection, ticket?.case]);
    }
  });

  it('lead to inspections and cases of their department, never to earlier ones', () => {
    const led = events.filter((event) => event.inspection !== null);
    expect(new Set(led.map(({ heldBy }) => heldBy))).toEqual(new Set(['grassroots', 'city']));
    for (const { inspection, case: filed, createdAt, department } of led) {
      const found = inspections[inspection ?? -1];
      expect(found?.department).toBe(department);
      expect(createdAt < `${found?.date} ${found?.time}`).toBe(true);
      expect(filed).toBe(found?.case);
    }
    for (const { case: filed, createdAt } of events) {
      if (filed !== null) expect(createdAt.slice(0, 10) <= (cases[filed]?.filedAt ?? '')).toBe(true);
    }
  });

  it('of the four platforms go on to the day before today', () => {
    const days = events
      .filter(({ heldBy }) => heldBy === 'grassroots')
      .map(({ createdAt }) => createdAt.slice(0, 10));
    expect(days.some((day) => day >= addDays(world.today, -1))).toBe(true);
  });

  it('lead from a ticket to the first decision of the year', () => {
    const [event] = events.filter(({ complaint, case: led }) => complaint !== null && led === CASE_001);
    expect(complaints[event?.complaint ?? -1]?.case).toBe(CASE_001);
    expect(inspections[event?.inspection ?? -1]?.case).toBe(CASE_001);
    expect(cases[CASE_001]?.decisionNo).toMatch(/^嵊综执罚决字〔\d{4}〕第001号$/);
  });
});

it('events of a county are of every category, and of every source but letters', () => {
  const events = [...generateWorld({ seed: 5, size: 'county' }).events];
  expect(new Set(events.map(({ category }) => category)).size).toBe(12);
  expect(new Set(events.map(({ source }) => source)).size).toBe(8);
  expect(new Set(events.map(({ state }) => state)).size).toBeGreaterThan(6);
  expect(events.some(({ grid }) => grid?.includes('H'))).toBe(true);
});
