import { indicatorsOf } from '../../demo/oracle/indicators.js';
import { jointChecksByDepartment } from '../../demo/oracle/q16-joint-checks.js';
import { certifiedOfficers } from '../../demo/oracle/q19-uncertified.js';
import { moratoriumDepartures } from '../../demo/oracle/q20-moratorium-departures.js';
import { CATALOGUE } from '../../demo/world/catalogue/make-items.js';
import { disputesOf } from '../../demo/world/coordination/make-disputes.js';
import { transfersOf } from '../../demo/world/coordination/make-transfers.js';
import { daysBetween } from '../../demo/world/days.js';
import { staffOf } from '../../demo/world/people/make-staff.js';
import { normaliseDocumentNumber } from '../../subgraphs/values/texts/document-number.js';
import { atDepth } from '../deep.js';
import { exampleQuery } from './ask.js';
import { closedSeasonOf } from './closed-seasons.js';
import { PERSON_KEY } from './open-test-county.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';
import { isWorkingDay } from './working-calendar.js';

const FROM = '2025-01-01';
const TO = '2026-06-30';

type Row = Readonly<Record<string, unknown>>;
interface Rows {
  readonly totalCount?: number;
  readonly nodes: readonly Row[];
}
interface Buckets {
  readonly buckets: readonly {
    readonly key: readonly [string | null];
    readonly count: number;
    readonly avoided?: { readonly sum: string };
    readonly problems?: { readonly sum: string };
  }[];
}

const same = (value: unknown): unknown =>
  typeof value === 'string' ? normaliseDocumentNumber(value) : value;

describe.each(atDepth([5], [1, 2, 3, 4, 5]))(
  'the analyst questions about lists, people and coordination, seed %i,',
  (seed) => {
    let county: StoredCounty;
    beforeAll(async () => {
      county = await openSqliteCounty({ seed, size: 'tiny' });
    }, 120_000);
    afterAll(() => county?.close());

    async function ask<Answer>(name: string, variables: Row): Promise<Answer> {
      const { data, errors } = await county.ask(exampleQuery(name), variables);
      expect(errors).toBeUndefined();
      return data as unknown as Answer;
    }

    it('5: who may penalise an item, today and on a day', async () => {
      const [archives] = CATALOGUE.filter(
        ({ list, field, scope }) => list === 'COMPREHENSIVE' && field === 'ARCHIVES' && scope === 'FULL',
      );
      const { today, onDay } = await ask<{ today: Row; onDay: Row }>('q05-who-may-penalise', {
        item: archives?.code,
        township: '枸杞乡',
        day: '2021-11-30',
      });
      expect(today).toMatchObject({ nameOf: '县综合行政执法局', team: '嵊山中队', rule: 'DISPATCHED' });
      expect(onDay).toMatchObject({ determinate: false, nameOf: null, reasons: [{ code: 'NO_VERSION' }] });
    });

    it('16: joint checks by participating department', async () => {
      const { planned, done } = await ask<{ planned: Buckets; done: Buckets }>('q16-joint-checks', {
        from: FROM,
        to: '2026-12-31',
      });
      const expected = jointChecksByDepartment(county.world, FROM, '2026-12-31');
      const answered = new Map(
        planned.buckets.map(({ key: [department], count }) => {
          const own = done.buckets.find(({ key }) => key[0] === department);
          return [
            department,
            {
              planned: count,
              done: own?.count ?? 0,
              avoided: Number(own?.avoided?.sum ?? 0),
              problems: Number(own?.problems?.sum ?? 0),
            },
          ];
        }),
      );
      expect([...answered].sort()).toEqual([...expected].sort());
    });

    it('17 and 18: shares of items and of staff, with what they rest on', async () => {
      const items = await ask<{ indicators: Rows }>('q17-comprehensive-share', {
        from: '2026-04',
        to: '2026-06',
      });
      const staff = await ask<{ indicators: Rows; all: Buckets; certified: Buckets }>('q18-township-staff', {
        month: '2026-06',
      });
      const expected = indicatorsOf(county.world, '2026-06', { isWorkingDay });
      const numbers = (row: Row | undefined) => [Number(row?.numerator), Number(row?.denominator)];
      expect(numbers(items.indicators.nodes.at(-1))).toEqual(
        numbers({ ...expected.get('COMPREHENSIVE_SHARE') }),
      );
      for (const row of staff.indicators.nodes)
        expect(numbers(row)).toEqual(numbers({ ...expected.get(String(row.code)) }));
      const onDuty = staffOf(county.world).filter(({ state }) => state === 'ON_DUTY');
      for (const { key, count } of staff.all.buckets) {
        expect(count).toBe(onDuty.filter(({ township }) => township === key[0]).length);
      }
    });

    it('19: who took part in inspections, with certificates that were valid or not', async () => {
      const expected = new Map(
        certifiedOfficers(county.world, FROM, TO).map((each) => [same(each.number), each.certified]),
      );
      const found = new Map<unknown, number>();
      for (let after: unknown = null; ; ) {
        const { inspections } = await ask<{
          inspections: Rows & { pageInfo: { hasNextPage: boolean; endCursor: string } };
        }>('q19-uncertified-inspections', { from: FROM, to: TO, first: 100, after });
        for (const { number, date, officerRecords } of inspections.nodes) {
          const records = officerRecords as readonly { readonly certValidTo: string }[];
          found.set(same(number), records.filter(({ certValidTo }) => certValidTo >= String(date)).length);
        }
        if (!inspections.pageInfo.hasNextPage) break;
        after = inspections.pageInfo.endCursor;
      }
      // Where a department left the number of a card out, its officer cannot be told.
      const told = [...expected].filter(([number]) => found.has(number));
      expect(told.length).toBe(expected.size);
      expect(told.every(([number, certified]) => (found.get(number) ?? 0) <= certified)).toBe(true);
      expect(
        told.filter(([number, certified]) => found.get(number) === certified).length / told.length,
      ).toBeGreaterThan(0.8);
    });

    it('20: departures in the closed season of their gear, and the cases that followed', async () => {
      const time = { from: '2023-07-01', to: TO };
      const isClosed = (gear: string, moment: string): boolean => closedSeasonOf(gear, moment) === true;
      const expected = moratoriumDepartures(county.world, { personKey: PERSON_KEY, ...time, isClosed });
      const { portCalls } = await ask<{ portCalls: Rows }>('q20-moratorium-departures', {
        ...time,
        first: 500,
      });
      interface Vessel {
        readonly id: string;
        readonly name: string;
        readonly cases: Rows;
        readonly owners: readonly { readonly cases: Rows }[];
      }
      const answered = portCalls.nodes.map((call) => {
        const { id: vessel, name, cases, owners } = call.subject as Vessel;
        const lists = [cases, ...owners.map((owner) => owner.cases)];
        // None is cut off at the first page.
        for (const { nodes, totalCount } of lists) expect(nodes).toHaveLength(totalCount ?? -1);
        const followedBy = lists
          .flatMap(({ nodes }) => nodes)
          .filter(({ filedAt }) => String(filedAt) >= String(call.date))
          .map(({ caseCode }) => String(caseCode))
          .sort();
        const { reportedAt, port, gear } = call;
        return { vessel, name, reportedAt, port, gear, followedBy };
      });
      const inOrder = (rows: readonly Row[]): readonly Row[] =>
        [...rows].sort((a, b) => (`${a.reportedAt} ${a.vessel}` < `${b.reportedAt} ${b.vessel}` ? -1 : 1));
      expect(inOrder(answered)).toEqual(inOrder(expected.map((each) => ({ ...each }))));
      expect(answered.map(({ reportedAt }) => reportedAt)).toEqual(
        expected.map(({ reportedAt }) => reportedAt),
      );
      expect(portCalls.totalCount).toBe(expected.length);
      expect(expected.length).toBeGreaterThan(5);
      expect(expected.some(({ followedBy }) => followedBy.length > 0)).toBe(true);
      expect(expected.some(({ followedBy }) => followedBy.length === 0)).toBe(true);
    });

    it('22: transfers to the police and back, their outcome and time', async () => {
      const { transfers } = await ask<{ transfers: Rows }>('q22-criminal-transfers', {
        from: '2023-01-01',
        to: TO,
      });
      const cases = [...county.world.cases];
      const expected = transfersOf(county.world)
        .filter(({ kind }) => kind === 'CRIMINAL' || kind === 'BACK')
        .map(({ number, kind, department, sentOn, repliedAt, result, case: index }) => ({
          number: same(number),
          kind,
          department,
          date: sentOn,
          repliedAt,
          result,
          replyDays: daysBetween(sentOn, repliedAt ?? county.world.today),
          caseCode: index === null ? null : cases[index]?.caseCode,
        }));
      expect(expected.length).toBeGreaterThan(0);
      const answered = transfers.nodes.map((row) => ({
        number: same(row.number),
        kind: row.kind,
        department: row.department,
        date: row.date,
        repliedAt: row.repliedAt,
        result: row.result,
        replyDays: row.replyDays,
        caseCode: (row.case as { readonly caseCode: string } | null)?.caseCode ?? null,
      }));
      const byNumber = (rows: readonly { readonly number: unknown }[]) =>
        [...rows].sort((a, b) => (String(a.number) < String(b.number) ? -1 : 1));
      expect(byNumber(answered)).toEqual(byNumber(expected));
      expect(transfers.totalCount).toBe(expected.length);
    });

    it('25: disputes, how long they took, and what became of the lists', async () => {
      const { disputes } = await ask<{ disputes: Rows }>('q25-disputes', { since: '2024-06-30' });
      const expected = disputesOf(county.world).filter(({ raisedAt }) => raisedAt >= '2024-06-30');
      expect(expected.length).toBeGreaterThan(2);
      for (const { number, parties, itemCode, raisedAt, decidedAt, amendedAt, designated } of expected) {
        const row = disputes.nodes.find((each) => each.number === number);
        expect(row).toMatchObject({
          parties: [...parties],
          date: raisedAt,
          decidedAt,
          amendedAt,
          designated,
          decisionDays: daysBetween(raisedAt, decidedAt ?? county.world.today),
        });
        const editions = CATALOGUE.filter(({ code }) => code === itemCode).map(
          ({ list, validFrom }) => `${list} ${validFrom}`,
        );
        const items = (row?.items ?? []) as readonly { readonly list: string; readonly validFrom: string }[];
        expect(items.map(({ list, validFrom }) => `${list} ${validFrom}`).sort()).toEqual(editions.sort());
      }
      expect(disputes.totalCount).toBe(expected.length);
    });
  },
);
