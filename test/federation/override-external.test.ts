import { type Graph, openGraph, type Part } from './open-graph.js';

const never = (): never => {
  throw new Error('must not be asked');
};

const old: Part = {
  sdl: `
    type Query { permits: [Permit!]! first: Permit! }
    interface Dated { issued: String! }
    type Permit implements Dated @key(fields: "id") { id: ID! issued: String! holder: String grade: Int }
    type Ban @key(fields: "id") { id: ID! text: String }`,
  resolvers: {
    Query: { permits: () => [{ id: '1' }, { id: '2' }], first: () => ({ id: '1' }) },
    Permit: { issued: never, holder: () => 'Wang', grade: never },
  },
};
const now: Part = {
  sdl: `
    type Query { dated: [Dated!]! }
    interface Dated { issued: String! }
    type Permit implements Dated @key(fields: "id") {
      id: ID!
      issued: String! @override(from: "old")
      grade: Int @override(from: "old")
      fee: Int @override(from: "nobody")
      holder: String @external
      plate: String @requires(fields: "holder")
    }`,
  resolvers: {
    Query: { dated: () => [{ __typename: 'Permit', id: '2' }] },
    Permit: {
      issued: ({ id }: { id: string }) => `2026-0${id}`,
      grade: () => 4,
      fee: () => 10,
      plate: ({ holder }: { holder: string }) => `${holder} 7`,
      __resolveReference: (ref: object) => ref,
    },
  },
};
/** Requires what was taken over: it must come from the new owner. */
const reports: Part = {
  sdl: `type Permit @key(fields: "id") { id: ID! grade: Int @external report: String @requires(fields: "grade") }`,
  resolvers: { Permit: { report: ({ grade }: { grade: number }) => `grade ${grade}` } },
};

describe('@override and @external', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ old, now, reports });
  });
  afterAll(() => graph.close());

  it('asks the subgraph that took a field over, from every way in', async () => {
    expect(await graph.read('{ permits { issued grade } first { issued } dated { issued } }')).toEqual({
      permits: [
        { issued: '2026-01', grade: 4 },
        { issued: '2026-02', grade: 4 },
      ],
      first: { issued: '2026-01' },
      dated: [{ issued: '2026-02' }],
    });
  });

  it('reaches a field that was taken over by an interface', async () => {
    expect(await graph.read('{ permits { ... on Dated { issued } holder } }')).toEqual({
      permits: [
        { issued: '2026-01', holder: 'Wang' },
        { issued: '2026-02', holder: 'Wang' },
      ],
    });
  });

  it('takes nothing over from a subgraph that is not there', async () => {
    expect(await graph.read('{ first { fee } }')).toEqual({ first: { fee: 10 } });
  });

  it('requires a field from its new owner', async () => {
    expect(await graph.read('{ first { report plate } dated { ... on Permit { report plate } } }')).toEqual({
      first: { report: 'grade 4', plate: 'Wang 7' },
      dated: [{ report: 'grade 4', plate: 'Wang 7' }],
    });
  });

  it('resolves a field where it is not external', async () => {
    expect(await graph.read('{ dated { ... on Permit { holder } } }')).toEqual({
      dated: [{ holder: 'Wang' }],
    });
  });
});
