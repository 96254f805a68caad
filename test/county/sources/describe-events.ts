import { canonicalId, itemOf } from '../../../demo/oracle/canonical-id.js';
import { eventFacts } from '../../../demo/stores/testing/expect-world.js';
import { stepsOf } from '../../../demo/world/grassroots/event-steps.js';
import type { CountyEvent } from '../../../demo/world/world.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { byNumber, countOf, marksOfLoss, momentOf, readList } from './read-list.js';

interface EventNode {
  readonly number: string;
  readonly place: string;
  readonly quality: readonly string[];
}

const SELECTION = `number department source category createdAt date acceptedAt deadline repliedAt closedAt state township
  grid place content subject { id } quality`;
/** Events that are followed at once. */
const LINKED = 15;
/** An event about nobody, or about somebody whom only a name tells. */
const ABOUT_NOBODY = /^ID_(UNRESOLVED|IMPLAUSIBLE):subject$/;
/** A place in metres, or none: it is not shown. */
const NO_PLACE = /^COORDINATE_OUTSIDE:/;

/** Events of the four platforms and the smart city over REST, of the police in a file of messages. */
export function describeEvents(county: () => StoredCounty): void {
  describe('events', () => {
    let nodes: readonly EventNode[];
    let held: readonly CountyEvent[];

    beforeAll(async () => {
      nodes = await readList<EventNode>(county(), 'events', '{}', SELECTION);
      held = [...county().world.events];
    }, 60_000);

    it('come exactly once each, without trials, doubles and what was taken back, as the world knows them', () => {
      const { world } = county();
      const expected = held.map((event) => {
        const { place: _place, ...facts } = eventFacts(event);
        return {
          ...facts,
          number: event.number,
          deadline: event.heldBy === 'police' ? null : momentOf(event.deadline),
          grid: event.grid,
          subject: event.target === null ? null : { id: canonicalId(world, event.target, PERSON_KEY) },
        };
      });
      expect(byNumber(nodes.map(({ quality: _quality, place: _place, ...node }) => node))).toEqual(
        byNumber(expected),
      );
    });

    it('are read without loss', () => {
      expect(marksOfLoss(nodes).filter((mark) => !ABOUT_NOBODY.test(mark) && !NO_PLACE.test(mark))).toEqual(
        [],
      );
      expect(countOf(nodes, 'ID_REPAIRED:subject')).toBeGreaterThan(0);
      expect(nodes.some(({ place }) => place.includes('㟙'))).toBe(true);
    });

    it('come from their tickets and lead to inspections and cases, by numbers in any spelling', async () => {
      const { world } = county();
      const [tickets, inspections, cases] = [[...world.complaints], [...world.inspections], [...world.cases]];
      const some = [
        ...held.filter(({ complaint }) => complaint !== null).slice(0, LINKED),
        ...held.filter(({ inspection }) => inspection !== null).slice(-LINKED),
        ...held.filter((event) => event.case !== null).slice(-LINKED),
      ];
      const expected = [...new Set(some)].map((event) => ({
        number: event.number,
        complaint:
          event.complaint === null ? null : { number: itemOf(tickets, event.complaint).ticketNumber },
        inspection:
          event.inspection === null ? null : { number: itemOf(inspections, event.inspection).number },
        case: event.case === null ? null : { caseCode: itemOf(cases, event.case).caseCode },
      }));
      const wanted = expected.map(({ number }) => `{number: ${JSON.stringify(number)}}`).join(' ');
      const found = await readList<{ readonly number: string }>(
        county(),
        'events',
        `{or: [${wanted}]}`,
        'number complaint { number } inspection { number } case { caseCode }',
      );
      expect(byNumber(found)).toEqual(byNumber(expected));
    });

    it('of the four platforms have their steps below them, in order of time', async () => {
      const found = await readList<{ readonly number: string; readonly grassroots: unknown }>(
        county(),
        'events',
        '{source: [GRID, PATROL]}',
        'number grassroots { steps { action at } }',
      );
      const expected = held
        .filter(({ source }) => source === 'GRID' || source === 'PATROL')
        .map((event) => ({
          number: event.number,
          grassroots: { steps: stepsOf(event).map(({ action, at }) => ({ action, at: momentOf(at) })) },
        }));
      expect(expected.length).toBeGreaterThan(20);
      expect(byNumber(found)).toEqual(byNumber(expected));
    });
  });
}
