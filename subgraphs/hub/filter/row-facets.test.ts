import { ANONYMOUS } from '../../../runtime/call/caller.js';
import { type ArrayInterface, createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub, testContext } from '../testing/open-test-hub.js';

const row = (key: string, values: ArrayInterface['rows'][number]['values']) => ({
  key: [key],
  subject: null,
  values,
});

const marine: ArrayInterface = {
  name: 'marine.inspection',
  kind: 'Inspection',
  fields: ['department', 'date', 'vesselName', 'place'],
  rows: [
    row('1', { department: 'MARINE', date: '2026-06-01', vesselName: '浙嵊渔1' }),
    row('2', { department: 'MARINE', date: '2026-06-02', vesselName: null }),
  ],
  rowFacet: {
    holder: 'marine',
    fields: [
      { name: 'vesselName', type: 'Text', words: '', level: 'L1' },
      { name: 'place', type: 'Text', words: '', level: 'L3' },
    ],
  },
};
const market: ArrayInterface = {
  name: 'market.inspection',
  kind: 'Inspection',
  rows: [row('1', { department: 'MARKET', date: '2026-06-03' })],
};
const unread: ArrayInterface = {
  name: 'putuo/marine.inspection',
  kind: 'Inspection',
  down: true,
  rows: [],
  rowFacet: { holder: 'marine', fields: [] },
};

const open = (...interfaces: readonly ArrayInterface[]) => {
  const feed = createArrayFeed('all', interfaces);
  const hub = openTestHub([feed], createArrayRegistry([]));
  return async (where: string, smallCells?: number) => {
    feed.calls.length = 0;
    const context = testContext();
    const { data, errors } = await hub.ask(
      `{ inspections(where: ${where}) { nodes { id } totalCount } inspectionStats(where: ${where}, by: []) { buckets { count } } }`,
      {},
      smallCells === undefined ? context : { ...context, caller: { ...ANONYMOUS, smallCells } },
    );
    const list = data?.inspections as { nodes: readonly { id: string }[]; totalCount: number } | null;
    const stats = data?.inspectionStats as { buckets: readonly { count: number }[] } | null;
    return {
      ids: list?.nodes.map(({ id }) => id).sort(),
      counts: [list?.totalCount, stats?.buckets[0]?.count],
      errors: errors.map(({ extensions: { code, interface: name } }) => [code, name]),
      asked: [...new Set(feed.calls.flatMap(({ request }) => request.interfaces ?? []))].sort(),
    };
  };
};

describe('filters by a facet of rows', () => {
  it('give rows of those that show it, and ask nobody else', async () => {
    const ask = open(marine, market);
    expect(await ask('{marine: {vesselNamePresent: true}}')).toEqual({
      ids: ['marine.inspection:1'],
      counts: [1, 1],
      errors: [],
      asked: ['marine.inspection'],
    });
    expect(await ask('{not: {marine: {vesselNamePresent: true}}}')).toMatchObject({
      ids: ['marine.inspection:2', 'market.inspection:1'],
      counts: [2, 2],
    });
    expect(await ask('{or: [{marine: {vesselName: ["浙嵊渔1"]}}, {department: [MARKET]}]}')).toMatchObject({
      ids: ['marine.inspection:1', 'market.inspection:1'],
    });
  });

  it('tell that one is missing which would show it', async () => {
    const missing = [
      ['INTERFACE_MISSING', 'putuo/marine.inspection'],
      ['INTERFACE_MISSING', 'putuo/marine.inspection'],
    ];
    expect(await open(marine, market, unread)('{marine: {vesselNamePresent: true}}')).toMatchObject({
      ids: ['marine.inspection:1'],
      errors: missing,
    });
    expect((await open(market, unread)('{marine: {vesselNamePresent: true}}')).errors).toEqual(missing);
  });

  it('by what tells of persons are refused to callers who must not see small counts', async () => {
    const ask = open(marine, market);
    expect((await ask('{marine: {place: ["码头"]}}', 5)).errors).toEqual([
      ['FORBIDDEN', undefined],
      ['FORBIDDEN', undefined],
    ]);
    expect((await ask('{marine: {vesselNamePresent: true}}', 5)).errors).toEqual([]);
  });

  it('fail where nobody shows it', async () => {
    expect((await open(market)('{marine: {vesselNamePresent: true}}')).errors).toEqual([
      ['INTERFACE_MISSING', undefined],
      ['INTERFACE_MISSING', undefined],
    ]);
  });
});
