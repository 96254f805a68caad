import { createArrayFeed } from '../testing/array-feed.js';
import { type ArraySubject, createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

const subject = (id: string, rest: Partial<ArraySubject> = {}): ArraySubject => ({
  id,
  keys: [id],
  kind: 'ORGANISATION',
  name: null,
  township: null,
  industry: null,
  state: null,
  owners: [],
  ...rest,
});
const visit = (key: string, ref: string, department: string | null, date = '2026-06-01') => ({
  key: [key],
  subject: ref,
  values: { department, date },
});
const feed = createArrayFeed('county', [
  {
    name: 'county.inspection',
    kind: 'Inspection',
    rows: [
      visit('1', 'uscc:A', 'MARKET'),
      visit('2', 'uscc:A', 'UNKNOWN'),
      visit('3', 'uscc:A', null),
      visit('4', 'uscc:B', 'MARKET'),
      visit('5', 'uscc:B', 'HEALTH', '2026-06-30'),
      visit('6', 'uscc:C', 'MARKET'),
      visit('7', 'uscc:C', 'HEALTH', '2026-07-01'),
    ],
  },
]);
const registry = createArrayRegistry([
  subject('uscc:A'),
  subject('uscc:B', { kind: 'INDIVIDUAL_BUSINESS', owners: ['uscc:C'] }),
  subject('uscc:C'),
]);
const hub = openTestHub([feed], registry);

async function edges(where: string): Promise<unknown> {
  const { data, errors } = await hub.ask(
    `{ subjects(where: ${where}) { edges { node { ref } match { inspectedBy months inspectionCount } } } }`,
  );
  expect(errors).toEqual([]);
  return (data?.subjects as { readonly edges: unknown } | undefined)?.edges;
}

const edge = (
  ref: string,
  inspectedBy: readonly string[],
  inspectionCount: number,
  months: readonly string[] | null = null,
) => ({
  node: { ref },
  match: { inspectedBy, inspectionCount, months },
});

describe('departments that are not known', () => {
  it('are none of those that inspected, for two of them may be the same', async () => {
    expect(await edges('{ inspections: { departments: { gte: 2 } } }')).toEqual([
      edge('uscc:B', ['HEALTH', 'MARKET'], 2),
      edge('uscc:C', ['HEALTH', 'MARKET'], 2),
    ]);
    expect(await edges('{ inspections: { departments: { lte: 1 }, count: { gte: 3 } } }')).toEqual([
      edge('uscc:A', ['MARKET'], 3),
    ]);
    expect(await edges('{ inspections: { departments: { gte: 2 }, sameMonth: true } }')).toEqual([
      edge('uscc:B', ['HEALTH', 'MARKET'], 2, ['2026-06']),
    ]);
  });
});

describe('conditions of several members of and', () => {
  it('narrow one another down, attribute by attribute', async () => {
    expect(
      await edges(
        '{ and: [{ kind: [ORGANISATION, VESSEL] }, { kind: [INDIVIDUAL_BUSINESS, ORGANISATION] }], inspections: { count: { gte: 3 } } }',
      ),
    ).toEqual([edge('uscc:A', ['MARKET'], 3)]);
    expect(await edges('{ and: [{ kind: [ORGANISATION] }, { kind: [INDIVIDUAL_BUSINESS] }] }')).toEqual([]);
    expect(
      await edges('{ and: [{ id: ["uscc:A", "uscc:B"] }, { id: ["uscc:B", "uscc:C"] }], inspections: {} }'),
    ).toEqual([edge('uscc:B', ['HEALTH', 'MARKET'], 2)]);
  });

  it('of an owner are looked for among those alone that other clauses leave', async () => {
    expect(await edges('{ owner: { inspections: { count: { gte: 2 } } }, inspections: {} }')).toEqual([
      edge('uscc:B', ['HEALTH', 'MARKET'], 2),
    ]);
    expect(
      await edges('{ owner: { inspections: { count: { gte: 2 } } }, inspections: { count: { gte: 3 } } }'),
    ).toEqual([]);
  });
});

describe('an owner of so many subjects that they are not handed on', () => {
  it('owns none that another clause left out', async () => {
    const shops = Array.from({ length: 2001 }, (_, index) =>
      subject(`regno:${index}`, { owners: index < 2 ? ['person:1'] : [] }),
    );
    const crowd = createArrayRegistry([
      ...shops,
      subject('regno:unvisited', { owners: ['person:1'] }),
      subject('person:1', { kind: 'PERSON' }),
    ]);
    const rows = shops.map(({ id }, index) => visit(String(index), id, 'MARKET'));
    const visits = createArrayFeed('county', [{ name: 'county.inspection', kind: 'Inspection', rows }]);
    const { data, errors } = await openTestHub([visits], crowd).ask(
      '{ subjects(where: { inspections: {}, owner: { kind: [PERSON] } }) { totalCount nodes { ref } } }',
    );
    expect(errors).toEqual([]);
    expect(data?.subjects).toEqual({ totalCount: 2, nodes: [{ ref: 'regno:0' }, { ref: 'regno:1' }] });
  });
});
