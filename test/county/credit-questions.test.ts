import { creditProfile } from '../../demo/oracle/q01-credit-profile.js';
import { isSynchronised, repairedPublications } from '../../demo/oracle/q14-repaired-publications.js';
import { finesByQuarter } from '../../demo/oracle/q21-fines-by-quarter.js';
import { finesCollected } from '../../demo/oracle/q21-fines-collected.js';
import { publishedInTime } from '../../demo/oracle/t08-publication-in-time.js';
import { repairsOf } from '../../demo/world/credit/repairs.js';
import { normaliseDocumentNumber } from '../../subgraphs/values/texts/document-number.js';
import { atDepth } from '../deep.js';
import { askExample } from './ask.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';
import { isWorkingDay } from './working-calendar.js';

const SEEDS = atDepth([1], [1, 2, 3, 4, 5]);

type Bucket = Readonly<Record<string, unknown>> & { readonly key: readonly string[] };
interface Stats {
  readonly buckets: readonly Bucket[];
  readonly coverage: readonly { readonly state: string }[];
}
interface Repaired {
  readonly number: string;
  readonly decisionNo: string;
  readonly department: string;
  readonly date: string;
  readonly statusThere: 'WITHDRAWN' | 'REPAIRED';
  readonly case: { readonly caseCode: string; readonly statusHere: string };
  readonly penaltyPublicity: {
    readonly repairs: readonly { readonly repairNo: string; readonly outcome: string }[];
  };
}
interface Profile {
  readonly creditRecords: {
    readonly totalCount: number;
    readonly nodes: readonly Readonly<Record<string, unknown>>[];
  };
  readonly payments: { readonly nodes: readonly Readonly<Record<string, unknown>>[] };
  readonly publicProfile: {
    readonly annualReports: readonly { readonly year: number }[];
    readonly abnormalEntries: readonly { readonly entryNo: string }[];
    readonly seriousEntries: readonly { readonly entryNo: string }[];
  };
}
interface Answers {
  readonly 'q01-credit-profile': { readonly subject: Profile };
  readonly 'q14-repaired-publications': {
    readonly creditRecords: { readonly totalCount: number; readonly nodes: readonly Repaired[] };
  };
  readonly 'q21-fines-collected': { readonly decided: Stats; readonly collected: Stats };
  readonly 't08-publication-in-time': { readonly published: Stats; readonly late: Stats };
}

const HAIYAN = '91330922MA28K00156';

/** Rows as texts, so that two lists of them can be compared; document numbers as they are compared. */
const sortedTexts = (rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
  rows.map((row) => JSON.stringify(Object.entries({ ...row, ...sameNumberOf(row) }).sort())).sort();

const sameNumberOf = ({ decisionNo }: Readonly<Record<string, unknown>>) =>
  typeof decisionNo === 'string' ? { decisionNo: normaliseDocumentNumber(decisionNo) } : {};

/** Buckets by their key. */
const byKey = ({ buckets, coverage }: Stats): ReadonlyMap<string, Bucket> => {
  expect(coverage.filter(({ state }) => state !== 'LIVE')).toEqual([]);
  return new Map(buckets.map((bucket) => [bucket.key.join(' '), bucket]));
};

describe.each(SEEDS)('questions of credit and the treasury, seed %i,', (seed) => {
  let county: StoredCounty;

  beforeAll(async () => {
    county = await openSqliteCounty({ seed, size: 'small' });
  }, 120_000);

  afterAll(async () => {
    await county?.close();
  });

  async function ask<Name extends keyof Answers>(name: Name, variables = {}): Promise<Answers[Name]> {
    return (await askExample(county, name, variables)) as Answers[Name];
  }

  it('1: credit records, receipts and the public profile of a social credit code', async () => {
    const { world } = county;
    const listed = [...world.creditRecords].find(({ kind }) => kind === 'SERIOUS_LIST');
    const codes = [HAIYAN, world.organisations[listed?.subject.index ?? -1]?.uscc ?? ''];
    for (const uscc of codes) {
      const expected = creditProfile(world, uscc);
      const { subject } = await ask('q01-credit-profile', { uscc });
      const { creditRecords, payments, publicProfile } = subject;
      expect(creditRecords.totalCount).toBe(expected?.creditRecords.length);
      expect(sortedTexts(creditRecords.nodes)).toEqual(
        sortedTexts(
          (expected?.creditRecords ?? []).map(({ kind, number, date, status, decisionNo, grade, fine }) => ({
            ...{ kind, number, date, status, decisionNo, grade, fine },
          })),
        ),
      );
      expect(sortedTexts(payments.nodes)).toEqual(
        sortedTexts(
          (expected?.payments ?? []).map(({ number, date, paid, interest, state }) => ({
            ...{ number, date, paid, interest, state },
          })),
        ),
      );
      expect(publicProfile.annualReports.map(({ year }) => year)).toEqual(expected?.reportedYears);
      const entries = [...publicProfile.abnormalEntries, ...publicProfile.seriousEntries];
      expect(entries.map(({ entryNo }) => entryNo).sort()).toEqual([...(expected?.listed ?? [])].sort());
    }
  });

  it('14: penalties withdrawn or repaired on the credit platform, and what the case system says', async () => {
    const { world } = county;
    const expected = repairedPublications(world);
    expect(new Set(expected.map(isSynchronised)).size).toBe(2);
    const { creditRecords } = await ask('q14-repaired-publications', { first: 500 });
    expect(creditRecords.totalCount).toBe(expected.length);
    const sameNumber = (number: string | null): string => normaliseDocumentNumber(number ?? '');
    const sorted = <T extends { readonly number: string }>(rows: readonly T[]): readonly T[] =>
      [...rows].sort((a, b) => (a.number < b.number ? -1 : 1));
    expect(
      sorted(
        creditRecords.nodes.map(({ case: of, penaltyPublicity: _, decisionNo, ...facts }) => ({
          ...facts,
          ...of,
          decisionNo: sameNumber(decisionNo),
        })),
      ),
    ).toEqual(sorted(expected.map((each) => ({ ...each, decisionNo: sameNumber(each.decisionNo) }))));
    expect(creditRecords.nodes.map(({ date }) => date)).toEqual(expected.map(({ date }) => date));
    // A source that answers for keys alone is not asked by a number that it does not take.
    const [{ number: known } = { number: '' }] = expected;
    const one = await county.ask(`{ creditRecords(where: { number: "${known}" }) { nodes { number } } }`);
    expect(one).toMatchObject({ data: { creditRecords: { nodes: [{ number: known }] } } });
    expect(one.errors).toBeUndefined();
    const truth = new Map([...world.creditRecords].map((record) => [record.number, record]));
    for (const { number, penaltyPublicity } of creditRecords.nodes) {
      const record = truth.get(number);
      if (record === undefined) throw new Error(`no record ${number}`);
      const repairs = repairsOf(world.seed, world.today, record);
      expect(penaltyPublicity.repairs.map(({ repairNo, outcome }) => [repairNo, outcome])).toEqual(
        repairs.map((repair) => [repair.number, repair.outcome]).reverse(),
      );
    }
  });

  it('21: fines decided and overdue, and what the treasury received', async () => {
    const { decided, collected } = await ask('q21-fines-collected');
    const received = finesCollected(county.world);
    expect(received.some(({ interest }) => interest !== '0.00')).toBe(true);
    expect(byKey(collected)).toEqual(
      new Map(
        received.map(({ department, quarter, ...sums }) => [
          `${department} ${quarter}`,
          { key: [department, quarter], ...sums },
        ]),
      ),
    );
    expect(byKey(decided)).toEqual(
      new Map(
        finesByQuarter(county.world).map(({ department, quarter, count, fine, overdue }) => [
          `${department} ${quarter}`,
          { key: [department, quarter], count, fine, overdue },
        ]),
      ),
    );
  });

  it('tile 8: published within seven working days', async () => {
    const period = { from: '2025-07-01', to: '2026-06-30' };
    const { published, late } = await ask('t08-publication-in-time', period);
    const expected = publishedInTime(county.world, { ...period, isWorkingDay });
    const counts = (of: 'published' | 'late') =>
      new Map(
        expected
          .filter((each) => each[of] > 0)
          .map(({ kind, month, ...each }) => [`${kind} ${month}`, { key: [kind, month], count: each[of] }]),
      );
    expect(byKey(published)).toEqual(counts('published'));
    expect(byKey(late)).toEqual(counts('late'));
    expect(late.buckets.length).toBeGreaterThan(3);
    expect(expected.some((each) => each.late < each.published / 3)).toBe(true);
  });

  it('every decided case leads to its receipts, by whatever number they name it', async () => {
    const { world } = county;
    const { data, errors } = await county.ask(
      '{ cases(where: { decided: true }, first: 500) { totalCount nodes { caseCode payments { number } } } }',
    );
    expect(errors).toBeUndefined();
    const { cases } = data as unknown as {
      cases: { totalCount: number; nodes: { caseCode: string; payments: { number: string }[] }[] };
    };
    const decided = [...world.cases].filter(({ decidedAt }) => decidedAt !== null);
    expect(cases.totalCount).toBe(decided.length);
    const receipts = new Map<number, string[]>();
    for (const { case: of, number } of world.payments) {
      receipts.set(of, [...(receipts.get(of) ?? []), number].sort());
    }
    const expected = new Map(decided.map(({ index, caseCode }) => [caseCode, receipts.get(index) ?? []]));
    for (const { caseCode, payments } of cases.nodes) {
      expect(payments.map(({ number }) => number).sort()).toEqual(expected.get(caseCode));
    }
  });
});
