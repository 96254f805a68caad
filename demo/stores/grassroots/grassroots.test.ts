import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { generateWorld } from '../../world/generate-world.js';
import { stepsOf } from '../../world/grassroots/event-steps.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { type DecodedRow, decodedRows, refsOfSubject, textOf } from '../testing/decoded-rows.js';
import { eventFacts, rowFacts, withoutPersonalNumbers } from '../testing/expect-world.js';
import { cellsTooLong, namedRows } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { platformEvents } from './events.js';
import { grassrootsStore } from './grassroots.js';

const sameNumber = (value: unknown): unknown =>
  typeof value === 'string' ? normaliseDocumentNumber(value) : value;

const counties = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = grassrootsStore(world);
  const rows = decodedRows(store, 'grassroots/event.yaml', 'sj');
  const steps = decodedRows(store, 'grassroots/event-step.yaml', 'sjlc');
  return { seed, world, store, rows, steps };
});

describe.each(counties)(
  'grassrootsStore() after the mappings, seed $seed',
  ({ world, store, rows, steps }) => {
    const events = platformEvents(world);
    const known = new Map(rows.map((row) => [textOf(row, 'sjbh'), row]));
    const rowOf = (number: string): DecodedRow => {
      const row = known.get(number);
      if (row === undefined) throw new Error(`no row of ${number}`);
      return row;
    };

    it('holds every event exactly once, as the world knows it', () => {
      expect([...known.keys()].sort()).toEqual(events.map(({ number }) => number).sort());
      expect(rows).toHaveLength(events.length);
      for (const event of events) {
        const { number, grid } = event;
        const deadline = `${event.deadline.replace(' ', 'T')}+08:00`;
        const facts = {
          ...eventFacts(event),
          number,
          grid,
          deadline,
          handler: institutionOf(event.department).name,
        };
        expect(rowFacts(rowOf(number), facts)).toEqual(facts);
      }
    });

    it('names the target of every event that has one, and nobody else', () => {
      for (const { number, target } of events) {
        const { subject } = rowOf(number);
        if (target === null) expect(subject).toBeNull();
        else expect(refsOfSubject(world, target)).toContain(subject);
      }
    });

    it('copies the numbers of tickets, inspections and cases, however they are spelled', () => {
      const [tickets, inspections, cases] = [[...world.complaints], [...world.inspections], [...world.cases]];
      for (const { number, complaint, inspection, case: led } of events) {
        const { values } = rowOf(number);
        const [ticket, found, filed] = ['complaintNumber', 'inspectionNumber', 'caseNumber'].map((name) =>
          sameNumber(values.get(name)),
        );
        expect(ticket).toBe(complaint === null ? null : itemAt(tickets, complaint).ticketNumber);
        expect(found).toBe(inspection === null ? null : itemAt(inspections, inspection).number);
        if (led === null) expect(filed).toBeNull();
        else {
          const { caseCode, decisionNo } = itemAt(cases, led);
          expect([caseCode, sameNumber(decisionNo)]).toContain(filed);
        }
      }
    });

    it('holds every step of every event, in order of time', () => {
      const told = new Map<string, unknown[]>();
      for (const row of steps) {
        const of = told.get(textOf(row, 'sjbh')) ?? [];
        told.set(textOf(row, 'sjbh'), [...of, [row.values.get('action'), row.values.get('at')]]);
      }
      expect(Object.fromEntries(told)).toEqual(
        Object.fromEntries(
          events.map((event) => [
            event.number,
            stepsOf(event).map(({ action, at }) => [action, `${at.replace(' ', 'T')}+08:00`]),
          ]),
        ),
      );
    });

    it('shows no telephone in a remark', () => {
      const remarks = steps.map((row) => [textOf(row, 'czyj'), row.values.get('remark')]);
      const phoned = remarks.filter(([typed]) => /\d{11}/.test(String(typed)));
      expect(phoned.length).toBeGreaterThan(0);
      for (const [typed, shown] of phoned) expect(shown).toBe(withoutPersonalNumbers(String(typed)));
    });

    it('gives both rows of an event the same report and target, by which they are asked for', () => {
      const asked = new Map<unknown, Set<string>>();
      const all = namedRows(store, 'sj');
      for (const row of all) {
        const number = row.get('sjbh');
        asked.set(number, (asked.get(number) ?? new Set()).add(`${row.get('sbsj')} ${row.get('sxdxdm')}`));
      }
      expect([...asked.values()].every(({ size }) => size === 1)).toBe(true);
      expect(all.length).toBeGreaterThan(asked.size);
    });

    it('fits its columns', () => {
      expect(cellsTooLong(store)).toEqual([]);
    });
  },
);

describe('defects of the four platforms', () => {
  const rows = counties.flatMap((county) => county.rows);
  it.each<[string, (row: DecodedRow) => boolean]>([
    ['D1 a target by its old number', (row) => /^\d{15}$/.test(textOf(row, 'sxdxdm'))],
    ['D2 D3 a target as typed', (row) => /[a-z０-９：()（]/.test(textOf(row, 'sxdxdm'))],
    ['D4 words for nothing', (row) => row.quality.includes('NULL_WORD:complaintNumber')],
    ['a target by its name alone', (row) => row.subject === null && row.values.get('targetName') !== null],
    ['D8 0000-00-00', (row) => textOf(row, 'bjsj').startsWith('0000')],
    ['D11 a grid with a blank', (row) => textOf(row, 'wgbm').startsWith(' ')],
    ['D16 categories in words', (row) => /^[^0-9]+$/.test(textOf(row, 'sjlb'))],
    ['D18 township in words', (row) => /[乡镇]/.test(textOf(row, 'ssxz'))],
    ['a ticket in wide digits', (row) => /[０-９]/.test(textOf(row, 'lygdh'))],
    ['an inspection in groups', (row) => textOf(row, 'jcbh').includes(' ')],
    ['a case by its decision', (row) => /罚/.test(textOf(row, 'ajbh'))],
    ['a case by its code', (row) => /^1133/.test(textOf(row, 'ajbh'))],
  ])('%s', (_name, claim) => {
    expect(rows.filter(claim).length).toBeGreaterThan(0);
  });
});
