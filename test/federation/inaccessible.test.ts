import { type Graph, openGraph, type Part, placesOf } from './open-graph.js';

const police: Part = {
  sdl: `
    type Query { cases: [Case!]! evidence: [Evidence] strict: Case! plain: Plain }
    type Case @key(fields: "number") @key(fields: "secret") {
      number: ID!
      secret: ID! @inaccessible
      weight: Int! @inaccessible
      state: State
      must: State!
      states: [State]
      note(mode: Mode = FULL @inaccessible): String
    }
    enum State { OPEN CLOSED SEALED @inaccessible }
    enum Mode { FULL SHORT }
    union Evidence = Photo | Informer
    interface Plain { id: ID! }
    type Photo implements Plain { id: ID! }
    type Informer implements Plain @inaccessible { id: ID! alias: String }`,
  resolvers: {
    Query: {
      cases: () => [
        { number: '1', secret: 's1', weight: 3, state: 'OPEN', must: 'OPEN', states: ['OPEN', 'SEALED'] },
        { number: '2', secret: 's2', weight: 4, state: 'SEALED', must: 'CLOSED', states: [] },
      ],
      strict: () => ({ number: '3', must: 'SEALED' }),
      evidence: () => [
        { __typename: 'Photo', id: 'e1' },
        { __typename: 'Informer', id: 'e2', alias: 'fox' },
      ],
      plain: () => ({ __typename: 'Informer', id: 'e2' }),
    },
    Case: { note: (_: unknown, { mode }: { mode?: string }) => `mode ${mode}` },
  },
};
const archive: Part = {
  sdl: `type Case @key(fields: "secret") { secret: ID! @inaccessible weight: Int! @external shelf: String @requires(fields: "weight") }`,
  resolvers: {
    Case: { shelf: ({ secret, weight }: { secret: string; weight: number }) => `${secret}/${weight}` },
  },
};

describe('@inaccessible', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ police, archive });
  });
  afterAll(() => graph.close());

  it('hides fields, arguments, types and enum values from callers', async () => {
    await expect(graph.ask('{ cases { secret } }')).rejects.toThrow('secret');
    await expect(graph.ask('{ evidence { ... on Informer { alias } } }')).rejects.toThrow('Informer');
    await expect(graph.ask('{ cases { note(mode: SHORT) } }')).rejects.toThrow('mode');
    const { data } = await graph.ask('{ __type(name: "State") { enumValues { name } } }');
    expect(data).toEqual({ __type: { enumValues: [{ name: 'OPEN' }, { name: 'CLOSED' }] } });
  });

  it('joins and requires by hidden fields', async () => {
    expect(await graph.read('{ cases { shelf note } }')).toEqual({
      cases: [
        { shelf: 's1/3', note: 'mode FULL' },
        { shelf: 's2/4', note: 'mode FULL' },
      ],
    });
  });

  it('puts null and an error where a subgraph answers with a hidden enum value', async () => {
    const answer = await graph.ask('{ cases { state states } }');
    expect(answer.data).toEqual({
      cases: [
        { state: 'OPEN', states: ['OPEN', null] },
        { state: null, states: [] },
      ],
    });
    expect(placesOf(answer)).toEqual(['cases.0.states.1', 'cases.1.state']);
    expect(JSON.stringify(answer)).not.toContain('SEALED');
  });

  it('lets the null of a hidden value rise where there must be none', async () => {
    const answer = await graph.ask('{ strict { number must } }');
    expect(answer.data).toBeNull();
    expect(placesOf(answer)).toEqual(['strict.must']);
  });

  it('does not give away that an object is of a hidden type', async () => {
    const answer = await graph.ask('{ evidence { __typename ... on Photo { id } } }');
    expect(answer.data).toEqual({ evidence: [{ __typename: 'Photo', id: 'e1' }, null] });
    expect(placesOf(answer)).toEqual(['evidence.1']);
    const plain = await graph.ask('{ plain { __typename id } }');
    expect(plain.data).toEqual({ plain: null });
    expect(placesOf(plain)).toEqual(['plain']);
    expect(JSON.stringify([answer, plain])).not.toContain('Informer');
  });

  it('finds a hidden type out even where nobody asks for the name of the type', async () => {
    const answer = await graph.ask('{ plain { id } }');
    expect(answer.data).toEqual({ plain: null });
    expect(placesOf(answer)).toEqual(['plain']);
  });
});
