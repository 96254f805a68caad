import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../adapters/snapshot/embedded-store.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import { testContext } from '../../subgraphs/engine/testing/small-department.js';
import type { Pause } from '../../subgraphs/port/hands.js';
import { parseWorkingDays } from '../../subgraphs/values/dates/parse-working-days.js';
import { atDepth } from '../../test/deep.js';
import { BatchTable, TABLE_MAPPING, USUAL_ROWS } from './testing/batch-table.js';
import { openWatchedScene, type WatchedScene } from './testing/watched-scene.js';

const CALENDAR = 'schema/calendar/working-days.yaml';
const { isWorkingDay } = parseWorkingDays(readFileSync(join(findProjectRoot(), CALENDAR), 'utf8'), CALENDAR);
const HOUR = 3600;
const DAY = 24 * HOUR;
const KEPT = 'snapshot: { every: 5m, staleFor: 1d }\n';

let paused: Pause | null = null;
let cutOff: Pause | null = null;
afterEach(() => {
  paused = null;
  cutOff = null;
});

/** A table that is well, watched since an hour. */
async function withTable(
  work: (scene: WatchedScene, table: BatchTable) => Promise<void>,
  mapping = TABLE_MAPPING,
  start = '2026-06-30T12:00:00+08:00',
): Promise<void> {
  const clock = new HandClock();
  clock.ms = Date.parse(start);
  const table = new BatchTable(clock, isWorkingDay);
  const scene = await openWatchedScene({
    mappings: [mapping],
    adapters: new Map([['market', table.adapter]]),
    clock,
    onTurn: () => table.turn(),
    pauses: { of: (_name, held) => (held === 'interface' ? paused : cutOff), breakerClosedAt: () => null },
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

/** Causes, each with how often it was told. */
async function causes(scene: WatchedScene): Promise<readonly string[]> {
  return (await scene.told()).map(({ cause, about }) => (about === null ? cause : `${cause} ${about}`));
}

describe('a source that dies', () => {
  it('is told within a minute, once, and ends by itself', () =>
    withTable(async (scene, table) => {
      table.goAway();
      const { seconds, incident } = await scene.untilTold(120);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(incident).toMatchObject({ cause: 'UNREACHABLE', severity: 'CRITICAL', about: null, times: 1 });
      expect(incident.requestId).toMatch(/^system-look/);
      expect(scene.observer.watch.health('market.inspection')).toMatchObject({ state: 'DOWN' });
      await scene.live(2 * HOUR, 60);
      table.comeBack();
      await scene.live(5 * 60);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual(['UNREACHABLE']);
      expect(scene.observer.watch.health('market.inspection')).toMatchObject({ state: 'WELL' });
    }));

  it('is told with the request that met it first', () =>
    withTable(async (scene, table) => {
      table.goAway();
      const request = {
        kind: 'Inspection',
        where: { all: [] },
        orderBy: [],
        reversed: false,
        limit: 1,
        fields: ['date'],
      } as const;
      const [part] = await scene.department.feed.page(request, {
        ...testContext(),
        requestId: 'of-an-analyst',
      });
      expect(part?.state).toBe('MISSING');
      const { incident } = await scene.untilTold(120);
      expect(incident).toMatchObject({ cause: 'UNREACHABLE', requestId: 'of-an-analyst' });
    }));

  it('is not told of one look that failed', () =>
    withTable(async (scene, table) => {
      table.goAway();
      await scene.live(30);
      table.comeBack();
      await scene.live(10 * 60);
      expect(await scene.told()).toEqual([]);
    }));

  it('is one incident, however often it comes and goes', () =>
    withTable(async (scene, table) => {
      for (let turn = 0; turn < 6; turn++) {
        table.goAway();
        await scene.live(3 * 60);
        table.comeBack();
        await scene.live(7 * 60);
      }
      const told = await scene.told();
      expect(told).toMatchObject([{ cause: 'UNREACHABLE' }]);
      expect(told[0]?.times).toBeGreaterThan(3);
      await scene.live(HOUR, 60);
      expect(await scene.open()).toEqual([]);
    }));
});

describe('an interface that is paused', () => {
  it('is called by nobody, is no incident although its source dies, and is watched again afterwards', () =>
    withTable(async (scene, table) => {
      paused = { why: '检修', by: 'issuer/li', since: scene.clock.ms, until: Number.MAX_SAFE_INTEGER };
      const before = scene.department.calls.length;
      table.goAway();
      await scene.live(5 * HOUR, 60);
      const [part] = await scene.department.feed.page(
        {
          kind: 'Inspection',
          where: { all: [] },
          orderBy: [],
          reversed: false,
          limit: 1,
          fields: ['date'],
        },
        testContext(),
      );
      expect(part).toMatchObject({ state: 'MISSING', reason: expect.stringMatching(/^INTERFACE_PAUSED: /) });
      expect(scene.department.calls.slice(before)).toEqual([]);
      expect(await scene.told()).toEqual([]);
      expect(scene.observer.watch.health('market.inspection')).toMatchObject({
        state: 'PAUSED',
        since: paused.since,
      });
      paused = null;
      table.comeBack();
      await scene.live(5 * 60);
      expect(scene.department.calls.length).toBeGreaterThan(before);
      expect(await scene.told()).toEqual([]);
      expect(scene.observer.watch.health('market.inspection')).toMatchObject({ state: 'WELL' });
    }));
});

describe('a source whose breaker somebody opened', () => {
  it('is called by nobody, is no incident, and is told as such with what is kept of it', async () => {
    const clock = new HandClock();
    clock.ms = Date.parse('2026-06-30T12:00:00+08:00');
    const folder = mkdtempSync(join(tmpdir(), 'eg-cut-off-'));
    const table = new BatchTable(clock, isWorkingDay);
    const scene = await openWatchedScene({
      mappings: [TABLE_MAPPING, TABLE_MAPPING.replace('market.inspection', 'market.kept').concat(KEPT)],
      adapters: new Map([['market', table.adapter]]),
      clock,
      snapshots: openEmbeddedStore(folder),
      onTurn: () => table.turn(),
      pauses: { of: (_name, held) => (held === 'source' ? cutOff : null), breakerClosedAt: () => null },
    });
    try {
      await scene.live(HOUR, 60);
      cutOff = { why: '过载', by: 'issuer/li', since: clock.ms, until: Number.MAX_SAFE_INTEGER };
      const before = scene.department.calls.length;
      await scene.live(3 * HOUR, 300);
      expect(scene.department.calls.slice(before)).toEqual([]);
      expect(await scene.told()).toEqual([]);
      expect(await scene.department.feed.freshness(testContext())).toMatchObject([
        {
          interface: 'market.inspection',
          state: 'MISSING',
          reason: expect.stringMatching(/^SOURCE_CUT_OFF: /),
        },
        { interface: 'market.kept', state: 'STALE', reason: expect.stringMatching(/^SOURCE_CUT_OFF: /) },
      ]);
      expect(scene.observer.watch.health('market.kept')).toMatchObject({ state: 'CUT_OFF' });
      cutOff = null;
      await scene.live(10 * 60);
      expect(scene.department.calls.length).toBeGreaterThan(before);
      expect(await scene.told()).toEqual([]);
      expect(scene.observer.watch.health('market.kept')).toMatchObject({ state: 'WELL' });
    } finally {
      await scene.close();
      await table.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('columns', () => {
  it('that are renamed are told as such, with their fields and what is new', () =>
    withTable(async (scene, table) => {
      table.exec('alter table checks rename column result to outcome');
      const { seconds, incident } = await scene.untilTold(2 * HOUR);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(incident).toMatchObject({ cause: 'COLUMN_MISSING', severity: 'CRITICAL' });
      await scene.live(2 * HOUR, 60);
      const [last] = await scene.told();
      expect(last?.detail).toContain('result (result)');
      expect(last?.detail).toContain('outcome');
      table.exec('alter table checks rename column outcome to result');
      await scene.live(2 * HOUR, 60);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual(['COLUMN_MISSING']);
    }));

  it('that get another type are told, and not what follows from it', () =>
    withTable(async (scene, table) => {
      const as = (
        type: string,
      ) => `create table next (id text, uscc text, day ${type}, result text, pier text, changed text);
        insert into next select * from checks; drop table checks; alter table next rename to checks;`;
      table.exec(as('integer'));
      const { seconds, incident } = await scene.untilTold(2 * HOUR, 60);
      expect(seconds).toBeLessThanOrEqual(HOUR);
      expect(incident).toMatchObject({ cause: 'COLUMN_RETYPED' });
      expect(incident.detail).toContain('day (date) text → integer');
      table.exec(as('text'));
      await scene.live(2 * HOUR, 60);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual(['COLUMN_RETYPED']);
    }));
});

describe('cells', () => {
  it.each([
    ['a code that is in no list', { result: '77' }, 'CODES_UNKNOWN result'],
    ['days that cannot be read', { day: () => '二O二六' }, 'CELLS_UNREADABLE date'],
    ['subjects that nobody knows', { uscc: '不详', rows: USUAL_ROWS * 3.4 }, 'SUBJECTS_UNRESOLVED'],
  ])('with %s are told within a probe period of their coming', (_, change, cause) =>
    withTable(async (scene, table) => {
      Object.assign(table.batch, change);
      // They come at 3 in the morning.
      await scene.live(14 * HOUR - 600, 600);
      expect(await scene.told()).toEqual([]);
      const { seconds } = await scene.untilTold(2 * HOUR, 600);
      expect(seconds).toBeLessThanOrEqual(HOUR + 1200);
      expect(await causes(scene)).toEqual([cause]);
      table.exec("delete from checks where result = '77' or day = '二O二六' or uscc = '不详'");
      await scene.live(2 * HOUR, 600);
      expect((await scene.open()).filter((one) => cause.startsWith(one))).toEqual([]);
    }),
  );

  it('of another list of codes are told once as such, by the field', () =>
    withTable(async (scene, table) => {
      // The department takes the national list instead of its own.
      table.exec("update checks set result = 'GB' || result");
      const { seconds, incident } = await scene.untilTold(2 * HOUR, 60);
      expect(seconds).toBeLessThanOrEqual(HOUR);
      expect(incident).toMatchObject({ cause: 'CODES_UNKNOWN', about: 'result' });
      await scene.live(3 * HOUR, 600);
      expect(await causes(scene)).toEqual(['CODES_UNKNOWN result']);
      table.exec("update checks set result = '1'");
      await scene.live(2 * HOUR, 600);
      expect(await scene.open()).toEqual([]);
    }));

  it('in keys that repeat are told within a probe period', () =>
    withTable(async (scene, table) => {
      table.exec("insert into checks select * from checks where id in ('R1', 'R2')");
      const { seconds, incident } = await scene.untilTold(2 * HOUR, 60);
      expect(seconds).toBeLessThanOrEqual(HOUR);
      expect(incident).toMatchObject({ cause: 'KEYS_FAULTY' });
      table.exec('delete from checks where rowid not in (select min(rowid) from checks group by id)');
      await scene.live(2 * HOUR, 60);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual(['KEYS_FAULTY']);
    }));
});

describe('rows by day', () => {
  it.each([
    ['half of the usual', USUAL_ROWS / 2, 'ROWS_FEW', 'WARNING'],
    ['twice the usual', USUAL_ROWS * 2, 'ROWS_MANY', 'WARNING'],
  ])('that are %s are told within a probe period of the day being whole, once', (_, rows, cause, severity) =>
    withTable(async (scene, table) => {
      // Of Tuesday 30 June, which comes on Wednesday at 3 and is whole at 2 on Thursday.
      table.batch.rows = rows;
      await scene.live(38 * HOUR - HOUR, 600);
      table.batch.rows = USUAL_ROWS;
      expect(await scene.told()).toEqual([]);
      const { incident } = await scene.untilTold(2 * HOUR, 600);
      expect(incident).toMatchObject({ cause, severity });
      expect(incident.detail).toContain('2026-06-30');
      // Wednesday's too, and Thursday's is as usual.
      await scene.live(3 * DAY, 1800);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual([cause]);
    }),
  );

  it('of a working day without any are told, where news comes all the same', () =>
    withTable(async (scene, table) => {
      table.batch.day = () => '20260101';
      await scene.live(14 * HOUR + HOUR, 600);
      table.batch.day = (day) => day.replaceAll('-', '');
      const { incident } = await scene.untilTold(DAY, 600);
      expect(incident).toMatchObject({ cause: 'ROWS_NONE', severity: 'CRITICAL' });
      table.send('2026-06-30', USUAL_ROWS);
      await scene.live(2 * HOUR, 600);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual(['ROWS_NONE']);
    }));
});

describe('the watermark', () => {
  it('that stands still is told when the promise is broken, as late and nothing else', () =>
    withTable(async (scene, table) => {
      table.batch.isSent = false;
      const { seconds, incident } = await scene.untilTold(2 * DAY, 600);
      // The last batch came at 3 in the morning of this day; 26 hours later is 5 on the next.
      expect(seconds).toBe(16 * HOUR + 600);
      expect(incident).toMatchObject({ cause: 'LATE', severity: 'WARNING' });
      await scene.live(2 * DAY, 1800);
      const [late] = await scene.told();
      expect(late).toMatchObject({ id: incident.id, cause: 'LATE', severity: 'CRITICAL' });
      // 72 hours after the last batch.
      expect((late?.raisedAt ?? 0) - Date.parse('2026-07-03T03:00:00+08:00')).toBeLessThanOrEqual(1_800_000);
      table.batch.isSent = true;
      for (const day of ['2026-06-30', '2026-07-01', '2026-07-02']) table.send(day, USUAL_ROWS);
      await scene.live(HOUR, 600);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual(['LATE']);
    }));

  it('of a time to come is told with the next look', () =>
    withTable(async (scene, table) => {
      table.exec(
        "insert into checks values ('X', '91330922MA28K00156', '20260629', '1', '北一', '2026-07-29 00:00:00')",
      );
      const { seconds, incident } = await scene.untilTold(120);
      expect(seconds).toBe(30);
      expect(incident).toMatchObject({ cause: 'WATERMARK_AHEAD' });
      table.exec("delete from checks where id = 'X'");
      await scene.live(600);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual(['WATERMARK_AHEAD']);
    }));
});

describe('what a mapping states', () => {
  it('holds whatever is usual and whatever chance may do', () =>
    withTable(async (scene) => {
      await scene.live(HOUR, 60);
      expect(await causes(scene)).toEqual([]);
    }, `${TABLE_MAPPING}observe: { volume: { low: 95% } }\n`));

  it('tells a day that chance alone could make', () =>
    withTable(async (scene, table) => {
      table.batch.rows = USUAL_ROWS * 0.9;
      const { incident } = await scene.untilTold(2 * DAY, 1800);
      expect(incident).toMatchObject({ cause: 'ROWS_FEW' });
    }, `${TABLE_MAPPING}observe: { volume: { low: 95% } }\n`));
});

describe('30 ordinary days', () => {
  it(
    'with weekends, two holidays, worked weekends, nightly batches and chance tell nothing',
    () =>
      withTable(
        async (scene, table) => {
          let state = 1;
          table.chance = () => {
            state = (state * 48271) % 2147483647;
            return (state / 2147483647) * 2 - 1;
          };
          await scene.live(30 * DAY, atDepth(4 * 3600, 3600));
          expect(await causes(scene)).toEqual([]);
        },
        TABLE_MAPPING,
        '2026-09-18T12:00:00+08:00',
      ),
    120_000,
  );
});

describe('the cost of observing', () => {
  it('is at most 20 calls an hour beside the looks', () =>
    withTable(async (scene) => {
      const { calls } = scene.department;
      await scene.live(2 * HOUR, 60);
      const looksAlone = 2 * 2 * 60;
      const before = calls.length;
      await scene.live(10 * HOUR, 60);
      const perHour = (calls.length - before) / 10 - looksAlone / 2;
      expect(perHour).toBeLessThanOrEqual(20);
      expect(perHour).toBeGreaterThan(0);
    }));
});
