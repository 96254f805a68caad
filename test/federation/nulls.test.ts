import { type Graph, openGraph, type Part, placesOf } from './open-graph.js';

interface Row {
  readonly id: string;
  readonly code?: string | null;
}

interface SeatRef {
  readonly seat: { readonly room: string | null } | null;
}

const registry: Part = {
  sdl: `
    type Query { subjects: [Subject] strict: [Subject!] grid: [[Subject]] one(id: ID!): Subject nothing: [Subject] }
    type Subject @key(fields: "id") @key(fields: "code") @key(fields: "seat { room }") { id: ID! code: ID seat: Seat friend: Subject must: Subject! }
    type Seat @shareable { room: ID }`,
  resolvers: {
    Query: {
      subjects: () => [
        { id: '1', code: 'c1' },
        null,
        { id: '2', code: null },
        { id: '3', code: 'gone' },
        { id: '1', code: 'c1' },
      ],
      strict: () => [{ id: '1' }, { id: '2' }],
      grid: () => [[{ id: '1', code: 'c1' }, null], null, [], [{ id: '3', code: 'c3' }]],
      one: (_: unknown, { id }: Row) => ({ id, code: null, seat: null }),
      nothing: () => null,
    },
    Subject: {
      seat: ({ id }: Row) => (id === '1' ? { room: 'r1' } : id === '2' ? { room: null } : null),
      friend: ({ id }: Row) => (id === '1' ? { id: 'x', code: 'cx' } : null),
      must: ({ id }: Row) => ({ id, code: 'gone' }),
    },
  },
};
const byCode: Part = {
  sdl: 'type Subject @key(fields: "code") { code: ID debts: Int certain: Int! }',
  resolvers: {
    Subject: {
      __resolveReference: ({ code }: Row) => (code == null || code === 'gone' ? null : { code }),
      debts: ({ code }: Row) => code?.length,
      certain: ({ code }: Row) => code?.length,
    },
  },
};
const byRoom: Part = {
  sdl: 'type Subject @key(fields: "seat { room }") { seat: Seat phone: String } type Seat @shareable { room: ID }',
  resolvers: {
    Subject: {
      __resolveReference: ({ seat }: SeatRef) => (seat?.room == null ? null : { seat }),
      phone: ({ seat }: SeatRef) => `phone ${seat?.room}`,
    },
  },
};

describe('nulls', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ registry, byCode, byRoom });
  });
  afterAll(() => graph.close());

  it('answers null for the fields of an entity whose key is null', async () => {
    expect(await graph.read('{ one(id: "5") { id debts } }')).toEqual({ one: { id: '5', debts: null } });
  });

  it('leaves the fields of an entity null that another subgraph does not have', async () => {
    expect(await graph.read('{ subjects { id debts } }')).toEqual({
      subjects: [
        { id: '1', debts: 2 },
        null,
        { id: '2', debts: null },
        { id: '3', debts: null },
        { id: '1', debts: 2 },
      ],
    });
  });

  it('lets the null rise where a field of a missing entity must not be null', async () => {
    const answer = await graph.ask('{ subjects { id certain } }');
    expect(answer.data).toEqual({
      subjects: [{ id: '1', certain: 2 }, null, null, null, { id: '1', certain: 2 }],
    });
    expect(placesOf(answer)).toEqual(['subjects.2.certain', 'subjects.3.certain']);
    const strict = await graph.ask('{ strict { id must { certain } } subjects { id } }');
    expect(strict.data?.strict).toBeNull();
    expect(strict.data?.subjects).toHaveLength(5);
    expect(placesOf(strict)[0]).toBe('strict.0.must.certain');
  });

  it('walks through lists of lists with nulls', async () => {
    expect(await graph.read('{ grid { id debts friend { debts } } nothing { debts } }')).toEqual({
      grid: [
        [{ id: '1', debts: 2, friend: { debts: 2 } }, null],
        null,
        [],
        [{ id: '3', debts: 2, friend: null }],
      ],
      nothing: null,
    });
  });

  it('joins by a nested key only where nothing on the way is null', async () => {
    expect(await graph.read('{ subjects { phone } }')).toEqual({
      subjects: [{ phone: 'phone r1' }, null, { phone: null }, { phone: null }, { phone: 'phone r1' }],
    });
  });

  it('tells an error of one entity at every place where the entity stands', async () => {
    const failing = await openGraph({
      registry,
      byRoom,
      byCode: {
        sdl: byCode.sdl,
        resolvers: {
          Subject: {
            __resolveReference: ({ code }: Row) => (code == null ? null : { code }),
            debts: ({ code }: Row) => {
              if (code === 'c1') throw new Error('broken');
              return 1;
            },
          },
        },
      },
    });
    const answer = await failing.ask('{ subjects { id debts } }');
    expect(answer.data?.subjects).toEqual([
      { id: '1', debts: null },
      null,
      { id: '2', debts: null },
      { id: '3', debts: 1 },
      { id: '1', debts: null },
    ]);
    expect(placesOf(answer)).toEqual(['subjects.0.debts', 'subjects.4.debts']);
    await failing.close();
  });
});
