import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { findProjectRoot } from '../../runtime/project-root.js';
import { saidOtherwise } from '../../subgraphs/engine/observe/study-texts.js';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import { parseWorkingDays } from '../../subgraphs/values/dates/parse-working-days.js';
import { atDepth } from '../../test/deep.js';
import { findExchange, type ValueCounts } from './judge/code-exchange.js';
import { BatchTable, TABLE_MAPPING } from './testing/batch-table.js';
import { openWatchedScene, type WatchedScene } from './testing/watched-scene.js';

const CALENDAR = 'schema/calendar/working-days.yaml';
const { isWorkingDay } = parseWorkingDays(readFileSync(join(findProjectRoot(), CALENDAR), 'utf8'), CALENDAR);
const HOUR = 3600;
const DAY = 24 * HOUR;

/** Seven of ten checks find nothing, one finds something about food. */
const usualResult = (row: number): string => (row % 10 < 7 ? '1' : row % 10 === 7 ? '3' : '6');
const swapped = (row: number): string => ({ '1': '3', '3': '1' })[usualResult(row)] ?? usualResult(row);
const SWAP = "update checks set result = case result when '1' then '3' when '3' then '1' else result end";

/** A table of ordinary results, watched since an hour. */
async function withTable(
  work: (scene: WatchedScene, table: BatchTable) => Promise<void>,
  { mapping = TABLE_MAPPING, prepare = '' } = {},
): Promise<void> {
  const clock = new HandClock();
  clock.ms = Date.parse('2026-06-30T12:00:00+08:00');
  const table = new BatchTable(clock, isWorkingDay);
  table.batch.result = usualResult;
  table.exec(
    "update checks set result = case when rowid % 10 < 7 then '1' when rowid % 10 = 7 then '3' else '6' end",
  );
  if (prepare !== '') table.exec(prepare);
  const scene = await openWatchedScene({
    mappings: [mapping],
    adapters: new Map([['market', table.adapter]]),
    clock,
    onTurn: () => table.turn(),
  });
  try {
    await scene.live(HOUR, 60);
    expect(await scene.told()).toEqual([]);
    await work(scene, table);
  } finally {
    await scene.close();
    await table.close();
  }
}

const SWAPPED = { cause: 'CODES_SWAPPED', about: 'result', times: 1 };

describe('two codes that exchange their meanings', () => {
  it('in new rows are told within a probe period of their coming, once, for as long as it lasts', () =>
    withTable(async (scene, table) => {
      table.batch.result = swapped;
      // They come at 3 in the morning.
      await scene.live(14 * HOUR - 600, 600);
      expect(await scene.told()).toEqual([]);
      const { seconds, incident } = await scene.untilTold(2 * HOUR, 600);
      expect(seconds).toBeLessThanOrEqual(HOUR + 1200);
      expect(incident).toMatchObject({ ...SWAPPED, severity: 'WARNING' });
      expect(incident.detail).toContain(
        'NO_ISSUE 与 ISSUE_FOOD_DRUG 互换了占比：往常 70%、10%，现为 10%、70%',
      );
      // What lasts does not become what is usual.
      await scene.live(18 * DAY, 8 * HOUR);
      expect(await scene.told()).toMatchObject([{ ...SWAPPED, until: null }]);
      table.batch.result = usualResult;
      await scene.live(4 * DAY, 4 * HOUR);
      expect(await scene.open()).toEqual([]);
    }));

  it('in all rows at once are told within a probe period, and end when the source corrects them', () =>
    withTable(async (scene, table) => {
      table.exec(SWAP);
      const { seconds, incident } = await scene.untilTold(2 * HOUR, 60);
      expect(seconds).toBeLessThanOrEqual(HOUR + 60);
      expect(incident).toMatchObject(SWAPPED);
      table.exec(SWAP);
      await scene.live(2 * HOUR, 60);
      expect(await scene.open()).toEqual([]);
      expect(await scene.told()).toHaveLength(1);
    }));

  it.each([
    [
      'the code table of the source',
      'observe: { texts: { result: { table: dm_result, code: dm, text: mc } } }\n',
      "create table dm_result (dm text, mc text); insert into dm_result values ('1', '正常'), ('3', '违反食品药品管理相关规定')",
      "update dm_result set mc = case dm when '1' then '违反食品药品管理相关规定' else '未发现违法行为' end",
      "update dm_result set mc = case dm when '3' then '违反食品药品管理相关规定' else '正常' end",
    ],
    [
      'the words beside them',
      'observe: { texts: { result: pier } }\n',
      "update checks set pier = case result when '1' then '未发现问题' when '3' then '违反食品药品管理相关规定' else '' end",
      SWAP,
      SWAP,
    ],
  ])('are told by %s for certain', (_, rule, prepare, change, mend) =>
    withTable(
      async (scene, table) => {
        table.exec(change);
        const { seconds, incident } = await scene.untilTold(2 * HOUR, 60);
        expect(seconds).toBeLessThanOrEqual(HOUR + 60);
        expect(incident).toMatchObject({ ...SWAPPED, severity: 'CRITICAL' });
        expect(incident.detail).toContain('1 本为「未发现问题」，来源称「违反食品药品管理相关规定」');
        table.exec(mend);
        await scene.live(2 * HOUR, 60);
        expect(await scene.open()).toEqual([]);
        expect(await scene.told()).toHaveLength(1);
      },
      { mapping: TABLE_MAPPING + rule, prepare },
    ),
  );
});

describe('saidOtherwise()', () => {
  const list = (entries: readonly (readonly [code: string, label: string, value: string])[]) => ({
    codes: entries.map(([code, label, value]) => ({
      place: { file: 'l.yaml', line: 1, column: 1 },
      code,
      label,
      value,
      aliases: [],
    })),
  });
  it('says nothing of words that no list has, and of codes that mean the same', () => {
    const codes = list([
      ['1', '注销', 'GONE'],
      ['2', '吊销', 'GONE'],
      ['3', '正常', 'WELL'],
    ]);
    expect(
      saidOtherwise(codes, [
        ['1', '吊销'],
        ['3', '一切正常'],
        ['9', '正常'],
        [null, '正常'],
        ['3', null],
      ]),
    ).toEqual([]);
    expect(
      saidOtherwise(codes, [
        ['3', '正常'],
        ['3', '吊销'],
        ['3', '吊销'],
      ]),
    ).toEqual([{ code: '3', listed: '正常', said: '吊销' }]);
  });
});

describe('findExchange()', () => {
  const shares = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 6 });
  /** Rows drawn by chance, of values that are as frequent as these. */
  const drawn = (weights: readonly number[], rows: number, next: () => number): ValueCounts => {
    const counts = new Map<string, number>();
    const whole = weights.reduce((sum, one) => sum + one, 0);
    for (let row = 0; row < rows; row++) {
      let left = next() * whole;
      const value = String(
        weights.findIndex((weight) => {
          left -= weight;
          return left < 0;
        }),
      );
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  };

  it('finds none in what is as usual, however chance plays', () => {
    fc.assert(
      fc.property(
        shares,
        fc.integer({ min: 50, max: 400 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999999, noNaN: true })),
        (weights, rows, chance) => {
          const next = (): number => chance.next().value ?? 0;
          expect(findExchange(drawn(weights, rows * 4, next), drawn(weights, rows, next))).toBeNull();
        },
      ),
      { numRuns: atDepth(30, 1000) },
    );
  });

  it('finds the two that changed places, and none where a value is new', () => {
    const usual = new Map([
      ['a', 700],
      ['b', 100],
      ['c', 200],
    ]);
    expect(
      findExchange(
        usual,
        new Map([
          ['b', 70],
          ['a', 11],
          ['c', 19],
        ]),
      )?.values,
    ).toEqual(['a', 'b']);
    expect(
      findExchange(
        usual,
        new Map([
          ['d', 70],
          ['a', 11],
          ['c', 19],
        ]),
      ),
    ).toBeNull();
    expect(
      findExchange(
        usual,
        new Map([
          ['a', 30],
          ['b', 50],
          ['c', 20],
        ]),
      ),
    ).toBeNull();
  });
});
