import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DropScene } from '../../adapters/file/testing/drop-scene.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import { createRegistry, type Registry } from '../../subgraphs/registry/registry.js';
import { parseWorkingDays } from '../../subgraphs/values/dates/parse-working-days.js';
import { BatchTable, TABLE_MAPPING } from './testing/batch-table.js';
import { openWatchedScene, type WatchedScene } from './testing/watched-scene.js';

const CALENDAR = 'schema/calendar/working-days.yaml';
const { isWorkingDay } = parseWorkingDays(readFileSync(join(findProjectRoot(), CALENDAR), 'utf8'), CALENDAR);
const HOUR = 3600;

const FILE_MAPPING = `interface: culture.homestay
title: 民宿
owner: { department: culture }
facet: Subject.culture.homestays
source: { connection: drops, file: { match: 民宿台账* } }
key: [许可证号]
fields:
  name: { column: 民宿名称, classification: L1 }
limits: { retries: 0, breaker: false }
`;

function csv(rows: number, heading = '许可证号,民宿名称'): string {
  return `${heading}\n${Array.from({ length: rows }, (_, index) => `X${index},民宿${index}`).join('\n')}\n`;
}

describe('files that are dropped', () => {
  it('are told when they are short, rejected or late, each once, and end with the next one', async () => {
    const drops = new DropScene();
    const connection = drops.connect();
    const scene = await openWatchedScene({
      mappings: [FILE_MAPPING],
      adapters: new Map([['drops', connection]]),
      clock: new HandClock(),
      drops: () => connection.states(),
    });
    const drop = async (name: string, content: string): Promise<void> => {
      drops.drop(name, content);
      await connection.settle();
    };
    try {
      await drop('民宿台账1.csv', csv(9));
      await scene.live(600, 60);
      await drop('民宿台账2.csv', csv(9));
      await scene.live(600, 60);
      expect(await scene.told()).toEqual([]);

      await drop('民宿台账3.csv', csv(2));
      const short = await scene.untilTold(120);
      expect(short.seconds).toBe(30);
      expect(short.incident).toMatchObject({ cause: 'DROP_SHORT' });
      expect(short.incident.detail).toContain('2 行，以往通常 9 行');
      await drop('民宿台账4.csv', csv(9));
      await scene.live(120);
      expect(await scene.open()).toEqual([]);

      await drop('民宿台账5.csv', csv(9, '编号,名称'));
      const rejected = await scene.untilTold(120);
      expect(rejected.incident).toMatchObject({ cause: 'DROP_REJECTED' });
      const standing = () => scene.observer.watch.health('culture.homestay')?.drop;
      expect(standing()).toMatchObject({
        serving: { rows: 9 },
        rejected: { reasons: expect.any(Number), isSettled: false },
      });
      expect(standing()?.rejected?.examples.length).toBeGreaterThan(0);
      // Names of files may be those of people.
      expect(JSON.stringify(standing())).not.toContain('民宿台账');
      await drop('民宿台账6.csv', csv(9));
      await scene.live(120);
      expect(await scene.open()).toEqual([]);
      expect((await scene.told()).map(({ cause }) => cause)).toEqual(['DROP_SHORT', 'DROP_REJECTED']);
      expect(standing()).toMatchObject({ serving: { rows: 9 }, rejected: { isSettled: true } });
    } finally {
      await scene.close();
      await drops.stop();
    }
  });
});

/** A table that is watched since an hour. */
async function withTable(
  mapping: string,
  work: (scene: WatchedScene, table: BatchTable) => Promise<void>,
  registry: { current: Registry | null } = { current: null },
): Promise<void> {
  const table = new BatchTable(new HandClock(), isWorkingDay);
  const scene = await openWatchedScene({
    mappings: [mapping],
    adapters: new Map([['market', table.adapter]]),
    clock: table.clock,
    onTurn: () => table.turn(),
    registry: {
      asOf: () => registry.current?.asOf() ?? null,
      coverage: async (context) => (await registry.current?.coverage(context)) ?? [],
    },
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

describe('a quota', () => {
  it('is told at 80 % and at 95 %, as one incident, not as a source that is away, and ends at midnight', () =>
    withTable(TABLE_MAPPING.replace('limits: {', 'limits: { perDay: 400,'), async (scene) => {
      const near = await scene.untilTold(5 * HOUR, 60);
      expect(near.incident).toMatchObject({ cause: 'QUOTA_NEAR', about: 'day', severity: 'WARNING' });
      await scene.live(2 * HOUR, 60);
      expect(await scene.told()).toMatchObject([{ cause: 'QUOTA_NEAR', severity: 'CRITICAL', until: null }]);
      await scene.live(11 * HOUR, 600);
      expect(await scene.told()).toMatchObject([{ cause: 'QUOTA_NEAR', until: expect.any(Number) }]);
    }));
});

describe('the index', () => {
  it('that lacks an interface is told once the interface answers, and ends when it is taken in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eg-index-'));
    const registry: { current: Registry | null } = { current: null };
    await withTable(
      TABLE_MAPPING,
      async (scene, table) => {
        table.goAway();
        registry.current = createRegistry({
          feeds: [scene.department.feed],
          file: join(folder, 'index.sqlite'),
          personKey: 'a person key for tests',
          clock: scene.clock,
        });
        await registry.current.build();
        await scene.live(300, 60);
        expect(await scene.open()).toEqual(['UNREACHABLE']);
        table.comeBack();
        await scene.live(600, 60);
        expect(await scene.open()).toEqual(['INDEX_INCOMPLETE']);
        await registry.current.renew();
        await scene.live(600, 60);
        expect(await scene.open()).toEqual([]);
      },
      registry,
    );
    await registry.current?.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
