import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../../../adapters/snapshot/embedded-store.js';
import type { SnapshotStore } from '../../../../adapters/snapshot/snapshot-store.js';
import { withCitizenCheck } from '../../../../demo/world/check-digits.js';
import type { FeedAge } from '../../../feed/feed.js';
import { createRowLoaders } from '../../serve/row-loaders.js';
import { HandClock } from '../../testing/hand-clock.js';
import { openSmallDepartment, type SmallDepartment, testContext } from '../../testing/small-department.js';
import { CODES, FIRM, WrittenSource } from './testing/written-source.js';

const detailOf = (rule: string, limits = ''): string => `interface: test.detail
title: t
owner: { department: test }
feeds: Case
source:
  connection: detail
  http: { path: /d, rows: list, ask: [{ param: id, column: code, by: keys, most: 2 }], needs: [id], probe: { id: A } }
key: [code]
subject: [{ scheme: uscc, column: code }, { scheme: person, column: code }]
fields:
  department: { value: MARKET }
  name: { column: name }
snapshot: { ${rule} }
limits: { retries: 0, breaker: false${limits} }
`;

const OF_FIRMS = 'every: 10m, staleFor: 6h, keys: { of: test.firm }';
const [FIRST = '', SECOND = '', THIRD = '', FOURTH = ''] = CODES;
const CITIZEN = withCitizenCheck('33092219800101123');

let folder: string;
let store: SnapshotStore;
let clock: HandClock;
let detail: WrittenSource;
let firms: WrittenSource;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eg-keyed-'));
  store = openEmbeddedStore(folder);
  clock = new HandClock();
  detail = new WrittenSource(clock);
  firms = new WrittenSource(clock);
  firms.rows = [FIRST, SECOND, THIRD].map((code) => ({ code }));
  // The third firm is unknown to the source.
  detail.rows = [FIRST, SECOND, FOURTH].map((code) => ({ code, name: `of ${code}` }));
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(
  mapping: string,
  more: Parameters<typeof openSmallDepartment>[2] = {},
): SmallDepartment & { keep(): Promise<void>; status(): { rows: number | null; failure: string } } {
  const department = openSmallDepartment(
    [mapping, FIRM],
    new Map([
      ['detail', detail.connection()],
      ['firms', firms.connection()],
    ]),
    { clock, snapshots: store, ...more },
  );
  const snapshot = department.served[0]?.kept?.snapshot;
  if (snapshot === undefined) throw new Error('A snapshot must be kept');
  return {
    ...department,
    keep: () => snapshot.keep(),
    status: () => {
      const { version, lastFailure } = snapshot.status();
      return { rows: version?.rows ?? null, failure: String(lastFailure ?? '') };
    },
  };
}

/** What is told of some firms, and what was asked of the source for that. */
async function ask(
  { feed }: SmallDepartment,
  codes: readonly string[],
  age?: FeedAge,
  context = testContext(),
) {
  const before = detail.sent.length;
  const [part] = await feed.page(
    {
      kind: 'Case',
      where: { subject: codes.map((code) => `uscc:${code}`) },
      orderBy: [],
      reversed: false,
      limit: 100,
      fields: ['name'],
      ...(age !== undefined && { age }),
    },
    context,
  );
  return {
    names: part?.data?.rows.map(({ values }) => String(values[0])) ?? null,
    state: part?.state,
    asOf: part?.asOf,
    reason: part?.reason,
    asked: detail.sent.slice(before).flatMap(({ keys }) => keys),
  };
}

const NOON = '2026-06-30T12:00:00+08:00';

describe('a snapshot of a source that answers for keys alone', () => {
  it('costs the source no call for a key that was asked for, whether it has a row or none', async () => {
    const county = open(detailOf(OF_FIRMS));
    await county.keep();
    expect(detail.sent.map(({ keys }) => keys)).toEqual([[FIRST, SECOND], [THIRD]]);
    expect(county.status()).toEqual({ rows: 2, failure: '' });
    for (let times = 0; times < 5; times += 1) {
      expect(await ask(county, [FIRST, THIRD])).toMatchObject({
        names: [`of ${FIRST}`],
        state: 'LIVE',
        asOf: NOON,
        asked: [],
      });
    }
    expect(await ask(county, [THIRD])).toMatchObject({ names: [], asked: [] });
  });

  it('asks the source at once for a key that no reading knew', async () => {
    const county = open(detailOf(OF_FIRMS));
    await county.keep();
    expect(await ask(county, [FOURTH, FIRST])).toMatchObject({
      names: [`of ${FIRST}`, `of ${FOURTH}`].sort(),
      asked: [FOURTH],
    });
    firms.rows = [...firms.rows, { code: FOURTH }];
    clock.pass(601);
    await county.keep();
    expect(await ask(county, [FOURTH])).toMatchObject({ names: [`of ${FOURTH}`], asked: [] });
  });

  it('names the legal matter of a caller for the keys that he asks for, and none when it reads for itself', async () => {
    const county = open(detailOf(OF_FIRMS));
    const context = testContext();
    const reading = county.keep();
    await ask(county, [FOURTH], undefined, { ...context, caller: { ...context.caller, purpose: '许可-1' } });
    await reading;
    expect(detail.sent.map(({ keys, purpose }) => [purpose, ...keys]).sort()).toEqual(
      [
        [null, FIRST, SECOND],
        [null, THIRD],
        ['许可-1', FOURTH],
      ].sort(),
    );
  });

  it('answers from the source before the first reading', async () => {
    const county = open(detailOf(OF_FIRMS));
    expect(await ask(county, [FIRST])).toMatchObject({
      names: [`of ${FIRST}`],
      state: 'LIVE',
      asOf: null,
      asked: [FIRST],
    });
  });

  it('refuses to be read as a whole, as its source does', async () => {
    const county = open(detailOf(OF_FIRMS));
    await county.keep();
    const [part] = await county.feed.page(
      { kind: 'Case', where: { all: [] }, orderBy: [], reversed: false, limit: 9, fields: [] },
      testContext(),
    );
    expect(part).toMatchObject({ state: 'MISSING', reason: expect.stringContaining('SOURCE_REJECTED') });
  });

  it('forgets keys that the source of keys no longer has', async () => {
    const county = open(detailOf(OF_FIRMS));
    await county.keep();
    firms.rows = [{ code: FIRST }];
    clock.pass(601);
    await county.keep();
    expect(county.status().rows).toBe(1);
    expect(await ask(county, [FIRST, SECOND])).toMatchObject({ asked: [SECOND] });
  });

  it('serves on while the source is dead, tells its age, and then leaves it to the source', async () => {
    const county = open(detailOf(OF_FIRMS));
    await county.keep();
    detail.break();
    clock.pass(11 * 60);
    await county.keep();
    expect(await ask(county, [FIRST, SECOND, THIRD])).toMatchObject({
      names: [`of ${FIRST}`, `of ${SECOND}`].sort(),
      state: 'STALE',
      asOf: NOON,
      reason: expect.stringMatching(/快照已有 11 分钟.*The snapshot is 11 minutes/),
      asked: [],
    });
    expect(await ask(county, [FOURTH])).toMatchObject({ state: 'MISSING', asked: [FOURTH] });
    clock.pass(6 * 3600);
    await county.keep();
    expect(await ask(county, [FIRST])).toMatchObject({ names: null, state: 'MISSING' });
    detail.mend();
    expect(await ask(county, [FIRST])).toMatchObject({ names: [`of ${FIRST}`], asked: [FIRST] });
  });

  it('loses no known key with one that a dead source was never asked for', async () => {
    const county = open(detailOf(OF_FIRMS));
    await county.keep();
    detail.break();
    const [one] = county.served;
    if (one === undefined) throw new Error('It must be served');
    const { byId, bySubject } = createRowLoaders(one, ['name']);
    const context = testContext();
    const found = await Promise.allSettled([
      ...[FIRST, FOURTH, THIRD].map((code) => bySubject({ id: code, keys: [`uscc:${code}`] }, context)),
      ...[FOURTH, FIRST].map((code) => byId(`test.detail:${code}`, context)),
    ]);
    expect(found.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });

  it('keeps its version while the keys cannot be read, and says so', async () => {
    const county = open(detailOf(OF_FIRMS));
    await county.keep();
    firms.break();
    clock.pass(11 * 60);
    await county.keep();
    expect(await ask(county, [FIRST])).toMatchObject({
      names: [`of ${FIRST}`],
      state: 'STALE',
      asOf: NOON,
      reason: expect.stringContaining('The keys come from test.firm, which cannot be read to its end now.'),
      asked: [],
    });
  });

  it('asks for the keys of a query alone where somebody wants it younger', async () => {
    const county = open(detailOf(OF_FIRMS));
    await county.keep();
    detail.rows = [{ code: FIRST, name: 'changed' }];
    clock.pass(300);
    for (const otherwise of ['SOURCE', 'STALE', 'MISSING'] as const) {
      expect(await ask(county, [FIRST], { maxSeconds: 60, otherwise })).toMatchObject({
        names: ['changed'],
        asked: [FIRST],
      });
    }
    expect(await ask(county, [FIRST], { maxSeconds: 600, otherwise: 'SOURCE' })).toMatchObject({ asked: [] });
    detail.break();
    expect(await ask(county, [FIRST], { maxSeconds: 60, otherwise: 'STALE' })).toMatchObject({
      names: [`of ${FIRST}`],
      state: 'STALE',
      reason: expect.stringContaining('at most 1 minute was asked for'),
    });
    for (const otherwise of ['SOURCE', 'MISSING'] as const) {
      expect(await ask(county, [FIRST], { maxSeconds: 60, otherwise })).toMatchObject({
        names: null,
        state: 'MISSING',
      });
    }
  });

  it('keeps what was read before the source failed, as old as it is', async () => {
    const county = open(detailOf(OF_FIRMS, ', concurrent: 1'));
    await county.keep();
    clock.pass(601);
    detail.rows = [FIRST, SECOND, THIRD].map((code) => ({ code, name: 'new' }));
    detail.onSend = ({ keys }) => {
      if (keys.includes(THIRD)) throw new Error('gone');
    };
    await county.keep();
    // The third is as old as before, and with it the snapshot.
    expect(await ask(county, [FIRST, SECOND, THIRD])).toMatchObject({
      names: ['new', 'new'],
      asOf: NOON,
      state: 'STALE',
    });
    detail.mend();
    clock.pass(31);
    await county.keep();
    expect(await ask(county, [FIRST, SECOND, THIRD])).toMatchObject({
      names: ['new', 'new', 'new'],
      asOf: '2026-06-30T12:10:01+08:00',
      state: 'LIVE',
    });
  });

  it('spreads a reading over days where it would use up more than half of what the source grants', async () => {
    firms.rows = CODES.map((code) => ({ code }));
    const county = open(detailOf('every: 1d, staleFor: 9d, keys: { of: test.firm }', ', perDay: 4'));
    const knownAfter = async (): Promise<number> => {
      await county.keep();
      const asked = await ask(county, [FIRST]);
      return asked.asked.length === 0 ? detail.sent.flatMap(({ keys }) => keys).length : 0;
    };
    expect(await knownAfter()).toBe(4);
    // The other half is for queries.
    expect(await knownAfter()).toBe(4);
    clock.pass(86_400 / 2);
    expect(await knownAfter()).toBe(8);
    const days = detail.sent.map(({ day }) => day);
    expect(days).toEqual(['2026-06-30', '2026-06-30', '2026-07-01', '2026-07-01']);
    expect((await ask(county, CODES)).asOf).toBe(NOON);
  });

  it('waits while the source must not be called, and serves on', async () => {
    const county = open(detailOf(OF_FIRMS, ', quiet: [{ from: "12:05", to: "13:00" }]'));
    await county.keep();
    const calls = detail.sent.length;
    clock.pass(20 * 60);
    await county.keep();
    expect(detail.sent).toHaveLength(calls);
    expect(await ask(county, [FIRST])).toMatchObject({ names: [`of ${FIRST}`], state: 'STALE', asked: [] });
    clock.pass(41 * 60);
    await county.keep();
    expect(await ask(county, [FIRST])).toMatchObject({ state: 'LIVE', asked: [] });
  });

  it('serves at once after a restart, and looks once for keys that are new', async () => {
    await open(detailOf(OF_FIRMS)).keep();
    await store.close();
    store = openEmbeddedStore(folder);
    detail.break();
    const county = open(detailOf(OF_FIRMS));
    clock.pass(60);
    expect(await ask(county, [FIRST, THIRD])).toMatchObject({
      names: [`of ${FIRST}`],
      asOf: NOON,
      asked: [],
    });
    detail.mend();
    firms.rows = [...firms.rows, { code: FOURTH }];
    await county.keep();
    expect(await ask(county, [FIRST, FOURTH])).toMatchObject({ asOf: NOON, asked: [] });
  });

  it('asks for what the register knows', async () => {
    const refs = [[`uscc:${FIRST}`, `uscc:${THIRD}`], [`uscc:${FIRST}`]];
    const county = open(detailOf('every: 10m, keys: { refs: uscc }'), {
      knownRefs: (scheme) => (scheme === 'uscc' ? pagesOf(refs) : null),
    });
    await county.keep();
    expect(detail.sent.flatMap(({ keys }) => keys)).toEqual([FIRST, THIRD]);
    expect(await ask(county, [FIRST, THIRD])).toMatchObject({ names: [`of ${FIRST}`], asked: [] });
  });

  it('is not read while there is no register', async () => {
    const county = open(detailOf('every: 10m, keys: { refs: uscc }'), { knownRefs: () => null });
    await county.keep();
    expect(county.status().failure).toContain('Cannot read the keys of 登记索引');
    expect(await ask(county, [FIRST])).toMatchObject({ names: [`of ${FIRST}`], asked: [FIRST] });
  });

  it('keeps a citizen’s number sealed where it is the key, with a row and without', async () => {
    const other = withCitizenCheck('33092219800101456');
    firms.rows = [{ code: CITIZEN }, { code: other }, { code: FIRST }];
    detail.rows = [{ code: CITIZEN, name: 'a person' }];
    const county = open(detailOf(OF_FIRMS));
    await county.keep();
    expect(detail.sent.flatMap(({ keys }) => keys).sort()).toEqual([CITIZEN, other, FIRST].sort());
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.sqlite'),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'latin1');
      expect([text.includes(CITIZEN), text.includes(other), text.includes(FIRST)]).toEqual([
        false,
        false,
        true,
      ]);
    }
    const asked = detail.sent.length;
    const [part] = await county.feed.page(
      {
        kind: 'Case',
        where: { ids: [CITIZEN, other].map((key) => `test.detail:${key}`) },
        orderBy: [],
        reversed: false,
        limit: 9,
        fields: ['name'],
      },
      testContext(),
    );
    expect(part?.data?.rows.map(({ values }) => values)).toEqual([['a person']]);
    expect(detail.sent).toHaveLength(asked);
  });
});

async function* pagesOf(pages: readonly (readonly string[])[]) {
  for (const page of pages) yield await Promise.resolve(page);
}
