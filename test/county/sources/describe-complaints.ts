import { canonicalId, itemOf } from '../../../demo/oracle/canonical-id.js';
import { institutionOf } from '../../../demo/stores/supervision/supervision-institutions.js';
import { withoutPersonalNumbers } from '../../../demo/stores/testing/expect-world.js';
import type { Complaint } from '../../../demo/world/world.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { byNumber, countOf, marksOfLoss, momentOf, readList } from './read-list.js';

interface ComplaintNode {
  readonly number: string;
  readonly place: string;
  readonly targetName: string | null;
  readonly quality: readonly string[];
  readonly hotline: { readonly handler: string };
}

const SELECTION = `number department kind source category createdAt date acceptedAt deadline repliedAt closedAt state
  satisfaction township place content targetName subject { id } quality hotline { handler }`;
/** Tickets that are followed at once. */
const LINKED = 12;
/** A ticket about nobody, or about somebody whom only a name tells. */
const ABOUT_NOBODY = /^ID_(UNRESOLVED|IMPLAUSIBLE):subject$/;

/** 12345 tickets, over paged REST. */
export function describeComplaints(county: () => StoredCounty): void {
  describe('tickets of the hotline', () => {
    let nodes: readonly ComplaintNode[];
    let held: readonly Complaint[];

    beforeAll(async () => {
      nodes = await readList<ComplaintNode>(county(), 'complaints', '{}', SELECTION);
      held = [...county().world.complaints];
    }, 60_000);

    it('come exactly once each, without the trials, as the world knows them', () => {
      const { world } = county();
      const expected = held.map((ticket) => ({
        number: ticket.ticketNumber,
        department: ticket.department,
        kind: ticket.kind,
        source: ticket.source,
        category: ticket.category,
        createdAt: momentOf(ticket.createdAt),
        date: ticket.createdAt.slice(0, 10),
        acceptedAt: momentOf(ticket.acceptedAt),
        deadline: momentOf(ticket.deadline),
        repliedAt: momentOf(ticket.repliedAt),
        closedAt: momentOf(ticket.closedAt),
        state: ticket.state,
        satisfaction: ticket.satisfaction,
        township: ticket.township,
        content: withoutPersonalNumbers(ticket.content),
        subject: ticket.target === null ? null : { id: canonicalId(world, ticket.target, PERSON_KEY) },
        hotline: { handler: institutionOf(ticket.department).name },
      }));
      expect(
        byNumber(nodes.map(({ quality: _quality, place: _place, targetName: _targetName, ...node }) => node)),
      ).toEqual(byNumber(expected));
    });

    it('say where and about whom in their own words', () => {
      const known = new Map(nodes.map((node) => [node.number, node]));
      for (const { ticketNumber, place, target, targetName } of held) {
        const node = known.get(ticketNumber);
        expect(node?.place.replace('（近㟙头村）', '')).toBe(place);
        if (target?.kind !== 'vessel') expect(node?.targetName).toBe(targetName);
      }
      expect(nodes.some(({ place }) => place.includes('㟙'))).toBe(true);
    });

    it('are read without loss, codes repaired and counted', () => {
      expect(marksOfLoss(nodes).filter((mark) => !ABOUT_NOBODY.test(mark))).toEqual([]);
      expect(countOf(nodes, 'ID_REPAIRED:subject')).toBeGreaterThan(0);
      expect(countOf(nodes, 'NULL_WORD:closedAt')).toBeGreaterThan(0);
    });

    it('lead to the inspections and cases that followed, and to nothing else', async () => {
      const { world } = county();
      const [inspections, cases] = [[...world.inspections], [...world.cases]];
      const some = [
        ...held.filter(({ inspection }) => inspection !== null).slice(0, LINKED),
        ...held.filter((ticket) => ticket.case !== null).slice(0, LINKED),
        ...held.filter((ticket) => ticket.inspection === null && ticket.case === null).slice(0, LINKED),
      ];
      const expected = [...new Set(some)].map(({ ticketNumber, inspection, case: led }) => ({
        number: ticketNumber,
        inspection: inspection === null ? null : { number: itemOf(inspections, inspection).number },
        case: led === null ? null : { caseCode: itemOf(cases, led).caseCode },
      }));
      const wanted = expected.map(({ number }) => `{number: ${JSON.stringify(number)}}`).join(' ');
      const found = await readList<{ readonly number: string }>(
        county(),
        'complaints',
        `{or: [${wanted}]}`,
        'number inspection { number } case { caseCode }',
      );
      expect(byNumber(found)).toEqual(byNumber(expected));
    });
  });
}
