import type { FoundNumbers, RegistryPort } from '../../feed/registry-port.js';
import { createRegistry } from '../registry.js';
import type { ArrayInterface, ArrayRow } from '../testing/array-feed.js';
import { makeContext, type OpenedRegistry, openRegistry, PERSON_KEY } from '../testing/open-registry.js';

const ANNA = 'uscc:91330922MA28K00156';
const BERT = 'uscc:91330922MA28K00235';

function inspections(rows: readonly ArrayRow[]): ArrayInterface {
  return {
    name: 'market.inspection',
    kind: 'Inspection',
    numbers: ['number', 'caseNumber'],
    marks: true,
    rows,
  };
}
const register = (rows: readonly ArrayRow[]): ArrayInterface => ({
  name: 'market.registration',
  kind: 'Subject',
  marks: true,
  rows,
});
const row = (key: string, number: string, changed: number, ref = ANNA): ArrayRow => ({
  key,
  refs: [ref],
  values: { number, caseNumber: null },
  changed,
});
const named = (ref: string, name: string, changed: number): ArrayRow => ({
  key: ref,
  refs: [ref],
  values: { name },
  changed,
});
const silent = (one: ArrayInterface): ArrayInterface => ({ ...one, failsAfterPages: 0 });

let opened: OpenedRegistry | null = null;
let minutes = 0;

afterEach(async () => {
  await opened?.close();
  opened = null;
  minutes = 0;
});

/** A registry whose renewals are paced by `minutes`. */
async function open(interfaces: readonly ArrayInterface[]): Promise<OpenedRegistry> {
  opened = await openRegistry(interfaces, { pace: () => minutes * 60_000 });
  return opened;
}

function look(registry: RegistryPort, number: string): Promise<FoundNumbers> {
  return registry.numbers('Inspection', [{ field: 'number', number }], makeContext());
}

async function rowsOf(registry: RegistryPort, number: string): Promise<readonly string[] | null | undefined> {
  return (await look(registry, number)).rows[0];
}

async function nameOf(
  { registry }: Pick<OpenedRegistry, 'registry'>,
  ref: string,
): Promise<string | null | undefined> {
  return (await registry.resolve([ref], makeContext())).get(ref)?.name;
}

describe('numbers()', () => {
  it('names the rows of a number in any spelling, and the interfaces that were read', async () => {
    const { registry } = await open([
      inspections([row('A', '嵊检〔2026〕第001号', 1), row('B', '嵊检[2026]1号', 2)]),
    ]);
    expect(await look(registry, '嵊检(2026)1')).toEqual({
      rows: [['market.inspection:A', 'market.inspection:B']],
      read: [{ interface: 'market.inspection', mark: '2', fields: ['number', 'caseNumber'] }],
    });
    expect(
      await registry.numbers('Case', [{ field: 'number', number: '嵊检(2026)1' }], makeContext()),
    ).toEqual({
      rows: [[]],
      read: [],
    });
  });

  it('names no rows of a text that too many bear', async () => {
    const rows = Array.from({ length: 201 }, (_, index) => row(`R${index}`, '见附件', 1));
    const { registry } = await open([inspections([...rows, row('A', 'N1', 1)])]);
    expect(await rowsOf(registry, '见附件')).toBeNull();
    expect(await rowsOf(registry, 'N1')).toEqual(['market.inspection:A']);
  });

  it('calls an interface unread that broke off, or cannot tell what changed', async () => {
    const { registry } = await open([
      silent(inspections([row('A', 'N1', 1)])),
      { ...inspections([row('B', 'N1', 1)]), name: 'market.other', marks: false },
    ]);
    expect(await look(registry, 'N1')).toEqual({ rows: [['market.other:B']], read: [] });
  });
});

describe('renew()', () => {
  it('adds what changed, and moves the mark', async () => {
    const { registry, feed } = await open([inspections([row('A', 'N1', 1)])]);
    feed.hold([inspections([row('A', 'N1', 1), row('B', 'N2', 5)])]);
    expect(await rowsOf(registry, 'N2')).toEqual([]);
    await registry.renew();
    expect(await rowsOf(registry, 'N2')).toEqual(['market.inspection:B']);
    expect((await look(registry, 'N2')).read[0]?.mark).toBe('5');
  });

  it('keeps the mark of an interface that breaks off, and the index of before', async () => {
    const { registry, feed } = await open([inspections([row('A', 'N1', 1)])]);
    feed.hold([silent(inspections([row('B', 'N2', 5)]))]);
    await registry.renew();
    expect(await look(registry, 'N1')).toMatchObject({
      rows: [['market.inspection:A']],
      read: [{ mark: '1' }],
    });
  });

  it('takes in an interface that was dead when the index was built', async () => {
    const { registry, feed } = await open([silent(inspections([])), register([named(ANNA, '安娜', 1)])]);
    const stateOf = async (): Promise<string | undefined> =>
      (await registry.coverage(makeContext())).find((one) => one.interface === 'market.inspection')?.state;
    expect(await stateOf()).toBe('MISSING');
    feed.hold([inspections([row('A', 'N1', 1)]), register([named(ANNA, '安娜', 1)])]);
    await registry.renew();
    expect(await stateOf()).toBe('LIVE');
    expect(await rowsOf(registry, 'N1')).toEqual(['market.inspection:A']);
  });

  it('tells a new spelling of a subject that no register knows, which was looked up before', async () => {
    const first = row('C', 'N3', 1, BERT);
    const { registry, feed } = await open([inspections([first])]);
    // Who is who is worked out, and is not again for two minutes.
    const second = row('D', 'N4', 2, 'uscc:91330922MA28K00404');
    feed.hold([inspections([first, second])]);
    await registry.renew();
    const plain = row('A', 'N1', 3);
    feed.hold([inspections([first, second, plain])]);
    await registry.renew();
    const keysOf = async () => (await registry.resolve([ANNA], makeContext())).get(ANNA)?.keys;
    expect(await keysOf()).toEqual([ANNA]);
    const spelt = { ...row('B', 'N2', 5), spellings: [{ ref: ANNA, held: 'uscc~ 91330922ma28k00156' }] };
    feed.hold([inspections([first, second, plain, spelt])]);
    await registry.renew();
    expect(await keysOf()).toEqual([ANNA, 'uscc~ 91330922ma28k00156']);
  });

  it('knows a new subject at the next look, but works out who is who every two minutes at most', async () => {
    const one = await open([register([named(ANNA, '安娜', 1)])]);
    one.feed.hold([register([named(ANNA, '安娜', 1), named(BERT, '贝特', 2)])]);
    await one.registry.renew();
    expect(await nameOf(one, BERT)).toBe('贝特');
    one.feed.hold([register([named(ANNA, '安娜', 1), named(BERT, '贝尔特', 3)])]);
    minutes += 1;
    await one.registry.renew();
    expect(await nameOf(one, BERT)).toBe('贝特');
    minutes += 1;
    await one.registry.renew();
    expect(await nameOf(one, BERT)).toBe('贝尔特');
  });

  it('works out after a restart what there was no time for before', async () => {
    const one = await open([register([named(ANNA, '安娜', 1)])]);
    await one.registry.renew();
    for (const [changed, name] of [
      [2, '贝特'],
      [3, '贝尔特'],
    ] as const) {
      one.feed.hold([register([named(ANNA, '安娜', 1), named(BERT, name, changed)])]);
      await one.registry.renew();
    }
    expect(await nameOf(one, BERT)).toBe('贝特');
    await one.registry.close();
    const again = createRegistry({ feeds: [one.feed], file: one.file, personKey: PERSON_KEY });
    await again.renew();
    expect(await nameOf({ registry: again }, BERT)).toBe('贝尔特');
    await again.close();
  });

  it('keeps numbers and marks while it works out who is who', async () => {
    const { registry, feed } = await open([inspections([row('A', 'N1', 1)])]);
    const builtAt = registry.asOf();
    feed.hold([inspections([row('A', 'N1', 1), row('B', 'N2', 5, BERT)])]);
    await registry.renew();
    expect(await registry.knows({ id: BERT, keys: [BERT] } as never, makeContext())).toMatchObject({
      some: true,
    });
    expect(await look(registry, 'N1')).toMatchObject({
      rows: [['market.inspection:A']],
      read: [{ mark: '5' }],
    });
    expect(registry.asOf()).toBe(builtAt);
  });

  it('is found again by the next process', async () => {
    const { registry, feed, file } = await open([inspections([row('A', 'N1', 1)])]);
    feed.hold([inspections([row('B', 'N2', 5)])]);
    await registry.renew();
    await registry.close();
    const again = createRegistry({ feeds: [feed], file, personKey: PERSON_KEY });
    const read = feed.pagesRead;
    await again.build();
    expect(feed.pagesRead).toBe(read);
    expect(await rowsOf(again, 'N2')).toEqual(['market.inspection:B']);
    await again.close();
  });
});
