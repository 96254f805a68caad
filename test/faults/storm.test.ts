import { z } from 'zod';
import { addDays } from '../../demo/world/days.js';
import type { TestCounty } from '../county/open-test-county.js';
import { type DemoSystems, openDemoSystems } from '../county/stored-county.js';
import { withChangedCounty } from './changed-county.js';

jest.setTimeout(240_000);

const QUERIES = 300;
const BUDGET_MS = 60_000;
const DAY = `query($day: Date!) {
  complaints(where: { date: { from: $day, to: $day } }, first: 5) {
    nodes { number }
    coverage { state reason }
  }
}`;
const TICKETS = 'subgraphs/departments/hotline/ticket.yaml';
/** A busy machine answers 500 late, but it does. */
const withPatience = (text: string): string => text.replace('timeout: 3s', 'timeout: 50s');
const withoutBreaker = (text: string): string =>
  withPatience(text).replace(/^limits: \{/m, 'limits: { breaker: false,');

let systems: DemoSystems;

beforeAll(async () => {
  systems = await openDemoSystems({ seed: 1, size: 'tiny' });
  await systems.servers.get('hotline')?.inject({ status: 500 });
});

afterAll(async () => {
  await systems?.close();
});

const answer = z.object({
  complaints: z.object({
    nodes: z.array(z.never()),
    coverage: z.tuple([z.object({ state: z.literal('MISSING'), reason: z.string() })]),
  }),
});

/** Asks for a day each, so that no two queries share a call: every one makes one. */
async function askAtOnce(
  county: TestCounty,
): Promise<{ readonly sent: number; readonly reasons: readonly string[] }> {
  const received = (): number => systems.servers.get('hotline')?.requests().total ?? 0;
  const before = received();
  const days = Array.from({ length: QUERIES }, (_, back) => addDays(systems.world.today, -back));
  const answers = await Promise.all(days.map((day) => county.ask(DAY, { day }, BUDGET_MS)));
  const reasons = answers.map(({ data }) => answer.parse(data).complaints.coverage[0].reason);
  return { sent: received() - before, reasons };
}

describe('300 queries while their system answers 500 to everything', () => {
  it('cause at most 1.1 times the calls, even where nothing pauses them', () =>
    withChangedCounty(systems, new Map([[TICKETS, withoutBreaker]]), async (county) => {
      const { sent, reasons } = await askAtOnce(county);
      expect(reasons.filter((reason) => !reason.startsWith('SOURCE_UNAVAILABLE: '))).toEqual([]);
      expect(sent).toBeGreaterThanOrEqual(QUERIES);
      expect(sent).toBeLessThanOrEqual(QUERIES * 1.1);
    }));

  it('cause a handful of calls by the limits of the mapping, and the others are told of the pause', () =>
    withChangedCounty(systems, new Map([[TICKETS, withPatience]]), async (county) => {
      const { sent, reasons } = await askAtOnce(county);
      expect(sent).toBeLessThanOrEqual(20);
      expect(reasons.filter((reason) => !reason.startsWith('SOURCE_UNAVAILABLE: '))).toEqual([]);
      const paused = reasons.filter((reason) => reason.includes('暂停调用至'));
      expect(paused.length).toBeGreaterThanOrEqual(QUERIES - 20);
    }));
});
