import { type Graph, openGraph, type Part, placesOf } from './open-graph.js';

/** One of several subgraphs that all answer `Query.summary`, each with a part of the type, none with a key. */
function partOf(total: string, field: string, type: string, value: unknown): Part {
  return {
    sdl: `
      type Query { summary: Summary @shareable summaries(first: Int): [Summary!]! @shareable }
      type Summary { day: String! @shareable ${field}: ${type} totals: Totals @shareable }
      type Totals { ${total}: Int all: Int @shareable }`,
    resolvers: {
      Query: {
        summary: () => ({ day: '2026-06-30', [field]: value, totals: { [total]: 1, all: 9 } }),
        summaries: (_: unknown, { first = 2 }: { first?: number }) =>
          ['1', '2', '3'].slice(0, first).map((day) => ({ day, [field]: value })),
      },
    },
  };
}

const courts = partOf('cases', 'verdict', 'Verdict', { text: 'guilty' });

describe('@shareable', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({
      marine: partOf('boats', 'vessels', 'Int', 3),
      traffic: partOf('cars', 'lorries', '[String!]', ['a', 'b']),
      courts: { ...courts, sdl: `${courts.sdl} type Verdict { text: String }` },
    });
  });
  afterAll(() => graph.close());

  it('asks one subgraph where one is enough', async () => {
    const before = graph.asked.length;
    expect(await graph.read('{ summary { day vessels } }')).toEqual({
      summary: { day: '2026-06-30', vessels: 3 },
    });
    expect(graph.asked.slice(before).map(({ subgraph }) => subgraph)).toEqual(['marine']);
  });

  it('merges a root field that several subgraphs answer', async () => {
    expect(
      await graph.read(
        '{ summary { lorries verdict { text } day vessels totals { cases boats cars all } } }',
      ),
    ).toEqual({
      summary: {
        lorries: ['a', 'b'],
        verdict: { text: 'guilty' },
        day: '2026-06-30',
        vessels: 3,
        totals: { cases: 1, boats: 1, cars: 1, all: 9 },
      },
    });
  });

  it('merges lists of a root field element by element', async () => {
    expect(await graph.read('{ summaries(first: 3) { day vessels lorries } }')).toEqual({
      summaries: ['1', '2', '3'].map((day) => ({ day, vessels: 3, lorries: ['a', 'b'] })),
    });
  });

  it('keeps aliases of one root field with other arguments apart', async () => {
    expect(
      await graph.read('{ one: summaries(first: 1) { vessels lorries } two: summaries { lorries vessels } }'),
    ).toEqual({
      one: [{ vessels: 3, lorries: ['a', 'b'] }],
      two: [
        { lorries: ['a', 'b'], vessels: 3 },
        { lorries: ['a', 'b'], vessels: 3 },
      ],
    });
  });
});

describe('@shareable on entities', () => {
  it('reaches a value type of an entity over the entity', async () => {
    const registry: Part = {
      sdl: `type Query { subjects: [Subject!]! }
        type Subject @key(fields: "id") { id: ID! address: Address @shareable }
        type Address { street: String @shareable }`,
      resolvers: {
        Query: { subjects: () => [{ id: 's1' }, { id: 's2' }] },
        Subject: { address: ({ id }: { id: string }) => (id === 's1' ? { street: 'Quay' } : null) },
      },
    };
    const fire: Part = {
      sdl: `type Subject @key(fields: "id") { id: ID! address: Address @shareable }
        type Address { street: String @shareable hydrants: Int! }`,
      resolvers: {
        Subject: {
          address: ({ id }: { id: string }) => (id === 's1' ? { street: 'Quay', hydrants: 4 } : null),
        },
      },
    };
    const graph = await openGraph({ registry, fire });
    expect(await graph.read('{ subjects { address { street hydrants } } }')).toEqual({
      subjects: [{ address: { street: 'Quay', hydrants: 4 } }, { address: null }],
    });
    await graph.close();
  });

  it('tells of a failure in one of the subgraphs that share a root field', async () => {
    const good: Part = {
      sdl: 'type Query { day: Day @shareable } type Day { cars: Int }',
      resolvers: { Query: { day: () => ({ cars: 1 }) } },
    };
    const bad: Part = {
      sdl: 'type Query { day: Day @shareable } type Day { boats: Int ferries: Int }',
      resolvers: {
        Query: { day: () => ({ ferries: 2 }) },
        Day: {
          boats: () => {
            throw new Error('no');
          },
        },
      },
    };
    const graph = await openGraph({ good, bad });
    const answer = await graph.ask('{ day { cars boats ferries } }');
    expect(answer.data).toEqual({ day: { cars: 1, boats: null, ferries: 2 } });
    expect(placesOf(answer)).toEqual(['day.boats']);
    await graph.close();
  });
});
