import type { FieldValue } from '../../../subgraphs/kinds/field-value.js';
import { atDepth } from '../../../test/deep.js';
import { generateWorld } from '../../world/generate-world.js';
import type { Inspection, PenaltyCase, SubjectPointer, World } from '../../world/world.js';
import { caseCodesByInspection, inspectionNumbersByCase } from '../cases/case-links.js';
import { casesStore } from '../cases/cases.js';
import { type DecodedRow, decodedRows, personRef } from '../testing/decoded-rows.js';
import { supervisionStore } from './supervision.js';

const names = (world: World, officers: readonly number[]) =>
  officers.map((index) => world.officers[index]?.name);
const orNull = (list: readonly string[]) => (list.length === 0 ? null : list);
const pick = (
  row: DecodedRow | undefined,
  fields: readonly string[],
): Record<string, FieldValue | undefined> =>
  Object.fromEntries(fields.map((field) => [field, row?.values.get(field)]));

/** Every ref by which a row may rightly name a subject. */
function refsOf(world: World, subject: SubjectPointer | null): readonly (string | null | undefined)[] {
  if (subject === null) return [null];
  switch (subject.kind) {
    case 'organisation': {
      const { uscc, regNo } = world.organisations[subject.index] ?? {};
      return [`uscc:${uscc}`, `regno:${regNo}`];
    }
    case 'person':
      return [personRef(world.persons[subject.index]?.idNo ?? '')];
    case 'vessel': {
      const { vesselCode, name } = world.vessels[subject.index] ?? {};
      return [`vessel:${vesselCode}`, `vesselname:${name}`];
    }
  }
}

function inspectionFacts(world: World, inspection: Inspection, caseCodes: ReadonlyMap<number, string>) {
  const { department, number, date, time, kind, results, unknownResult, jointCheck, itemCode, township } =
    inspection;
  return {
    department,
    number,
    date,
    checkedAt: `${date}T${time}+08:00`,
    kind,
    results: unknownResult === null ? results : ['UNKNOWN'],
    disposals: orNull(inspection.disposals),
    officers: names(world, inspection.officers),
    itemCode,
    township,
    jointCheck,
    caseNumber: caseCodes.get(inspection.index) ?? null,
    checkForm: ['SPECIAL', 'DIRECTED'].includes(kind) ? 'SPECIAL' : 'ROUTINE',
  };
}

function caseFacts(world: World, penaltyCase: PenaltyCase, numbers: ReadonlyMap<number, string>) {
  const { department, caseCode, name, stage, process, source, filedAt, decidedAt, servedAt, closedAt } =
    penaltyCase;
  const { publishedAt, publication, fine, confiscated, paid, paidAt, postponed, itemCode, team, township } =
    penaltyCase;
  return {
    department,
    caseCode,
    name,
    stage,
    process,
    source,
    filedAt,
    decidedAt,
    servedAt,
    closedAt,
    publishedAt,
    publication: decidedAt === null ? null : publication,
    penalties: orNull(penaltyCase.penalties),
    fine,
    confiscated,
    paid,
    paidAt,
    postponed,
    itemCode,
    team,
    township,
    officers: names(world, penaltyCase.officers),
    inspectionNumber: numbers.get(penaltyCase.index) ?? null,
  };
}

describe.each(atDepth([11], [11, 12, 13]))(
  'what the engine reads of the stores of seed %i is what the world says',
  (seed) => {
    const world = generateWorld({ seed, size: 'small' });

    it('of every check', () => {
      const caseCodes = caseCodesByInspection(world);
      const read = new Map(
        decodedRows(supervisionStore(world), 'supervision/inspection.yaml').map((row) => [
          row.values.get('number'),
          row,
        ]),
      );
      for (const inspection of world.inspections) {
        if (inspection.heldBy !== 'supervision') continue;
        const row = read.get(inspection.number);
        const facts = inspectionFacts(world, inspection, caseCodes);
        expect(pick(row, Object.keys(facts))).toEqual(facts);
        expect(row?.values.get('rawResult')).toEqual(inspection.unknownResult ?? expect.any(String));
        expect(refsOf(world, inspection.subject)).toContain(row?.subject);
      }
    });

    it('of every case', () => {
      const numbers = inspectionNumbersByCase(world);
      const read = new Map(
        decodedRows(casesStore(world), 'cases/case.yaml').map((row) => [row.values.get('caseCode'), row]),
      );
      for (const penaltyCase of world.cases) {
        if (penaltyCase.heldBy !== 'cases') continue;
        const row = read.get(penaltyCase.caseCode);
        const facts = caseFacts(world, penaltyCase, numbers);
        expect(pick(row, Object.keys(facts))).toEqual(facts);
        expect(refsOf(world, penaltyCase.subject)).toContain(row?.subject);
      }
      // D22: a clue that is younger than its case; only the case's own dates are facts.
      const impossible = [...read.values()].filter(
        ({ values }) => String(values.get('sourceDate')) > String(values.get('filedAt')),
      );
      expect(impossible.length).toBeGreaterThan(0);
    });

    it('of every publication, amounts in yuan', () => {
      const published = [...world.cases].filter((penaltyCase) => penaltyCase.publishedAt !== null);
      const read = decodedRows(casesStore(world), 'cases/publication.yaml');
      expect(read).toHaveLength(published.length);
      for (const [index, penaltyCase] of published.entries()) {
        const row = read[index];
        const { department, decidedAt, publishedAt, fine, confiscated, publication } = penaltyCase;
        const facts = {
          department,
          decidedAt,
          publishedAt,
          fine,
          confiscated,
          status: publication,
          validTo: null,
        };
        expect(pick(row, Object.keys(facts))).toEqual(facts);
        expect(row?.values.get('penalties')).toEqual(orNull(penaltyCase.penalties));
        expect(refsOf(world, penaltyCase.subject)).toContain(row?.subject);
      }
    });
  },
);
