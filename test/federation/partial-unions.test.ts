import { type Graph, openGraph, type Part } from './open-graph.js';

const NET = { __typename: 'Net', mesh: 'fine' };
const CRANE = { __typename: 'Crane', lift: 12 };
const WINCH = { __typename: 'Winch', id: 'w1', pull: 5 };
const ALL =
  '{ __typename ... on Net { mesh } ... on Crane { lift } ... on Winch { pull } ... on Radar { range } }';

/** The yard gives its gear alone; the office declares a smaller union of the same name, and no way to it. */
const yard: Part = {
  sdl: `
    type Query { inventory: Inventory }
    type Inventory @shareable { gear: [Gear!]! note: String }
    union Gear = Net | Crane | Winch
    type Net @shareable { mesh: String }
    type Crane { lift: Int }
    type Winch { id: ID! pull: Int }`,
  resolvers: { Query: { inventory: () => ({ note: 'whole', gear: [NET, CRANE, WINCH] }) } },
};
const office: Part = {
  sdl: `
    type Query { report: Inventory }
    type Inventory @shareable { gear: [Gear!]! note: String }
    union Gear = Net | Radar
    type Net @shareable { mesh: String }
    type Radar { range: Int }`,
  resolvers: { Query: { report: () => ({ gear: [NET, { __typename: 'Radar', range: 40 }] }) } },
};

describe('a union that two subgraphs declare with different members', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ yard, office });
  });
  afterAll(() => graph.close());

  it('has all members of the subgraph that alone leads there', async () => {
    expect(await graph.read(`{ inventory { note gear ${ALL} } report { gear ${ALL} } }`)).toEqual({
      inventory: {
        note: 'whole',
        gear: [NET, CRANE, { __typename: 'Winch', pull: 5 }],
      },
      report: { gear: [NET, { __typename: 'Radar', range: 40 }] },
    });
  });

  it('has members that the other subgraph lacks, asked for alone', async () => {
    expect(
      await graph.read('{ inventory { gear { __typename ... on Crane { lift } ... on Winch { id } } } }'),
    ).toEqual({
      inventory: {
        gear: [{ __typename: 'Net' }, CRANE, { __typename: 'Winch', id: 'w1' }],
      },
    });
  });

  it('shows nothing of members that the subgraph cannot give', async () => {
    expect(await graph.read('{ inventory { gear { ... on Radar { range } } } }')).toEqual({
      inventory: { gear: [{}, {}, {}] },
    });
  });
});

interface Ref {
  readonly id: string;
  readonly load?: readonly object[];
}

/** Both subgraphs give a barge's hold, each with a member of its own; the deck is the customs' alone. */
const harbour: Part = {
  sdl: `
    type Query { loading: Barge met: Barge @shareable }
    type Barge @key(fields: "id") { id: ID! hold: Hold @shareable }
    type Hold @shareable { load: [Load!]! }
    union Load = Crate | Sand
    type Crate @shareable { label: String }
    type Sand { tonnes: Int }`,
  resolvers: {
    Query: {
      loading: () => ({
        id: '1',
        load: [
          { __typename: 'Crate', label: 'c' },
          { __typename: 'Sand', tonnes: 7 },
        ],
      }),
      met: () => ({ id: '1', load: [{ __typename: 'Crate', label: 'c' }] }),
    },
    Barge: { hold: ({ load }: Ref) => ({ load: load ?? [] }) },
  },
};
const customs: Part = {
  sdl: `
    type Query { checking: Barge met: Barge @shareable }
    type Barge @key(fields: "id") { id: ID! hold: Hold @shareable deck: Hold }
    type Hold @shareable { load: [Load!]! }
    union Load = Crate | Oil
    type Crate @shareable { label: String }
    type Oil { barrels: Int }`,
  resolvers: {
    Query: {
      checking: () => ({
        id: '1',
        load: [
          { __typename: 'Crate', label: 'c' },
          { __typename: 'Oil', barrels: 9 },
        ],
      }),
      met: () => ({ id: '1', load: [{ __typename: 'Crate', label: 'c' }] }),
    },
    Barge: {
      __resolveReference: (ref: Ref) => ref,
      hold: ({ load }: Ref) => ({ load: load ?? [] }),
      deck: () => ({
        load: [
          { __typename: 'Crate', label: 'd' },
          { __typename: 'Oil', barrels: 3 },
        ],
      }),
    },
  },
};

describe('a partial union below shared fields', () => {
  const LOAD = '{ load { __typename ... on Crate { label } ... on Sand { tonnes } ... on Oil { barrels } } }';
  const crate = { __typename: 'Crate', label: 'c' };
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ harbour, customs });
  });
  afterAll(() => graph.close());

  it('leaves null what only one of two subgraphs that could answer knows', async () => {
    expect(await graph.read(`{ loading { hold ${LOAD} } checking { hold ${LOAD} } }`)).toEqual({
      loading: { hold: { load: [crate, { __typename: 'Sand', tonnes: null }] } },
      checking: { hold: { load: [crate, { __typename: 'Oil', barrels: null }] } },
    });
  });

  it('asks for nothing of a member that the answering subgraph lacks', async () => {
    expect(await graph.read('{ loading { hold { load { __typename ... on Oil { barrels } } } } }')).toEqual({
      loading: { hold: { load: [{ __typename: 'Crate' }, { __typename: 'Sand' }] } },
    });
    expect(graph.asked.at(-1)?.query).not.toContain('barrels');
  });

  it('shows the members that both know where both could answer', async () => {
    expect(await graph.read(`{ met { hold ${LOAD} } }`)).toEqual({ met: { hold: { load: [crate] } } });
  });

  it('has the members of the subgraph that a field of its own leads to', async () => {
    expect(await graph.read(`{ loading { deck ${LOAD} } }`)).toEqual({
      loading: {
        deck: {
          load: [
            { __typename: 'Crate', label: 'd' },
            { __typename: 'Oil', barrels: 3 },
          ],
        },
      },
    });
  });
});
