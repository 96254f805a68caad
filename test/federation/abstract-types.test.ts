import { type Graph, openGraph, type Part } from './open-graph.js';

interface Ref {
  readonly id: string;
}

/** Its `Party` has a member that `marine` does not know, and the other way round; `Person` is in both. */
const registry: Part = {
  sdl: `
    type Query { parties: [Party]! party: Party @shareable holders: [Holder!]! wrapped: Wrapper }
    union Party = Person | Company
    interface Holder { id: ID! since: Int }
    interface Named { name: String }
    type Person implements Holder & Named @key(fields: "id") { id: ID! since: Int name: String }
    type Company implements Holder & Named @key(fields: "id") { id: ID! since: Int name: String seat: String }
    type Wrapper @key(fields: "id") { id: ID! box: Box @shareable }
    type Box @shareable { parties: [Party!] }`,
  resolvers: {
    Query: {
      parties: () => [
        { __typename: 'Person', id: 'p1' },
        null,
        { __typename: 'Company', id: 'c1', seat: 'Quay' },
      ],
      party: () => ({ __typename: 'Person', id: 'p1' }),
      holders: () => [
        { __typename: 'Person', id: 'p1', since: 1 },
        { __typename: 'Company', id: 'c1', since: 2, seat: 'Quay' },
      ],
      wrapped: () => ({
        id: 'w',
        box: {
          parties: [
            { __typename: 'Company', id: 'c1', seat: 'Quay' },
            { __typename: 'Person', id: 'p1' },
          ],
        },
      }),
    },
    Person: { name: ({ id }: Ref) => `person ${id}` },
    Company: { name: ({ id }: Ref) => `company ${id}` },
  },
};
const marine: Part = {
  sdl: `
    type Query { crews: [Party!]! party: Party @shareable }
    union Party = Person | Vessel
    interface Holder { id: ID! licence: String }
    type Person @key(fields: "id") { id: ID! seaTime: Int licence: String }
    type Company @key(fields: "id") { id: ID! licence: String }
    type Vessel implements Holder @key(fields: "id") { id: ID! licence: String flag: String since: Int @shareable }
    type Wrapper @key(fields: "id") { id: ID! box: Box @shareable }
    type Box @shareable { parties: [Party!] }`,
  resolvers: {
    Query: {
      crews: () => [
        { __typename: 'Vessel', id: 'v1', flag: 'CN', since: 9 },
        { __typename: 'Person', id: 'p2' },
      ],
      party: () => ({ __typename: 'Person', id: 'p1' }),
    },
    Person: { seaTime: ({ id }: Ref) => Number(id.slice(1)), licence: ({ id }: Ref) => `L-${id}` },
    Company: { licence: ({ id }: Ref) => `L-${id}` },
    Vessel: { licence: ({ id }: Ref) => `L-${id}` },
  },
};

describe('unions and interfaces over subgraphs', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ registry, marine });
  });
  afterAll(() => graph.close());

  const ALL = '__typename ... on Person { id } ... on Company { seat } ... on Vessel { flag }';

  it('takes members that a subgraph does not know for absent there', async () => {
    expect(await graph.read(`{ parties { ${ALL} } crews { ${ALL} } }`)).toEqual({
      parties: [{ __typename: 'Person', id: 'p1' }, null, { __typename: 'Company', seat: 'Quay' }],
      crews: [
        { __typename: 'Vessel', flag: 'CN' },
        { __typename: 'Person', id: 'p2' },
      ],
    });
    expect(
      await graph.read('{ parties { ... on Vessel { flag } } crews { ... on Company { seat } } }'),
    ).toEqual({
      parties: [{}, null, {}],
      crews: [{}, {}],
    });
  });

  it('goes on from members in other subgraphs', async () => {
    expect(
      await graph.read(
        '{ parties { ... on Person { seaTime name } ... on Company { licence } } crews { ... on Person { name seaTime } ... on Vessel { licence } } }',
      ),
    ).toEqual({
      parties: [{ seaTime: 1, name: 'person p1' }, null, { licence: 'L-c1' }],
      crews: [{ licence: 'L-v1' }, { name: 'person p2', seaTime: 2 }],
    });
  });

  it('answers fields of an interface that the subgraph does not have on it', async () => {
    expect(await graph.read('{ holders { id licence since } }')).toEqual({
      holders: [
        { id: 'p1', licence: 'L-p1', since: 1 },
        { id: 'c1', licence: 'L-c1', since: 2 },
      ],
    });
  });

  it('matches fragments on an interface that only some members implement', async () => {
    expect(
      await graph.read(
        '{ parties { ... on Named { name } } crews { ... on Holder { id ... on Vessel { flag } } ... on Named { name } } }',
      ),
    ).toEqual({
      parties: [{ name: 'person p1' }, null, { name: 'company c1' }],
      crews: [
        { id: 'v1', flag: 'CN' },
        { id: 'p2', name: 'person p2' },
      ],
    });
  });

  it('leaves null what one of the subgraphs that could give a shared field does not know', async () => {
    const query = `{ wrapped { box { parties { ${ALL} } } } }`;
    expect(await graph.read(query)).toEqual({
      wrapped: {
        box: {
          parties: [
            { __typename: 'Company', seat: null },
            { __typename: 'Person', id: 'p1' },
          ],
        },
      },
    });
    expect(graph.asked.at(-1)?.query).not.toContain('seat');
  });

  it('answers a shared root field of a union', async () => {
    expect(
      await graph.read(
        '{ party { __typename ... on Person { id name seaTime } ... on Company { seat } ... on Vessel { flag } } }',
      ),
    ).toEqual({
      party: { __typename: 'Person', id: 'p1', name: 'person p1', seaTime: 1 },
    });
  });
});
