import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openCountyMemory } from '../../county/counties/county-memory.js';
import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import type { CountyDescription } from '../../subgraphs/feed/counties/county-description.js';
import type { CountyFeed } from '../../subgraphs/feed/counties/county-feed.js';
import {
  type ArrayFeed,
  type ArrayInterface,
  createArrayFeed,
} from '../../subgraphs/hub/testing/array-feed.js';
import { createArrayRegistry } from '../../subgraphs/hub/testing/array-registry.js';
import { openTestHub, testContext } from '../../subgraphs/hub/testing/open-test-hub.js';
import { KINDS } from '../../subgraphs/kinds/kinds.js';
import { createRegistry } from '../../subgraphs/registry/registry.js';
import { type Behaviour, countyFeedOf, offerOf } from './array-counties.js';

const KEY = 'person key of all counties';

function caseOf(key: string, fine: string): ArrayInterface['rows'][number] {
  return {
    key: [key],
    subject: 'uscc:91330922MA28K00156',
    values: { department: 'MARKET', fine, filedAt: '2026-01-01' },
  };
}

/** A county with one interface of cases, beside another that is well. */
function openScene(said: Partial<CountyDescription> = {}) {
  const behaviour: Behaviour = {};
  const cases: ArrayInterface = {
    name: 'market.case',
    kind: 'Case',
    rows: [caseOf('1', '10.00'), caseOf('2', '20.00')],
  };
  const own: ArrayFeed = createArrayFeed('market', [cases]);
  const a = countyFeedOf('a', offerOf([own], said, behaviour));
  const b = countyFeedOf('b', offerOf([createArrayFeed('market', [{ ...cases }])]));
  const hub = openTestHub([a, b], createArrayRegistry([]));
  const ask = async (budgetMs = 20_000): Promise<Answered> => {
    const query = `{
      cases(first: 9) { totalCount nodes { id stage } coverage { interface county state reason } }
      caseStats(by: [], measures: [COUNT, FINE]) { buckets { count fine } coverage { interface state reason } }
    }`;
    const { data, errors } = await hub.ask(query, {}, testContext(budgetMs));
    expect(errors).toEqual([]);
    return data as unknown as Answered;
  };
  return { a, b, hub, own, behaviour, ask, contact: () => contactAll(a, b) };
}

async function contactAll(...feeds: readonly CountyFeed[]): Promise<void> {
  for (const feed of feeds) await feed.contact(testContext());
}

interface Answered {
  readonly cases: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly id: string }[];
    readonly coverage: readonly Covered[];
  };
  readonly caseStats: {
    readonly buckets: readonly { readonly count: number; readonly fine: string }[];
    readonly coverage: readonly Covered[];
  };
}

interface Covered {
  readonly interface: string;
  readonly state: string;
  readonly reason: string | null;
}

/** What is told of the county `a`, after it was seen that the other is whole. */
function reasonIn(answered: Answered, name = 'a/market.case'): string | null | undefined {
  const { cases, caseStats } = answered;
  expect(cases.nodes.map(({ id }) => id).filter((id) => id.startsWith('b/'))).toHaveLength(2);
  expect(cases.coverage.map((one) => one.interface)).toEqual([name, 'b/market.case']);
  expect(cases.coverage[0]?.state).toBe('MISSING');
  expect(cases.totalCount).toBe(2);
  expect(caseStats.buckets).toEqual([{ count: 2, fine: '30.00' }]);
  expect(caseStats.coverage[0]).toMatchObject({ interface: name, state: 'MISSING' });
  expect(caseStats.coverage[0]?.reason).toBe(cases.coverage[0]?.reason);
  return cases.coverage[0]?.reason;
}

function expectWhole({ cases, caseStats }: Answered): void {
  expect(cases.totalCount).toBe(4);
  expect(cases.coverage.map(({ state }) => state)).toEqual(['LIVE', 'LIVE']);
  expect(caseStats.buckets).toEqual([{ count: 4, fine: '60.00' }]);
}

describe('a county that hangs', () => {
  it('costs its own rows; the others’ come before the deadline', async () => {
    const { ask, behaviour, contact } = openScene();
    await contact();
    behaviour.hangs = true;
    expect(reasonIn(await ask(1500))).toMatch(/^COUNTY_TIMEOUT: .* a县（a）。/);
    behaviour.hangs = false;
    expectWhole(await ask());
  });
});

describe('the way to a county that hangs', () => {
  it('is left alone after some calls, and asked again after a pause', async () => {
    const { ask, behaviour, contact } = openScene();
    await contact();
    behaviour.hangs = true;
    // Several that waited in vain; then nobody waits any more, however much time there is.
    const reasons: string[] = [];
    while (!reasons.at(-1)?.startsWith('COUNTY_UNAVAILABLE: ')) reasons.push(reasonIn(await ask(1500)) ?? '');
    expect(reasons[0]).toMatch(/^COUNTY_TIMEOUT: /);
    behaviour.hangs = false;
    // The pause is over at some time, and the first that asks then is answered.
    for (;;) {
      const answered = await ask();
      if (answered.cases.totalCount === 4 && answered.caseStats.buckets[0]?.count === 4) break;
      await wait(100);
    }
  });
});

describe('a county over HTTP whose connections nobody answers', () => {
  it('is told in the time that is left', async () => {
    const silent = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const pools = createOriginPools();
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/graphql`;
    const feed = countyFeedOf('a', createRemoteSubgraph({ name: 'a', url, pools }));
    const context = testContext(600);
    await feed.contact(context);
    expect(Date.now()).toBeLessThan(context.deadline);
    expect(feed.fault()).toMatch(/^COUNTY_TIMEOUT: /);
    await pools.close();
    await new Promise((resolve) => silent.close(resolve));
  });
});

describe('a county that answers nonsense', () => {
  type Part = Readonly<Record<string, unknown>> & {
    readonly data: { readonly rows: readonly object[] } & object[];
  };
  const inParts =
    (change: (rows: readonly object[]) => readonly object[]) =>
    (answer: unknown, message: { operation: string }) =>
      message.operation === 'page'
        ? (answer as Part[]).map((part) => ({
            ...part,
            data: { ...part.data, rows: change(part.data.rows) },
          }))
        : null;
  const inPages = (change: (row: object) => object) => inParts((rows) => rows.map(change));
  const inTallies =
    (change: (tally: object) => object) => (answer: unknown, message: { operation: string }) =>
      message.operation === 'tally'
        ? (answer as Part[]).map((part) => ({ ...part, data: (part.data as object[]).map(change) }))
        : null;

  it.each<[string, NonNullable<Behaviour['answer']>]>([
    ['a text', () => 'nonsense'],
    ['an object', () => ({ rows: [] })],
    ['no interface', () => []],
    [
      'another interface',
      (answer) => (answer as Part[]).map((part) => ({ ...part, interface: 'market.other' })),
    ],
    ['rows of another interface', inPages((row) => ({ ...row, id: 'other.case:1' }))],
    ['rows with too few values', inPages((row) => ({ ...row, values: [] }))],
    ['rows with too few order keys', inPages((row) => ({ ...row, sort: [] }))],
    ['more rows than were asked for', inParts((rows) => Array.from({ length: 99 }, () => rows[0] ?? {}))],
    ['tallies without measures', inTallies((tally) => ({ ...tally, measures: [] }))],
    ['tallies with too many keys', inTallies((tally) => ({ ...tally, key: ['x'] }))],
    [
      'sums that are no numbers',
      inTallies((tally) => ({ ...tally, measures: [{ count: 1, sum: 'much', min: null, max: null }] })),
    ],
  ])('costs its own rows: %s', async (_, answer) => {
    const { ask, behaviour, contact } = openScene();
    await contact();
    behaviour.answer = answer;
    const answered = await ask();
    const { cases, caseStats } = answered;
    const states = [cases.coverage[0], caseStats.coverage[0]].filter((one) => one?.state === 'MISSING');
    expect(states.length).toBeGreaterThan(0);
    for (const one of states) expect(one?.reason).toMatch(/^COUNTY_MALFORMED: .* a县（a）。/);
    expect(cases.nodes.filter(({ id }) => id.startsWith('b/'))).toHaveLength(2);
    expect(caseStats.buckets[0]?.count).toBeGreaterThanOrEqual(2);
    delete behaviour.answer;
    expectWhole(await ask());
  });
});

describe('a county that does not fit', () => {
  const ofKind = (kind: string): Partial<CountyDescription> =>
    ({
      interfaces: [
        { ...createArrayFeed('x', [{ name: 'x.y', kind: 'Case', rows: [] }]).interfaces()[0], kind },
      ],
    }) as never;
  it.each<[string, Partial<CountyDescription>, string]>([
    ['another version', { version: 2 } as never, '对方的版本为 2，本级为 1。'],
    ['a kind unknown here', ofKind('Permit'), 'interfaces.0.kind 无法识别。'],
    ['another key of persons', { personKeyDigest: 'other' }, '人员散列密钥（personKey）与本级不同'],
  ])('is told by its name and reason, alone: %s', async (_, said, reason) => {
    const { ask, contact } = openScene(said);
    await contact();
    expect(reasonIn(await ask(), 'a/case')).toMatch(/^COUNTY_INCOMPATIBLE: /);
    expect(reasonIn(await ask(), 'a/case')).toContain(`a县（a）。${reason}`);
  });
});

describe('a county that fits no more', () => {
  it('is missed by the names that it had, until it fits again', async () => {
    const { ask, behaviour, contact } = openScene();
    await contact();
    behaviour.answer = (answer, { operation }) =>
      operation === 'county' ? { ...(answer as object), version: 2 } : null;
    await contact();
    expect(reasonIn(await ask(), 'a/market.case')).toMatch(/^COUNTY_INCOMPATIBLE: .*版本为 2/);
    delete behaviour.answer;
    await contact();
    expectWhole(await ask());
  });
});

describe('a county that never answered', () => {
  it('is named itself, for each kind, and taken in once it is there', async () => {
    const { a, b, ask, hub } = openScene();
    await contactAll(b);
    expect(reasonIn(await ask(), 'a/case')).toMatch(/^COUNTY_UNAVAILABLE: .* a县（a）。$/);
    expect(a.interfaces().map(({ name }) => name)).toEqual(KINDS.map((kind) => `a/${kind.toLowerCase()}`));
    const { data, errors } = await hub.ask('{ nodes(ids: ["a/market.case:1", "b/market.case:1"]) { id } }');
    expect(data).toEqual({ nodes: [null, { id: 'b/market.case:1' }] });
    expect(errors).toMatchObject([{ path: ['nodes', 0], extensions: { code: 'INTERFACE_MISSING' } }]);
    await contactAll(a);
    expectWhole(await ask());
  });

  it('comes into a walk that began without it only as told', async () => {
    const { a, b, hub } = openScene();
    await contactAll(b);
    const page = (after: string | null) =>
      hub.ask(
        'query ($after: String) { cases(first: 1, after: $after) { nodes { id } pageInfo { endCursor } coverage { interface state } } }',
        { after },
      );
    const first = (await page(null)).data?.cases as { readonly pageInfo: { readonly endCursor: string } };
    await contactAll(a);
    expect((await page(first.pageInfo.endCursor)).data?.cases).toMatchObject({
      nodes: [{ id: expect.stringMatching(/^b\//) }],
      coverage: [
        { interface: 'a/market.case', state: 'MISSING' },
        { interface: 'b/market.case', state: 'LIVE' },
      ],
    });
  });
});

describe('what a county said of itself', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eg-memory-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const away = () => {
    const behaviour: Behaviour = { hangs: true };
    return offerOf([], {}, behaviour);
  };

  it('is known after a restart while it is away', async () => {
    const feed = createArrayFeed('market', [{ name: 'market.case', kind: 'Case', rows: [] }]);
    const memory = openCountyMemory(folder, 'a');
    await countyFeedOf('a', offerOf([feed]), memory).contact(testContext());
    await memory.written();
    const again = countyFeedOf('a', away(), openCountyMemory(folder, 'a'));
    await again.contact(testContext(300));
    expect(again.interfaces().map(({ name }) => name)).toEqual(['a/market.case']);
    expect(again.fault()).toMatch(/^COUNTY_TIMEOUT: /);
  });

  it.each(['', '{"version":', '{"version":9}', '[]'])(
    'is not believed where the file holds %j',
    async (text) => {
      writeFileSync(join(folder, 'a.json'), text);
      const feed = countyFeedOf('a', away(), openCountyMemory(folder, 'a'));
      expect(feed.interfaces().map(({ name }) => name)).toContain('a/case');
    },
  );
});

describe('the register of a hub', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eg-late-county-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('takes in a county that answers later, and says so until then', async () => {
    const { a, b } = openScene();
    await contactAll(b);
    const registry = createRegistry({ feeds: [a, b], file: join(folder, 'index.sqlite'), personKey: KEY });
    await registry.build();
    const told = async () =>
      (await registry.coverage(testContext())).map(({ interface: name, state }) => `${name} ${state}`);
    expect(await told()).toContain('a/case MISSING');
    await contactAll(a);
    expect(await told()).toEqual(['a/market.case MISSING', 'b/market.case LIVE']);
    await registry.renew();
    expect(await told()).toEqual(['a/market.case LIVE', 'b/market.case LIVE']);
    await registry.close();
    const reopened = createRegistry({ feeds: [b], file: join(folder, 'index.sqlite'), personKey: KEY });
    expect(reopened.asOf()).not.toBeNull();
    await reopened.close();
  });
});
