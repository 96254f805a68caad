import { type Graph, openGraph, type Part } from './open-graph.js';

interface VesselRef {
  readonly id: string;
  readonly name: string;
  readonly weight?: number;
  readonly port?: { readonly code: string };
}

const marine: Part = {
  sdl: `
    type Query { vessels: [Vessel!]! vessel(id: ID!): Vessel things: [Thing!]! }
    union Thing = Vessel | Buoy
    type Vessel @key(fields: "id") @key(fields: "port { code }") { id: ID! name: String! weight: Int! port: Port! flag(style: String): String sister: Vessel }
    type Port @shareable { code: ID! name: String! }
    type Buoy { id: ID! name: String! kind: String! depth: Int }`,
  resolvers: {
    Query: {
      vessels: () => [
        { id: '1', name: 'Lucky' },
        { id: '2', name: 'Swift' },
      ],
      vessel: (_: unknown, { id }: VesselRef) => ({ id, name: 'Lucky' }),
      things: () => [
        { __typename: 'Vessel', id: '1', name: 'Lucky' },
        { __typename: 'Buoy', id: 'b', name: 'B', kind: 'light', depth: 7 },
      ],
    },
    Vessel: {
      weight: ({ id }: VesselRef) => Number(id) * 10,
      port: ({ id }: VesselRef) => ({ code: `P${id}`, name: 'Port' }),
      flag: (_: VesselRef, { style }: { style?: string }) => `flag ${style}`,
      sister: ({ id }: VesselRef) => ({ id: `${id}0`, name: 'Sister' }),
    },
  },
};
const courts: Part = {
  sdl: `type Vessel @key(fields: "id") { id: ID! weight: Int! @external fines: Int fee: Int @requires(fields: "weight") count(of: String!): String }`,
  resolvers: {
    Vessel: {
      __resolveReference: (ref: VesselRef) => ref,
      fines: ({ id }: VesselRef) => id.length,
      fee: ({ weight }: VesselRef) => (weight ?? Number.NaN) + 1,
      count: ({ id }: VesselRef, { of }: { of: string }) => `${of} of ${id}`,
    },
  },
};
const harbour: Part = {
  sdl: 'type Vessel @key(fields: "port { code }") { port: Port! berth: String } type Port @shareable { code: ID! name: String! }',
  resolvers: { Vessel: { berth: ({ port }: VesselRef) => `berth ${port?.code}` } },
};

describe('aliases', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ marine, courts, harbour });
  });
  afterAll(() => graph.close());

  it('may have the name of a key field', async () => {
    expect(await graph.read('{ vessels { id: name fines } }')).toEqual({
      vessels: [
        { id: 'Lucky', fines: 1 },
        { id: 'Swift', fines: 1 },
      ],
    });
    expect(await graph.read('{ vessel(id: "12") { id: weight name: id fines count(of: "fines") } }')).toEqual(
      {
        vessel: { id: 120, name: '12', fines: 2, count: 'fines of 12' },
      },
    );
  });

  it('may have the name of a required field', async () => {
    expect(await graph.read('{ vessels { weight: name fee } }')).toEqual({
      vessels: [
        { weight: 'Lucky', fee: 11 },
        { weight: 'Swift', fee: 21 },
      ],
    });
    expect(await graph.read('{ vessel(id: "1") { id: fee weight: fines fee: weight } }')).toEqual({
      vessel: { id: 11, weight: 1, fee: 10 },
    });
  });

  it('may have the name of a field of a nested key', async () => {
    expect(await graph.read('{ vessel(id: "1") { port { code: name } berth } }')).toEqual({
      vessel: { port: { code: 'Port' }, berth: 'berth P1' },
    });
    expect(await graph.read('{ vessel(id: "1") { port: name berth where: port { name: code } } }')).toEqual({
      vessel: { port: 'Lucky', berth: 'berth P1', where: { name: 'P1' } },
    });
  });

  it('may have the name of a field of the other subgraph, or of __typename', async () => {
    expect(
      await graph.read('{ vessel(id: "1") { fines: name name: fines type: __typename fee: __typename } }'),
    ).toEqual({
      vessel: { fines: 'Lucky', name: 1, type: 'Vessel', fee: 'Vessel' },
    });
  });

  it('may be members of Object.prototype', async () => {
    expect(
      await graph.read(
        '{ constructor: vessel(id: "1") { toString: name hasOwnProperty: fines valueOf: fee constructor: port { toString: code } } toString: __typename }',
      ),
    ).toEqual({
      constructor: { toString: 'Lucky', hasOwnProperty: 1, valueOf: 11, constructor: { toString: 'P1' } },
      toString: 'Query',
    });
  });

  it('may be __proto__', async () => {
    const { data, errors } = await graph.ask(
      '{ __proto__: vessel(id: "1") { __proto__: fines name } vessels { __proto__: name } }',
    );
    expect(errors).toBeUndefined();
    expect(Object.entries(data ?? {})).toEqual([
      ['__proto__', JSON.parse('{"__proto__":1,"name":"Lucky"}')],
      ['vessels', JSON.parse('[{"__proto__":"Lucky"},{"__proto__":"Swift"}]')],
    ]);
    expect(JSON.stringify(data)).toBe(
      '{"__proto__":{"__proto__":1,"name":"Lucky"},"vessels":[{"__proto__":"Lucky"},{"__proto__":"Swift"}]}',
    );
  });

  it('ask one field several times, with other arguments', async () => {
    expect(
      await graph.read(
        '{ vessel(id: "1") { a: flag(style: "x") b: flag flag(style: "y") one: count(of: "p") two: count(of: "q") s: sister { fines } t: sister { id: name fee } } }',
      ),
    ).toEqual({
      vessel: {
        a: 'flag x',
        b: 'flag undefined',
        flag: 'flag y',
        one: 'p of 1',
        two: 'q of 1',
        s: { fines: 2 },
        t: { id: 'Sister', fee: 101 },
      },
    });
  });

  it('may mean different fields on different types', async () => {
    expect(
      await graph.read('{ things { ... on Vessel { x: name y: fines } ... on Buoy { x: kind y: depth } } }'),
    ).toEqual({
      things: [
        { x: 'Lucky', y: 1 },
        { x: 'light', y: 7 },
      ],
    });
    expect(
      await graph.read('{ things { ... on Vessel { id: name fines } ... on Buoy { id: kind } } }'),
    ).toEqual({
      things: [{ id: 'Lucky', fines: 1 }, { id: 'light' }],
    });
  });

  it('keep the order of the query', async () => {
    const { data } = await graph.ask('{ vessel(id: "1") { fee z: id fines a: name berth } }');
    expect(JSON.stringify(data)).toBe(
      '{"vessel":{"fee":11,"z":"1","fines":1,"a":"Lucky","berth":"berth P1"}}',
    );
  });
});
