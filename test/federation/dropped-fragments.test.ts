import { type Graph, openGraph, type Part, placesOf } from './open-graph.js';

interface Ref {
  readonly id: string;
}

/** Both could give a ship's hold, and the planner drops what it finds in one of them only: Sand, or Oil. */
const harbour: Part = {
  sdl: `
    type Query { ships: [Ship!]! }
    interface Ship { id: ID! hold: Hold }
    interface Bulk { tonnes: Int! }
    type Ferry implements Ship @key(fields: "id") { id: ID! hold: Hold @shareable deck: Hold @shareable }
    type Barge implements Ship @key(fields: "id") { id: ID! hold: Hold @shareable deck: Hold @shareable }
    type Hold @shareable { cargo: Cargo }
    union Cargo = Fish | Sand
    type Fish @shareable { crates: Int }
    type Sand implements Bulk { tonnes: Int! grain: String crates: Int }`,
  resolvers: {
    Query: {
      ships: () => [
        { __typename: 'Ferry', id: '1' },
        { __typename: 'Barge', id: '2' },
      ],
    },
    Ferry: {
      hold: () => ({ cargo: { __typename: 'Sand', tonnes: 7, grain: 'fine' } }),
      deck: () => ({ cargo: { __typename: 'Sand', crates: 1 } }),
    },
    Barge: {
      hold: () => ({ cargo: { __typename: 'Sand', tonnes: null, grain: 'rough' } }),
      deck: () => ({ cargo: { __typename: 'Sand', crates: 3 } }),
    },
  },
};
const customs: Part = {
  sdl: `
    interface Ship { id: ID! deck: Hold }
    type Ferry implements Ship @key(fields: "id") { id: ID! flag: String hold: Hold @shareable deck: Hold @shareable }
    type Barge implements Ship @key(fields: "id") { id: ID! flag: String hold: Hold @shareable deck: Hold @shareable }
    type Hold @shareable { cargo: Cargo }
    union Cargo = Fish | Oil
    type Fish @shareable { crates: Int }
    type Oil { barrels: Int }`,
  resolvers: {
    Ferry: { flag: ({ id }: Ref) => `flag ${id}` },
    Barge: { flag: ({ id }: Ref) => `flag ${id}` },
  },
};

describe('fragments that the planner drops', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ harbour, customs });
  });
  afterAll(() => graph.close());

  const textOf = async (query: string) => {
    const before = graph.asked.length;
    const answer = await graph.ask(query);
    return { ...answer, asked: graph.asked.slice(before).map((request) => request.query) };
  };

  it('are asked of the subgraph that has their type', async () => {
    expect(
      await graph.read('{ ships { hold { cargo { ... on Sand { grain } ... on Oil { barrels } } } } }'),
    ).toEqual({
      ships: [{ hold: { cargo: { grain: 'fine' } } }, { hold: { cargo: { grain: 'rough' } } }],
    });
  });

  it('are asked whatever interface their fields are taken from', async () => {
    const cargo = (selection: string) => `{ ships { ... on Ferry { hold { cargo { ${selection} } } } } }`;
    const expected = { ships: [{ hold: { cargo: { tonnes: 7 } } }, {}] };
    expect(await graph.read(cargo('... on Sand { ... on Bulk { tonnes } }'))).toEqual(expected);
    expect(await graph.read(cargo('... on Bulk { tonnes }'))).toEqual(expected);
  });

  it('are asked for each type that leads to them, and for each that has a field of the name', async () => {
    expect(
      await graph.read('{ ships { deck { cargo { ... on Fish { crates } ... on Sand { crates } } } } }'),
    ).toEqual({
      ships: [{ deck: { cargo: { crates: 1 } } }, { deck: { cargo: { crates: 3 } } }],
    });
  });

  it('are asked of the objects alone that they stand for', async () => {
    const { data, errors, asked } = await textOf(
      `{ ships { ... on Ferry { hold { cargo { ... on Sand { tonnes } } } }
                 ... on Barge { hold { cargo { __typename } } flag } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      ships: [
        { hold: { cargo: { tonnes: 7 } } },
        { hold: { cargo: { __typename: 'Sand' } }, flag: 'flag 2' },
      ],
    });
    expect(asked).toHaveLength(2);
  });

  it('are not asked where they can match nothing', async () => {
    const { data, errors, asked } = await textOf(
      `{ ships { hold { cargo { __typename } }
                 ... on Ferry { ... on Ship { ... on Barge { hold { cargo { ... on Sand { tonnes } } } } } } } }`,
    );
    expect(errors).toBeUndefined();
    const ship = { hold: { cargo: { __typename: 'Sand' } } };
    expect(data).toEqual({ ships: [ship, ship] });
    expect(asked.join()).not.toContain('tonnes');
  });

  it('fail where their fields fail', async () => {
    const answer = await graph.ask('{ ships { hold { cargo { ... on Sand { tonnes } } } } }');
    expect(answer.data).toEqual({ ships: [{ hold: { cargo: { tonnes: 7 } } }, { hold: { cargo: null } }] });
    expect(placesOf(answer)).toEqual(['ships.1.hold.cargo.tonnes']);
  });
});
