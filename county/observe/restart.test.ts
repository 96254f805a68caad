import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { breakMapping } from '../../subgraphs/engine/broken-interface.js';
import { createEngineFeed } from '../../subgraphs/engine/read/engine-feed.js';
import { createFreshnessBook } from '../../subgraphs/engine/read/freshness/freshness.js';
import { createKeyBook } from '../../subgraphs/engine/read/keys/key-book.js';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import { openSmallDepartment } from '../../subgraphs/engine/testing/small-department.js';
import { UNOBSERVED } from '../../subgraphs/port/source-observer.js';
import { createWorkingDays } from '../../subgraphs/values/dates/working-days.js';
import { systemContext } from '../system-context.js';
import { openEmbeddedHistory } from './history/embedded-history.js';
import type { HistoryStore } from './history/history-store.js';
import { type CountyObserver, openObserver } from './observer.js';
import { BatchTable, TABLE_MAPPING } from './testing/batch-table.js';

const workingDays = createWorkingDays([]);
let folder: string;
let table: BatchTable;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eg-restart-'));
  table = new BatchTable(new HandClock(), workingDays.isWorkingDay);
});
afterEach(async () => {
  await table.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One process after the other, over the same table and history. */
async function inProcess(
  work: (live: (seconds: number) => Promise<void>, observer: CountyObserver) => Promise<void>,
  {
    mapping = TABLE_MAPPING,
    store = openEmbeddedHistory(join(folder, 'history.sqlite')),
    failures = [],
  }: {
    readonly mapping?: string;
    readonly store?: HistoryStore;
    readonly failures?: string[];
  } = {},
): Promise<void> {
  const { clock } = table;
  const observer = await openObserver({
    clock,
    workingDays,
    store,
    onFailure: (what) => failures.push(what),
  });
  const department = openSmallDepartment([mapping], new Map([['market', table.adapter]]), {
    clock,
    observer: observer.watching(UNOBSERVED),
  });
  const registry = { asOf: () => null, coverage: async () => [] };
  observer.observe({
    departments: [{ served: department.served, broken: [] }],
    drops: async () => [],
    registry,
  });
  try {
    await work(async (seconds) => {
      for (let passed = 0; passed < seconds; passed += 60) {
        clock.pass(60);
        const context = systemContext(clock, 'look', 10_000);
        observer.looked(await department.feed.freshness(context), context.requestId);
        await observer.tick();
      }
    }, observer);
  } finally {
    await observer.close();
  }
}

describe('an observer that is started again', () => {
  it('goes on with the incident that lasts, and tells since when', async () => {
    table.goAway();
    await inProcess((live) => live(600));
    await inProcess(async (live, observer) => {
      await live(600);
      const open = await observer.watch.incidents({ limit: 10 });
      expect(open).toMatchObject([{ cause: 'UNREACHABLE', until: null, times: 1 }]);
      expect(observer.watch.health('market.inspection')?.since).toBe(open[0]?.since);
      table.comeBack();
      await live(600);
      expect(await observer.watch.incidents({ limit: 10 })).toMatchObject([
        { id: open[0]?.id, until: expect.any(Number) },
      ]);
    });
  });

  it('tells what changed in the columns meanwhile, unless the mapping was amended', async () => {
    await inProcess((live) => live(600));
    table.exec(`create table next (id text, uscc text, day integer, result text, pier text, changed text);
      insert into next select * from checks; drop table checks; alter table next rename to checks;`);
    const causes = async (mapping: string): Promise<readonly string[]> => {
      let found: readonly string[] = [];
      await inProcess(
        async (live, observer) => {
          await live(600);
          found = (await observer.watch.incidents({ limit: 10, isOpen: true })).map(({ cause }) => cause);
        },
        { mapping },
      );
      return found;
    };
    expect(await causes(TABLE_MAPPING)).toEqual(['COLUMN_RETYPED']);
    expect(await causes(TABLE_MAPPING.replace(', sorts: asText', ''))).toEqual([]);
  });
});

describe('an observer whose history cannot be written', () => {
  it('says so once, watches on, and writes all of it when it can', async () => {
    const real = openEmbeddedHistory(join(folder, 'history.sqlite'));
    let isFull = false;
    const store: HistoryStore = {
      ...real,
      write: (entry) => (isFull ? Promise.reject(new Error('database or disk is full')) : real.write(entry)),
    };
    const failures: string[] = [];
    await inProcess(
      async (live, observer) => {
        await live(300);
        isFull = true;
        table.goAway();
        await live(600);
        expect(failures).toEqual(['history not written']);
        expect(observer.watch.health('market.inspection')).toMatchObject({ state: 'DOWN' });
        isFull = false;
        await live(60);
        expect(await observer.watch.incidents({ limit: 10 })).toMatchObject([{ cause: 'UNREACHABLE' }]);
        const question = {
          interface: 'market.inspection',
          measure: 'REACHABLE',
          about: null,
          from: 0,
          to: Number.MAX_SAFE_INTEGER,
        } as const;
        expect(await observer.watch.history(question)).toHaveLength(16);
      },
      { store, failures },
    );
  });
});

describe('an interface whose mapping has errors', () => {
  it('is told as such with the first looks', async () => {
    const { clock } = table;
    const store = openEmbeddedHistory(join(folder, 'history.sqlite'));
    const observer = await openObserver({ clock, workingDays, store, onFailure: () => undefined });
    const { served } = openSmallDepartment([TABLE_MAPPING], new Map([['market', table.adapter]]), { clock });
    const [one] = served;
    if (one === undefined) throw new Error('the interface is missing');
    const broken = [breakMapping('market', one.compiled.mapping, 'mapping', [])];
    const feed = createEngineFeed(
      'market',
      [],
      { freshness: createFreshnessBook(), keys: createKeyBook() },
      { broken, observer: UNOBSERVED },
    );
    const registry = { asOf: () => null, coverage: async () => [] };
    observer.observe({ departments: [{ served: [], broken }], drops: async () => [], registry });
    for (let look = 0; look < 3; look++) {
      clock.pass(30);
      observer.looked(await feed.freshness(systemContext(clock, 'look', 1000)), 'look');
    }
    const name = broken[0]?.info.name ?? '';
    expect(observer.watch.health(name)).toMatchObject({ state: 'DOWN' });
    expect(await observer.watch.incidents({ limit: 10 })).toMatchObject([
      { interface: name, cause: 'MISCONFIGURED' },
    ]);
    await observer.close();
  });
});
