import { canonicalId, itemOf } from '../../../demo/oracle/canonical-id.js';
import { inspectionRecord } from '../../../demo/oracle/records.js';
import type { Inspection } from '../../../demo/world/world.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { byNumber, countOf, marksOfLoss, readList } from './read-list.js';

interface CheckNode {
  readonly number: string;
  readonly subject: { readonly id: string } | null;
  readonly results: readonly string[];
  readonly disposals: readonly string[] | null;
  readonly officers: readonly string[];
  readonly certNos: readonly string[];
  readonly quality: readonly string[];
}

const IS_OURS = '{interface: ["health.inspection"]}';
const SELECTION = `number department date checkedAt kind results disposals itemCode township jointCheck
  officers certNos subject { id } quality`;
/** Numbers that are asked for at once. */
const LINKED = 10;
/** Who trades without any permit has no number, and a code that is in no list says nothing (D16). */
const UNRECOVERABLE = /^(ID_(UNRESOLVED|IMPLAUSIBLE):subject|CODE_UNKNOWN:results?)$/;

/** Checks of the health supervision office, over SOAP in GBK. */
export function describeHealthChecks(county: () => StoredCounty): void {
  describe('checks of the health department', () => {
    let nodes: readonly CheckNode[];
    let held: readonly Inspection[];

    beforeAll(async () => {
      nodes = await readList<CheckNode>(county(), 'inspections', IS_OURS, SELECTION);
      held = [...county().world.inspections].filter(({ heldBy }) => heldBy === 'health');
    }, 60_000);

    it('come exactly once each, without the deleted and the trials, as the world knows them', () => {
      const { world } = county();
      expect(held.length).toBeGreaterThan(50);
      const expected = held.map((check) => {
        const { number, department, date, kind, results, subject } = inspectionRecord(world, check, {
          personKey: PERSON_KEY,
        });
        return {
          ...{ number, department, date, kind, results },
          subject: subject === null ? null : { id: subject },
          checkedAt: `${date}T${check.time}+08:00`,
          disposals: check.disposals,
          itemCode: check.itemCode,
          township: check.township,
          jointCheck: check.jointCheck,
          officers: check.officers.map((officer) => itemOf(world.officers, officer).name),
        };
      });
      expect(
        byNumber(
          nodes.map(({ quality: _quality, certNos: _certNos, ...node }) => ({
            ...node,
            disposals: node.disposals ?? [],
          })),
        ),
      ).toEqual(byNumber(expected));
    });

    it('pair names and certificate numbers by place, also where one was not entered', () => {
      const { world } = county();
      const known = new Map(nodes.map((node) => [node.number, node]));
      let empty = 0;
      for (const { number, officers } of held) {
        const certNos = known.get(number)?.certNos ?? [];
        expect(certNos).toHaveLength(officers.length);
        for (const [place, officer] of officers.entries()) {
          if (certNos[place] === '') empty += 1;
          else expect(certNos[place]).toBe(itemOf(world.officers, officer).certNo);
        }
      }
      expect(empty).toBeGreaterThan(0);
    });

    it('are read without loss, codes repaired and counted', () => {
      const strange = held.filter(({ unknownResult }) => unknownResult !== null).length;
      expect(countOf(nodes, 'CODE_UNKNOWN:result')).toBe(strange);
      expect(marksOfLoss(nodes).filter((mark) => !UNRECOVERABLE.test(mark))).toEqual([]);
      expect(countOf(nodes, 'ID_REPAIRED:subject')).toBeGreaterThan(0);
      expect(nodes.some(({ subject }) => subject?.id.startsWith('person:') === true)).toBe(true);
    });

    it('lead to the cases that followed', async () => {
      const { world } = county();
      const cases = [...world.cases];
      const followed = held.flatMap(({ number, case: led }) =>
        led === null ? [] : [{ number, case: { caseCode: itemOf(cases, led).caseCode } }],
      );
      expect(followed).not.toHaveLength(0);
      const expected = followed.slice(0, LINKED);
      const wanted = expected.map(({ number }) => `{number: ${JSON.stringify(number)}}`).join(' ');
      const where = `{and: [${IS_OURS}, {or: [${wanted}]}]}`;
      const found = await readList<{ readonly number: string }>(
        county(),
        'inspections',
        where,
        'number case { caseCode }',
      );
      expect(byNumber(found)).toEqual(byNumber(expected));
    });

    it('are about the subject that they name', async () => {
      const [check] = held.filter(({ subject }) => subject?.kind === 'person');
      if (check?.subject === undefined || check.subject === null) throw new Error('no check of a person');
      const id = canonicalId(county().world, check.subject, PERSON_KEY);
      const { data } = await county().ask(
        `query ($id: ID) { subject(by: {id: $id}) { inspections(where: ${IS_OURS}) { nodes { number } } } }`,
        { id },
      );
      expect(data).toMatchObject({
        subject: { inspections: { nodes: expect.arrayContaining([{ number: check.number }]) } },
      });
    });
  });
}
