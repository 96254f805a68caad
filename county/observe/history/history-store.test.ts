import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Incident } from '../../../subgraphs/port/observation.js';
import { openEmbeddedHistory } from './embedded-history.js';
import type { HistoryStore, KeptMeasurement } from './history-store.js';
import { openTestHistories } from './testing/test-histories.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-06-30T12:00:00+08:00');

const NONE = { measurements: [], incidents: [], remembered: new Map<string, string>() };

function look(at: number, value: number, name = 'market.inspection'): KeptMeasurement {
  return { interface: name, measure: 'REACHABLE', about: null, value, at };
}

function incident(id: string, changed: Partial<Incident> = {}): Incident {
  return {
    id,
    interface: 'market.inspection',
    cause: 'LATE',
    about: null,
    severity: 'WARNING',
    since: NOW - HOUR,
    until: null,
    detail: '迟。Late.',
    heals: '新数据。News.',
    requestId: 'r1',
    times: 1,
    ...changed,
  };
}

const QUESTION = { interface: 'market.inspection', measure: 'REACHABLE', about: null } as const;

/** How one kind of history is opened; the same place again after `place`. */
interface Kind {
  open(place: string): Promise<HistoryStore>;
  close(): Promise<void>;
}

const KINDS: Readonly<Record<string, () => Promise<Kind>>> = {
  'in a file': async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eg-history-'));
    return {
      open: async (place) => openEmbeddedHistory(join(folder, `${place}.sqlite`)),
      close: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
  'in PostgreSQL': async () => {
    const histories = await openTestHistories();
    return {
      open: async (place) => {
        const store = histories.open(place, 'one');
        expect(await store.turns?.take(NOW)).toEqual({ kind: 'OURS', other: null });
        return store;
      },
      close: histories.close,
    };
  },
};

describe.each(Object.keys(KINDS))('a history %s', (kindName) => {
  let kind: Kind;
  let store: HistoryStore;
  let place = 0;
  beforeAll(async () => {
    const openKind = KINDS[kindName];
    if (openKind === undefined) throw new Error('the kind is missing');
    kind = await openKind();
  }, 120_000);
  afterAll(() => kind.close(), 60_000);
  beforeEach(async () => {
    place += 1;
    store = await kind.open(`place_${place}`);
  });
  afterEach(() => store.close());

  it('gives back what was measured, oldest first, and nothing of another series', async () => {
    await store.write({
      ...NONE,
      measurements: [look(NOW, 1), look(NOW - 30 * SECOND, 0), look(NOW, 0, 'marine.vessel')],
    });
    const points = await store.read({ ...QUESTION, from: NOW - HOUR, to: NOW + HOUR });
    expect(points).toEqual([
      { at: NOW - 30 * SECOND, seconds: 0, count: 1, low: 0, high: 0, mean: 0, last: 0 },
      { at: NOW, seconds: 0, count: 1, low: 1, high: 1, mean: 1, last: 1 },
    ]);
    expect(await store.read({ ...QUESTION, about: 'day', from: 0, to: NOW + HOUR })).toEqual([]);
  });

  it('keeps single measurements a week, five minutes of them a month, hours 90 days, and no more', async () => {
    const ages = [1, 8, 31, 91].map((days) => days * DAY);
    const measurements = ages.flatMap((age) => [look(NOW - age, 1), look(NOW - age + 30 * SECOND, 0)]);
    await store.write({ ...NONE, measurements });
    await store.compact(NOW);
    await store.compact(NOW);
    const points = await store.read({ ...QUESTION, from: 0, to: NOW });
    expect(
      points.map(({ at, seconds, count, mean, last }) => [(NOW - at) / DAY, seconds, count, mean, last]),
    ).toEqual([
      [31, 3600, 2, 0.5, 0],
      [8, 300, 2, 0.5, 0],
      [1, 0, 1, 1, 1],
      [1 - (30 * SECOND) / DAY, 0, 1, 0, 0],
    ]);
  });

  it('puts what comes late for an hour to the rest of it', async () => {
    for (const value of [1, 0]) {
      await store.write({ ...NONE, measurements: [look(NOW - 40 * DAY + value, value)] });
      await store.compact(NOW);
    }
    await store.write({ ...NONE, measurements: [look(NOW - 40 * DAY + 60 * SECOND, 0)] });
    await store.compact(NOW);
    const [point, ...others] = await store.read({ ...QUESTION, from: 0, to: NOW });
    expect(others).toEqual([]);
    expect(point).toMatchObject({ seconds: 3600, count: 3, low: 0, high: 1 });
  });

  it('tells a long stretch in few points without losing a measurement', async () => {
    const measurements = Array.from({ length: 5000 }, (_, index) =>
      look(NOW - index * 60 * SECOND, index % 2),
    );
    await store.write({ ...NONE, measurements });
    const points = await store.read({ ...QUESTION, from: NOW - 4 * DAY, to: NOW + 1 });
    expect(points.length).toBeLessThanOrEqual(1500);
    expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(5000);
  });

  it('counts looks over all that is kept', async () => {
    const measurements = [0, 1, 20, 60].map((days) => look(NOW - days * DAY, days === 20 ? 0 : 1));
    await store.write({ ...NONE, measurements });
    await store.compact(NOW);
    expect(await store.looks('market.inspection', [NOW - 90 * DAY, NOW - 30 * DAY, NOW - HOUR], NOW)).toEqual(
      [
        { looks: 4, answered: 3 },
        { looks: 3, answered: 2 },
        { looks: 1, answered: 1 },
      ],
    );
    expect(await store.looks('nobody.here', [0], NOW)).toEqual([{ looks: 0, answered: 0 }]);
  });

  it('counts looks by the days of the county', async () => {
    const midnight = Date.parse('2026-06-30T00:00:00+08:00');
    const measurements = [
      look(midnight - 40 * DAY, 0),
      look(midnight - SECOND, 1),
      look(midnight, 0),
      look(midnight + SECOND, 1),
    ];
    await store.write({ ...NONE, measurements });
    await store.compact(midnight + HOUR);
    expect(await store.looksByDay('market.inspection', midnight - 90 * DAY, midnight + HOUR)).toEqual([
      { at: midnight - 40 * DAY, looks: 1, answered: 0 },
      { at: midnight - DAY, looks: 1, answered: 1 },
      { at: midnight, looks: 2, answered: 1 },
    ]);
    expect(await store.looksByDay('nobody.here', 0, midnight)).toEqual([]);
  });

  it('finds incidents by interface, cause, time and whether they last', async () => {
    const ended = incident('b', { cause: 'SLOW', since: NOW - 3 * DAY, until: NOW - 2 * DAY });
    const other = incident('c', { interface: 'marine.vessel', since: NOW });
    await store.write({ ...NONE, incidents: [incident('a'), ended, other] });
    await store.write({ ...NONE, incidents: [incident('a', { severity: 'CRITICAL' })] });
    const ids = async (question: object) =>
      (await store.incidents({ limit: 10, ...question })).map(({ id }) => id);
    expect(await ids({})).toEqual(['c', 'a', 'b']);
    expect(await ids({ isOpen: false })).toEqual(['b']);
    expect(await ids({ interfaces: ['market.inspection'], isOpen: true })).toEqual(['a']);
    expect(await ids({ interfaces: [] })).toEqual([]);
    expect(await ids({ causes: ['SLOW'] })).toEqual(['b']);
    expect(await ids({ from: NOW - DAY })).toEqual(['c', 'a']);
    expect(await ids({ to: NOW - DAY })).toEqual(['b']);
    expect(await ids({ limit: 1 })).toEqual(['c']);
    expect(await store.incidents({ limit: 1, causes: ['LATE'], interfaces: ['market.inspection'] })).toEqual([
      incident('a', { severity: 'CRITICAL' }),
    ]);
  });

  it('gives an observer of the next process what it must know', async () => {
    const long = incident('old', { since: NOW - 9 * DAY, until: NOW - 8 * DAY });
    await store.write({
      ...NONE,
      incidents: [incident('a'), long],
      remembered: new Map([['columns x', '[]']]),
    });
    await store.close();
    store = await kind.open(`place_${place}`);
    const { incidents, remembered } = await store.load(NOW);
    expect(incidents).toEqual([incident('a')]);
    expect(remembered).toEqual(new Map([['columns x', '[]']]));
  });

  it('forgets incidents 90 days after their end, and none that lasts', async () => {
    const since = NOW - 200 * DAY;
    const all = [incident('lasts', { since }), incident('gone', { since, until: NOW - 91 * DAY })];
    await store.write({ ...NONE, incidents: all });
    await store.compact(NOW);
    expect((await store.incidents({ limit: 10 })).map(({ id }) => id)).toEqual(['lasts']);
  });
});
