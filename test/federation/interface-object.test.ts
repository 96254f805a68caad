import { type Graph, openGraph, type Part } from './open-graph.js';

interface Ref {
  readonly id: string;
  readonly title?: string;
}

const TARGETS = [
  { __typename: 'Vessel', id: 't1', title: 'Lucky', draught: 4 },
  { __typename: 'Shop', id: 't2', title: 'Fish & Co', floor: 2 },
  { __typename: 'Vessel', id: 't3', title: null, draught: 6 },
];
const byId = ({ id }: Ref) => TARGETS.find((target) => target.id === id) ?? null;

/** Knows what the targets are. */
const registry: Part = {
  sdl: `
    type Query { targets: [Target!]! }
    interface Target @key(fields: "id") { id: ID! title: String }
    type Vessel implements Target @key(fields: "id") { id: ID! title: String draught: Int }
    type Shop implements Target @key(fields: "id") { id: ID! title: String floor: Int }`,
  resolvers: {
    Query: { targets: () => TARGETS },
    Target: { __resolveReference: byId },
    Vessel: { __resolveReference: byId },
    Shop: { __resolveReference: byId },
  },
};

/** Does not know; all targets are one kind of object here. */
const complaints: Part = {
  sdl: `
    type Query { accused: [Target] latest: Complaint }
    type Complaint { text: String target: Target! }
    type Target @key(fields: "id") @interfaceObject {
      id: ID!
      title: String @external
      complaints: Int!
      slogan: String @requires(fields: "title")
      neighbour: Target
    }`,
  resolvers: {
    Query: {
      accused: () => [{ id: 't1' }, null, { id: 't2' }, { id: 't3' }],
      latest: () => ({ text: 'noise', target: { id: 't2' } }),
    },
    Target: {
      __resolveReference: (ref: Ref) => ref,
      complaints: ({ id }: Ref) => Number(id.slice(1)) * 10,
      slogan: ({ title }: Ref) => (title == null ? 'nameless' : `${title}!`),
      neighbour: ({ id }: Ref) => (id === 't3' ? null : { id: `t${Number(id.slice(1)) + 1}` }),
    },
  },
};

describe('@interfaceObject', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ registry, complaints });
  });
  afterAll(() => graph.close());

  it('adds fields to every type of the interface', async () => {
    expect(await graph.read('{ targets { id complaints ... on Shop { floor complaints } } }')).toEqual({
      targets: [
        { id: 't1', complaints: 10 },
        { id: 't2', complaints: 20, floor: 2 },
        { id: 't3', complaints: 30 },
      ],
    });
  });

  it('does not ask for the type when nobody wants to know it', async () => {
    const before = graph.asked.length;
    expect(await graph.read('{ accused { id complaints } }')).toEqual({
      accused: [
        { id: 't1', complaints: 10 },
        null,
        { id: 't2', complaints: 20 },
        { id: 't3', complaints: 30 },
      ],
    });
    expect(graph.asked.slice(before).map(({ subgraph }) => subgraph)).toEqual(['complaints']);
  });

  it('finds the true type where __typename is asked', async () => {
    expect(
      await graph.read('{ accused { __typename what: __typename } latest { target { __typename } } }'),
    ).toEqual({
      accused: [
        { __typename: 'Vessel', what: 'Vessel' },
        null,
        { __typename: 'Shop', what: 'Shop' },
        { __typename: 'Vessel', what: 'Vessel' },
      ],
      latest: { target: { __typename: 'Shop' } },
    });
  });

  it('finds the true type where a fragment is on it', async () => {
    expect(
      await graph.read(
        '{ accused { id ... on Vessel { draught } ... on Shop { floor complaints } } latest { target { ... on Vessel { id } } } }',
      ),
    ).toEqual({
      accused: [
        { id: 't1', draught: 4 },
        null,
        { id: 't2', floor: 2, complaints: 20 },
        { id: 't3', draught: 6 },
      ],
      latest: { target: {} },
    });
  });

  it('reaches fields of the interface in the other subgraph', async () => {
    expect(await graph.read('{ accused { title complaints } }')).toEqual({
      accused: [
        { title: 'Lucky', complaints: 10 },
        null,
        { title: 'Fish & Co', complaints: 20 },
        { title: null, complaints: 30 },
      ],
    });
  });

  it('requires fields of the interface', async () => {
    expect(await graph.read('{ accused { slogan } targets { slogan ... on Vessel { draught } } }')).toEqual({
      accused: [{ slogan: 'Lucky!' }, null, { slogan: 'Fish & Co!' }, { slogan: 'nameless' }],
      targets: [
        { slogan: 'Lucky!', draught: 4 },
        { slogan: 'Fish & Co!' },
        { slogan: 'nameless', draught: 6 },
      ],
    });
  });

  it('nests', async () => {
    expect(
      await graph.read(
        '{ targets { neighbour { __typename title neighbour { complaints ... on Vessel { draught } } } } }',
      ),
    ).toEqual({
      targets: [
        { neighbour: { __typename: 'Shop', title: 'Fish & Co', neighbour: { complaints: 30, draught: 6 } } },
        { neighbour: { __typename: 'Vessel', title: null, neighbour: null } },
        { neighbour: null },
      ],
    });
  });

  it('is joined to by a subgraph that knows one of the types alone', async () => {
    const wider = await openGraph({
      registry,
      complaints,
      harbour: {
        sdl: 'type Vessel @key(fields: "id") { id: ID! berth: String }',
        resolvers: { Vessel: { berth: ({ id }: Ref) => `berth ${id}` } },
      },
    });
    expect(await wider.read('{ accused { ... on Vessel { berth complaints } } }')).toEqual({
      accused: [{ berth: 'berth t1', complaints: 10 }, null, {}, { berth: 'berth t3', complaints: 30 }],
    });
    await wider.close();
  });
});
