import { type Graph, openGraph, type Part } from './open-graph.js';

interface VesselRow {
  readonly id: string;
  readonly imo: string;
  readonly port: { readonly country: string; readonly code: string };
  readonly crew: readonly { readonly badge: string }[];
}

const VESSELS: readonly VesselRow[] = [
  { id: 'v1', imo: '901', port: { country: 'CN', code: 'XMN' }, crew: [{ badge: 'b1' }, { badge: 'b2' }] },
  { id: 'v2', imo: '902', port: { country: 'CN', code: 'NGB' }, crew: [] },
];

const marine: Part = {
  sdl: `
    type Query { vessels: [Vessel!]! vessel(id: ID!): Vessel }
    type Vessel @key(fields: "id") @key(fields: "imo") @key(fields: "port { country code }") @key(fields: "crew { badge } imo") {
      id: ID! imo: String! port: Port! crew: [Member!]!
    }
    type Port { country: String! @shareable code: String! @shareable }
    type Member { badge: ID! @shareable }`,
  resolvers: {
    Query: {
      vessels: () => VESSELS,
      vessel: (_: unknown, { id }: { id: string }) => VESSELS.find((vessel) => vessel.id === id) ?? null,
    },
    Vessel: {
      __resolveReference: (ref: { id?: string; imo?: string }) =>
        VESSELS.find((vessel) => vessel.id === ref.id || vessel.imo === ref.imo) ?? null,
    },
  },
};

describe('@key', () => {
  let graph: Graph;
  afterEach(() => graph.close());

  it('joins by a single key, in lists and alone', async () => {
    graph = await openGraph({
      marine,
      courts: {
        sdl: 'type Vessel @key(fields: "id") { id: ID! fines: Int }',
        resolvers: {
          Vessel: { fines: ({ id }: { id: string }) => (id === 'v1' ? 3 : 0) },
        },
      },
    });
    expect(
      await graph.read(
        '{ vessels { imo fines } vessel(id: "v1") { fines } none: vessel(id: "x") { fines } }',
      ),
    ).toEqual({
      vessels: [
        { imo: '901', fines: 3 },
        { imo: '902', fines: 0 },
      ],
      vessel: { fines: 3 },
      none: null,
    });
  });

  it('joins by a compound key with a nested selection, or with a list', async () => {
    graph = await openGraph({
      marine,
      harbours: {
        sdl: `type Vessel @key(fields: "port { country code }") { port: Port! berth: String }
          type Port { country: String! @shareable code: String! @shareable }`,
        resolvers: {
          Vessel: { berth: ({ port }: VesselRow) => `${port.country}-${port.code}` },
        },
      },
      labour: {
        sdl: `type Vessel @key(fields: "crew { badge } imo") { crew: [Member!]! imo: String! muster: String }
          type Member { badge: ID! @shareable }`,
        resolvers: {
          Vessel: {
            muster: ({ imo, crew }: VesselRow) => `${imo}: ${crew.map(({ badge }) => badge).join()}`,
          },
        },
      },
    });
    expect(await graph.read('{ vessels { berth muster } }')).toEqual({
      vessels: [
        { berth: 'CN-XMN', muster: '901: b1,b2' },
        { berth: 'CN-NGB', muster: '902: ' },
      ],
    });
    expect(await graph.read('{ vessel(id: "v1") { berth port { code } crew { name: badge } } }')).toEqual({
      vessel: { berth: 'CN-XMN', port: { code: 'XMN' }, crew: [{ name: 'b1' }, { name: 'b2' }] },
    });
  });

  it('goes from key to key over a subgraph that knows both', async () => {
    const tax: Part = {
      sdl: 'type Query { payer(tin: ID!): Subject } type Subject @key(fields: "tin") { tin: ID! owes: Int }',
      resolvers: { Query: { payer: (_: unknown, { tin }: { tin: string }) => ({ tin, owes: 7 }) } },
    };
    const registry: Part = {
      sdl: `type Subject @key(fields: "tin") @key(fields: "uscc") { tin: ID! uscc: ID! }`,
      resolvers: {
        Subject: {
          __resolveReference: ({ tin, uscc }: { tin?: string; uscc?: string }) => ({
            tin: tin ?? uscc?.slice(1),
            uscc: uscc ?? `u${tin}`,
          }),
        },
      },
    };
    const archive: Part = {
      sdl: 'type Subject @key(fields: "uscc") @key(fields: "uscc shelf") { uscc: ID! shelf: ID! }',
      resolvers: { Subject: { shelf: ({ uscc }: { uscc: string }) => `s-${uscc}` } },
    };
    const files: Part = {
      sdl: 'type Subject @key(fields: "uscc shelf") { uscc: ID! shelf: ID! file: String }',
      resolvers: {
        Subject: { file: ({ uscc, shelf }: { uscc: string; shelf: string }) => `${uscc}/${shelf}` },
      },
    };
    graph = await openGraph({ tax, registry, archive, files });
    expect(await graph.read('{ payer(tin: "5") { owes file } }')).toEqual({
      payer: { owes: 7, file: 'u5/s-u5' },
    });
    expect(graph.asked.map(({ subgraph }) => subgraph)).toEqual(['tax', 'registry', 'archive', 'files']);
  });

  it('never enters by a key that is not resolvable, even if it stands first', async () => {
    const cases: Part = {
      sdl: `type Query { cases: [Case!]! }
        type Case @key(fields: "number") { number: ID! suspect: Officer! }
        type Officer @key(fields: "badge", resolvable: false) { badge: ID! }`,
      resolvers: { Query: { cases: () => [{ number: 'c1', suspect: { badge: 'b1' } }] } },
    };
    const staff: Part = {
      sdl: `type Officer @key(fields: "unit { code }", resolvable: false) @key(fields: "badge unit { post }", resolvable: false) @key(fields: "badge") {
          badge: ID! unit: Unit! name: String }
        type Unit { code: ID! post: ID! }`,
      resolvers: {
        Officer: {
          name: ({ badge }: { badge: string }) => `Officer ${badge}`,
          unit: () => ({ code: 'u1', post: 'p1' }),
        },
      },
    };
    graph = await openGraph({ cases, staff });
    expect(await graph.read('{ cases { suspect { badge name unit { code } } } }')).toEqual({
      cases: [{ suspect: { badge: 'b1', name: 'Officer b1', unit: { code: 'u1' } } }],
    });
  });

  it('comes back into a subgraph by its resolvable key alone', async () => {
    const place = 'type Place { sea: ID! @shareable zone: ID! @shareable cell: ID! @shareable }';
    const registry: Part = {
      sdl: `type Permit @key(fields: "id") @key(fields: "place { sea zone }", resolvable: false) {
          id: ID! place: Place! @shareable grade: Int! } ${place}`,
      resolvers: {
        Permit: {
          grade: ({ id }: { id: string }) => id.length,
          place: () => ({ sea: 'east', zone: 'z', cell: '4' }),
        },
      },
    };
    const desk: Part = {
      sdl: `type Query { permits: [Permit!]! }
        type Permit @key(fields: "place { sea zone }", resolvable: false) @key(fields: "id place { zone cell }") {
          id: ID! @shareable place: Place! @shareable grade: Int! @external label: String! @requires(fields: "grade") }
        ${place}`,
      resolvers: {
        Query: { permits: () => [{ id: 'p-1', place: { sea: 'east', zone: 'z', cell: '4' } }] },
        Permit: {
          __resolveReference: (ref: { id?: string; place?: { cell?: string } }) =>
            ref.id === undefined || ref.place?.cell === undefined ? null : ref,
          label: ({ id, grade }: { id: string; grade: number }) => `${id}:${grade}`,
        },
      },
    };
    graph = await openGraph({ registry, desk });
    expect(await graph.read('{ permits { label } }')).toEqual({ permits: [{ label: 'p-1:3' }] });
  });

  it('takes an answer from a subgraph that does not resolve the fields of its keys', async () => {
    graph = await openGraph({
      marine,
      courts: {
        sdl: 'type Vessel @key(fields: "imo") { imo: String! fines: Int }',
        resolvers: {
          Vessel: { __resolveReference: ({ imo }: { imo: string }) => ({ fines: Number(imo) }) },
        },
      },
      labour: {
        sdl: 'type Vessel @key(fields: "id") { id: ID! hands: Int }',
        resolvers: {
          Vessel: {
            __resolveReference: ({ id }: { id: string }) => ({ hands: id.length }),
            id: () => {
              throw new Error('nobody asks for it');
            },
          },
        },
      },
    });
    const query = '{ vessels { fines } vessel(id: "v1") { hands } }';
    expect(await graph.read(query)).toEqual({
      vessels: [{ fines: 901 }, { fines: 902 }],
      vessel: { hands: 2 },
    });
    const ofCourts = ({ subgraph }: { readonly subgraph: string }) => subgraph === 'courts';
    expect(graph.asked.filter(ofCourts)).toHaveLength(2);
    expect(graph.told.filter(ofCourts).map(({ outcome }) => outcome)).toEqual(['partial', 'ok']);
    // Once found out, an operation does not ask for the keys any more.
    await graph.read(query);
    expect(graph.asked.filter(ofCourts)).toHaveLength(3);
  });

  it('joins by keys of every kind of leaf', async () => {
    const types = 'scalar Day enum Level { LOW HIGH }';
    const readings = [
      { day: '2026-06-30', step: 0, ratio: 0.5, level: 'LOW', valid: false, raw: { a: [1, null] } },
      { day: '2026-07-01', step: -2, ratio: 3, level: 'HIGH', valid: true, raw: '' },
    ];
    graph = await openGraph({
      weather: {
        sdl: `${types} scalar Raw type Query { readings: [Reading!]! }
          type Reading @key(fields: "day step ratio level valid raw") { day: Day step: Int ratio: Float level: Level valid: Boolean raw: Raw }`,
        resolvers: { Query: { readings: () => readings } },
      },
      alarms: {
        sdl: `${types} scalar Raw
          type Reading @key(fields: "day step ratio level valid raw") { day: Day step: Int ratio: Float level: Level valid: Boolean raw: Raw key: String }`,
        resolvers: {
          Reading: { key: ({ __typename, ...key }: { __typename: string }) => JSON.stringify(key) },
        },
      },
    });
    const data = await graph.read('{ readings { key } }');
    const keys = (data.readings as readonly { readonly key: string }[]).map(({ key }) => JSON.parse(key));
    expect(keys).toEqual(readings);
  });

  it('gives one entity to every place that asks for it', async () => {
    graph = await openGraph({
      marine,
      log: {
        sdl: `type Query { boardings: [Boarding!]! } type Boarding { vessel: Vessel! day: String! }
          type Vessel @key(fields: "imo") { imo: String! }`,
        resolvers: {
          Query: {
            boardings: () => ['901', '902', '901'].map((imo, day) => ({ day: String(day), vessel: { imo } })),
          },
        },
      },
    });
    expect(await graph.read('{ boardings { day vessel { id } } }')).toEqual({
      boardings: [
        { day: '0', vessel: { id: 'v1' } },
        { day: '1', vessel: { id: 'v2' } },
        { day: '2', vessel: { id: 'v1' } },
      ],
    });
  });
});
