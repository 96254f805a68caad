import { type Graph, openGraph, type Part } from './open-graph.js';

interface Ref {
  readonly id: string;
}

/** `Ghost` is a member of the union in `courts` alone, so nothing that `police` answers can be one. */
const police: Part = {
  sdl: `
    type Query { one: Subject many: [Subject]! none: Subject deep: Holder shared: Subject @shareable node: Node }
    type Holder { subject: Subject inner: Holder owner: Person }
    union Subject = Person | Shop
    interface Node { id: ID! }
    type Person implements Node @key(fields: "id") { id: ID! name: String }
    type Shop @key(fields: "id") { id: ID! floor: Int }`,
  resolvers: {
    Query: {
      one: () => ({ __typename: 'Person', id: '1', name: 'Wang' }),
      many: () => [
        { __typename: 'Person', id: '1', name: 'Wang' },
        null,
        { __typename: 'Shop', id: '2', floor: 3 },
      ],
      none: () => null,
      deep: () => ({
        subject: { __typename: 'Shop', id: '2' },
        inner: { subject: { __typename: 'Person', id: '1' }, owner: { id: '9' } },
      }),
      shared: () => ({ __typename: 'Person', id: '1', name: 'Wang' }),
      node: () => ({ __typename: 'Person', id: '1', name: 'Wang' }),
    },
  },
};
const courts: Part = {
  sdl: `
    type Query { haunted: [Subject]! shared: Subject @shareable }
    union Subject = Person | Ghost
    interface Node { id: ID! }
    type Person @key(fields: "id") { id: ID! debts: Int shadow: Subject }
    type Ghost implements Node @key(fields: "id") { id: ID! fear: Int }`,
  resolvers: {
    Query: {
      haunted: () => [{ __typename: 'Ghost', id: 'g', fear: 9 }],
      shared: () => ({ __typename: 'Person', id: '1' }),
    },
    Person: {
      debts: () => 5,
      shadow: ({ id }: Ref) => ({ __typename: 'Ghost', id: `of ${id}`, fear: 1 }),
    },
    Ghost: { fear: () => 9 },
  },
};

describe('selections that no object can match', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ police, courts });
  });
  afterAll(() => graph.close());

  it('leave an empty object of a root field, not null', async () => {
    expect(await graph.read('{ one { ... on Ghost { fear } } }')).toEqual({ one: {} });
    expect(await graph.read('{ one { ... on Shop { floor } } none { ... on Ghost { fear } } }')).toEqual({
      one: {},
      none: null,
    });
    expect(await graph.read('{ node { ... on Ghost { fear } } }')).toEqual({ node: {} });
  });

  it('leave empty objects and nulls of a list', async () => {
    expect(await graph.read('{ many { ... on Ghost { id fear } } }')).toEqual({ many: [{}, null, {}] });
    expect(await graph.read('{ haunted { ... on Shop { floor } ... on Person { name } } }')).toEqual({
      haunted: [{}],
    });
  });

  it('leave empty objects deep inside and behind entities', async () => {
    expect(
      await graph.read(
        '{ deep { subject { ... on Ghost { id } } inner { subject { ... on Ghost { fear } } } } }',
      ),
    ).toEqual({
      deep: { subject: {}, inner: { subject: {} } },
    });
    expect(await graph.read('{ deep { inner { owner { shadow { ... on Shop { floor } } } } } }')).toEqual({
      deep: { inner: { owner: { shadow: {} } } },
    });
  });

  it('do not disturb those that match', async () => {
    expect(
      await graph.read(
        '{ one { __typename ... on Ghost { fear } ... on Person { name debts } } many { ... on Ghost { id } ... on Shop { floor } } }',
      ),
    ).toEqual({ one: { __typename: 'Person', name: 'Wang', debts: 5 }, many: [{}, null, { floor: 3 }] });
  });

  it('of a shared root field leave what one of its subgraphs says', async () => {
    expect(await graph.read('{ shared { ... on Ghost { fear } } }')).toEqual({ shared: {} });
    expect(
      await graph.read(
        '{ shared { ... on Ghost { fear } ... on Shop { floor } ... on Person { name debts } } }',
      ),
    ).toEqual({
      shared: { name: 'Wang', debts: 5 },
    });
  });

  it('beside one another leave each its own', async () => {
    expect(
      await graph.read(
        '{ a: one { ... on Ghost { fear } } b: one { ... on Person { id } } c: many { ... on Shop { id } } }',
      ),
    ).toEqual({
      a: {},
      b: { id: '1' },
      c: [{}, null, { id: '2' }],
    });
  });
});

describe('an interface that has no type at all in the subgraph that answers with it', () => {
  it('is null with an error, not silently', async () => {
    const graph = await openGraph({
      police: {
        sdl: 'type Query { clue: Clue } interface Clue @key(fields: "id") { id: ID! }',
        resolvers: { Query: { clue: () => ({ __typename: 'Clue', id: '1' }) } },
      },
      courts: {
        sdl: 'type Query { exhibit: Clue } type Clue @key(fields: "id", resolvable: false) @interfaceObject { id: ID! weight: Int }',
        resolvers: { Query: { exhibit: () => ({ id: '1', weight: 3 }) } },
      },
    });
    const answer = await graph.ask('{ clue { weight } }');
    expect(answer.errors).toHaveLength(1);
    expect(answer.data ?? { clue: null }).toEqual({ clue: null });
    expect(await graph.read('{ exhibit { id weight } }')).toEqual({ exhibit: { id: '1', weight: 3 } });
    await graph.close();
  });
});
