import { canonicalId } from '../../../demo/oracle/canonical-id.js';
import { abnormalEntries, seriousEntries } from '../../../demo/world/credit/list-entries.js';
import { annualReportsOf, equityChangesOf } from '../../../demo/world/publicity/public-profile.js';
import type { CreditRecord, SubjectPointer, World } from '../../../demo/world/world.js';
import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { byNumber, countOf, marksOfLoss, readList } from './read-list.js';

interface Row {
  readonly number: string;
  readonly decisionNo: string | null;
  readonly subject: { readonly id: string } | null;
  readonly quality: readonly string[];
}

interface Listed {
  readonly id: string;
  readonly publicProfile: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> | null;
  readonly creditRecords: { readonly nodes: readonly (Row & { readonly kind: string })[] };
}

const idOf = (world: World, pointer: SubjectPointer): string => canonicalId(world, pointer, PERSON_KEY);
const sameNumber = (number: string | null): string | null =>
  number === null ? null : normaliseDocumentNumber(number);
const byText = (rows: readonly object[]): readonly string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();

/** The treasury's ledger out of a file, credit out of tables and an interface by key, the national site's profile. */
export function describeCredit(county: () => StoredCounty): void {
  describe('credit and the treasury', () => {
    it('tell every receipt, with its case by whatever number it names', async () => {
      const { world } = county();
      const nodes = await readList<Row & { readonly case: { readonly caseCode: string } | null }>(
        county(),
        'payments',
        '{}',
        'number department decisionNo date paid interest channel state quality subject { id } case { caseCode }',
      );
      const cases = [...world.cases];
      const expected = [...world.payments].map(({ index: _, case: of, payer, decisionNo: __, ...facts }) => ({
        ...facts,
        subject: payer === null ? null : { id: idOf(world, payer) },
        case: { caseCode: cases[of]?.caseCode },
      }));
      expect(byNumber(nodes.map(({ quality: _, decisionNo: __, ...facts }) => facts))).toEqual(
        byNumber(expected),
      );
      expect(marksOfLoss(nodes.filter(({ subject }) => subject !== null))).toEqual([]);
      expect(countOf(nodes, 'ID_UNRESOLVED:subject')).toBeGreaterThan(0);
    }, 60_000);

    it('tell every record of both publicities and of the lists', async () => {
      const { world } = county();
      const nodes = await readList<Row>(
        county(),
        'creditRecords',
        '{}',
        `number kind department date decisionNo decidedAt endsAt status grade fine reason quality subject { id }`,
      );
      const expected = [...world.creditRecords]
        .filter(({ kind }) => kind !== 'GRADE')
        .map((record) => recordOf(world, record));
      expect(
        byNumber(
          nodes.map(({ quality: _, ...facts }) => ({ ...facts, decisionNo: sameNumber(facts.decisionNo) })),
        ),
      ).toEqual(byNumber(expected));
      expect(marksOfLoss(nodes)).toEqual([]);
      expect(countOf(nodes, 'ID_REPAIRED:subject')).toBeGreaterThan(0);
    }, 60_000);

    it('tell the grade and the public profile of every subject', async () => {
      const { world } = county();
      const listed = await readList<Listed>(
        county(),
        'subjects',
        '{kind: [ORGANISATION, INDIVIDUAL_BUSINESS]}',
        `id creditRecords(where: {kind: [GRADE]}, first: 5) { nodes { number kind grade date } }
        publicProfile { annualReports(first: 50) { year submittedAt state employees assets revenue }
          equityChanges(first: 50) { shareBefore shareAfter changedAt publishedAt }
          abnormalEntries(first: 50) { entryNo includedAt includedFor removedAt }
          seriousEntries(first: 50) { entryNo includedAt includedFor endsAt } }`,
      );
      const grades = listed.flatMap(({ id, creditRecords }) =>
        creditRecords.nodes.map((row) => ({ id, ...row })),
      );
      const graded = [...world.creditRecords].filter(({ kind }) => kind === 'GRADE');
      expect(byText(grades)).toEqual(
        byText(
          graded.map(({ subject, number, kind, grade, date }) => ({
            ...{ id: idOf(world, subject), number, kind, grade, date },
          })),
        ),
      );
      const profile = profileOf(world);
      for (const [list, rows] of Object.entries(profile)) {
        expect(rows.length).toBeGreaterThan(0);
        const found = listed.flatMap(({ id, publicProfile }) =>
          (publicProfile?.[list] ?? []).map((row) => ({ id, ...row })),
        );
        expect(byText(found)).toEqual(byText(rows));
      }
    }, 60_000);
  });
}

function recordOf(world: World, record: CreditRecord) {
  const { index: _, source: __, subject, decisionNo, ...facts } = record;
  return { ...facts, decisionNo: sameNumber(decisionNo), subject: { id: idOf(world, subject) } };
}

/** Rows of the national site by the name of their list, each with its subject. */
function profileOf(world: World): Readonly<Record<string, readonly object[]>> {
  const { seed, today, organisations, persons } = world;
  const of = <T extends object>(rowsOf: (organisation: (typeof organisations)[number]) => readonly T[]) =>
    organisations.flatMap((each) => {
      const id = idOf(world, { kind: 'organisation', index: each.index });
      return rowsOf(each).map((row) => ({ id, ...row }));
    });
  const entry = ({ number, subject, date, reason }: Omit<CreditRecord, 'index'>) => ({
    ...{ id: idOf(world, subject), entryNo: number, includedAt: date, includedFor: reason },
  });
  return {
    annualReports: of((each) => annualReportsOf(seed, today, each).map(({ number: _, ...report }) => report)),
    equityChanges: of((each) =>
      equityChangesOf(seed, today, persons.length, each).map(({ before, after, changedAt, publishedAt }) => ({
        ...{ shareBefore: `${before}.00`, shareAfter: `${after}.00`, changedAt, publishedAt },
      })),
    ),
    abnormalEntries: [...abnormalEntries(seed, today, organisations)].map((each) => ({
      ...entry(each),
      removedAt: each.endsAt,
    })),
    seriousEntries: [...seriousEntries(seed, today, organisations)].map((each) => ({
      ...entry(each),
      endsAt: each.endsAt,
    })),
  };
}
