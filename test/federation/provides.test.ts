import { type Graph, openGraph, type Part } from './open-graph.js';

const OFFICERS = new Map([
  ['o1', 'Chen'],
  ['o2', 'Lin'],
]);

/** Owns everything; fields that others provide answer with a mark here. */
const staff: Part = {
  sdl: `
    type Officer @key(fields: "badge") { badge: ID! name: String! @shareable rank: String! unit: Unit @shareable }
    type Unit @key(fields: "code") { code: ID! title: String! @shareable seat: String }
    type Camera @key(fields: "serial") { serial: ID! label: String @shareable lens: String }
    type Tip @key(fields: "number") { number: ID! label: String @shareable }`,
  resolvers: {
    Officer: {
      name: ({ badge }: { badge: string }) => `${OFFICERS.get(badge)} (staff)`,
      rank: () => 'sergeant',
      unit: () => ({ code: 'u1', title: 'Harbour (staff)' }),
    },
    Unit: { title: ({ code }: { code: string }) => `${code} (staff)`, seat: () => 'east' },
    Camera: { label: () => 'camera (staff)', lens: () => 'wide' },
    Tip: { label: () => 'tip (staff)' },
  },
};

const cases: Part = {
  sdl: `
    type Query {
      case: Case
      team: [Officer!]! @provides(fields: "name")
      unit: Officer @provides(fields: "unit { title }")
      sources: [Source] @provides(fields: "... on Camera { label }")
      device: Device @provides(fields: "... on Camera { label }")
    }
    type Case { plain: Officer lead: Officer @provides(fields: "name unit { code title }") }
    type Officer @key(fields: "badge") { badge: ID! name: String! @external unit: Unit @external }
    type Unit @key(fields: "code") { code: ID! title: String! @external }
    union Source = Camera | Tip
    interface Device { label: String }
    type Camera implements Device @key(fields: "serial") { serial: ID! label: String @external }
    type Tip @key(fields: "number") { number: ID! }`,
  resolvers: {
    Query: {
      case: () => ({
        plain: { badge: 'o1' },
        lead: { badge: 'o2', name: 'Lin', unit: { code: 'u1', title: 'Harbour' } },
      }),
      team: () => [...OFFICERS].map(([badge, name]) => ({ badge, name })),
      unit: () => ({ badge: 'o1', unit: { code: 'u9', title: 'Sea' } }),
      sources: () => [
        { __typename: 'Camera', serial: 's', label: 'camera' },
        null,
        { __typename: 'Tip', number: '1' },
      ],
      device: () => ({ __typename: 'Camera', serial: 's', label: 'camera' }),
    },
  },
};

describe('@provides', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ staff, cases });
  });
  afterAll(() => graph.close());

  const askedFor = async (query: string) => {
    const before = graph.asked.length;
    const data = await graph.read(query);
    return { data, subgraphs: graph.asked.slice(before).map(({ subgraph }) => subgraph) };
  };

  it('takes provided fields where they are provided, and only there', async () => {
    expect(await askedFor('{ case { lead { badge name } } team { name } }')).toEqual({
      data: { case: { lead: { badge: 'o2', name: 'Lin' } }, team: [{ name: 'Chen' }, { name: 'Lin' }] },
      subgraphs: ['cases'],
    });
    expect((await askedFor('{ case { plain { name } } }')).data).toEqual({
      case: { plain: { name: 'Chen (staff)' } },
    });
  });

  it('provides nested fields', async () => {
    expect(await askedFor('{ case { lead { unit { title } } } unit { unit { title } } }')).toEqual({
      data: { case: { lead: { unit: { title: 'Harbour' } } }, unit: { unit: { title: 'Sea' } } },
      subgraphs: ['cases'],
    });
  });

  it('fetches the rest of an entity that is provided in part', async () => {
    expect(await askedFor('{ team { name rank } unit { unit { title seat } } }')).toEqual({
      data: {
        team: [
          { name: 'Chen', rank: 'sergeant' },
          { name: 'Lin', rank: 'sergeant' },
        ],
        unit: { unit: { title: 'Sea', seat: 'east' } },
      },
      subgraphs: expect.arrayContaining(['cases', 'staff']),
    });
  });

  it('provides for one member of a union', async () => {
    expect(await askedFor('{ sources { ... on Camera { serial label } ... on Tip { number } } }')).toEqual({
      data: { sources: [{ serial: 's', label: 'camera' }, null, { number: '1' }] },
      subgraphs: ['cases'],
    });
    expect((await askedFor('{ sources { ... on Camera { label } ... on Tip { label } } }')).data).toEqual({
      sources: [{ label: 'camera' }, null, { label: 'tip (staff)' }],
    });
  });

  it('provides for one type of an interface', async () => {
    expect(await askedFor('{ device { __typename label } }')).toEqual({
      data: { device: { __typename: 'Camera', label: 'camera' } },
      subgraphs: ['cases'],
    });
    expect((await askedFor('{ device { label ... on Camera { lens } } }')).data).toEqual({
      device: { label: 'camera', lens: 'wide' },
    });
  });

  it('does not ask for what is provided but not asked for', async () => {
    const before = graph.asked.length;
    await graph.read('{ team { badge } }');
    expect(
      graph.asked
        .slice(before)
        .map(({ query }) => query)
        .join(),
    ).not.toContain('name');
  });
});
