import { answerRow, fail, withCountedSource } from '../../calls/testing/counted-source.js';
import { openSmallDepartment, testContext } from '../../testing/small-department.js';

const MAPPING = `interface: health.case
title: 案件
owner: { department: health }
feeds: Case
source: { connection: health, table: rows }
key: [id]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: HEALTH }
limits: { retries: 0 }
`;

describe('createEngineFeed() while a source is paused', () => {
  it('says so in the coverage of answers and of freshness, though no watermark is asked of the source', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      const { feed } = openSmallDepartment([MAPPING], new Map([['health', adapter]]));
      expect(await feed.freshness(testContext())).toMatchObject([{ state: 'LIVE', reason: null }]);
      behave(fail);
      const reasons: (string | null | undefined)[] = [];
      for (let limit = 1; limit <= 6; limit++) {
        const [part] = await feed.page(
          { kind: 'Case', where: { all: [] }, orderBy: [], reversed: false, limit, fields: [] },
          testContext(),
        );
        reasons.push(part?.reason);
      }
      // One look, and four pages until the source is left alone.
      expect(arrivals).toHaveLength(5);
      expect(reasons[0]).toBe('SOURCE_UNAVAILABLE: 数据源暂不可用。The source does not answer.');
      const paused = /^SOURCE_UNAVAILABLE: 数据源暂不可用。.*(?:暂停调用至|试探是否恢复)/;
      expect(reasons[5]).toMatch(paused);
      expect(await feed.freshness(testContext())).toMatchObject([
        { state: 'MISSING', reason: expect.stringMatching(paused) },
      ]);
      expect(arrivals).toHaveLength(5);
    }));
});

describe('createEngineFeed().freshness() of a source without a watermark', () => {
  it('finds out that the source fails, and that it is well again, without any query', () =>
    withCountedSource(null, async ({ adapter, behave, arrivals }) => {
      const mapping = `${MAPPING}probe: { every: 1ms }\n`;
      const { feed } = openSmallDepartment([mapping], new Map([['health', adapter]]));
      expect(await feed.freshness(testContext())).toMatchObject([{ state: 'LIVE' }]);
      // A millisecond after the look before.
      const due = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
      behave(fail);
      await due();
      expect(await feed.freshness(testContext())).toMatchObject([
        { state: 'MISSING', reason: expect.stringMatching(/^SOURCE_UNAVAILABLE/) },
      ]);
      behave(answerRow);
      await due();
      expect(await feed.freshness(testContext())).toMatchObject([{ state: 'LIVE', reason: null }]);
      expect(arrivals).toHaveLength(3);
    }));

  it('asks no more often than its mapping says', () =>
    withCountedSource(null, async ({ adapter, arrivals }) => {
      const mapping = `${MAPPING}probe: { every: 1d }\n`;
      const { feed } = openSmallDepartment([mapping], new Map([['health', adapter]]));
      for (let turn = 0; turn < 3; turn++) await feed.freshness(testContext());
      expect(arrivals).toHaveLength(1);
    }));
});
