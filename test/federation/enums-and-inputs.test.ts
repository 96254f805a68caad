import { type Graph, openGraph, type Part, placesOf } from './open-graph.js';

/** `Level` goes out only and is the union of both; `Order` comes in only and is what both have; `Kind` goes both ways. */
const police: Part = {
  sdl: `
    type Query { alerts(order: Order, where: Where): [Alert!]! echo(where: Where!): String kinds(of: [Kind!]!): [Kind!]! }
    type Alert @key(fields: "id") { id: ID! level: Level @shareable kind: Kind! }
    enum Level { LOW HIGH }
    enum Order { NEWEST OLDEST LOUDEST }
    enum Kind { FIRE FLOOD }
    input Where { text: String! limit: Int = 5 nested: Inner police: Int }
    input Inner { kinds: [Kind!] deep: Inner }`,
  resolvers: {
    Query: {
      alerts: (_: unknown, { order }: { order?: string }) =>
        (order === 'OLDEST' ? ['1', '2'] : ['2', '1']).map((id) => ({ id, level: 'LOW', kind: 'FIRE' })),
      echo: (_: unknown, { where }: { where: object }) => JSON.stringify(where),
      kinds: (_: unknown, { of }: { of: readonly string[] }) => of,
    },
  },
};
const fire: Part = {
  sdl: `
    type Query { loudest: Alert ordered(order: Order): String repeat(where: Where!): String }
    type Alert @key(fields: "id") { id: ID! level: Level @shareable answer(where: Where, order: Order = OLDEST): String }
    enum Level { LOW EXTREME }
    enum Order { NEWEST OLDEST FASTEST }
    enum Kind { FIRE FLOOD }
    input Where { text: String! limit: Int = 5 nested: Inner fire: Int }
    input Inner { kinds: [Kind!] deep: Inner }`,
  resolvers: {
    Query: {
      loudest: () => ({ id: '9', level: 'EXTREME' }),
      ordered: (_: unknown, { order }: { order?: string }) => String(order),
      repeat: (_: unknown, { where }: { where: object }) => JSON.stringify(where),
    },
    Alert: {
      answer: ({ id }: { id: string }, args: object) => `${id} ${JSON.stringify(args)}`,
    },
  },
};

describe('enums and inputs of several subgraphs', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ police, fire });
  });
  afterAll(() => graph.close());

  it('knows all values of an enum that only goes out', async () => {
    expect(await graph.read('{ loudest { level } alerts { level } }')).toEqual({
      loudest: { level: 'EXTREME' },
      alerts: [{ level: 'LOW' }, { level: 'LOW' }],
    });
  });

  it('knows the common values of an enum that only comes in', async () => {
    expect(await graph.read('{ alerts(order: OLDEST) { id } ordered(order: NEWEST) }')).toEqual({
      alerts: [{ id: '1' }, { id: '2' }],
      ordered: 'NEWEST',
    });
    await expect(graph.ask('{ alerts(order: LOUDEST) { id } }')).rejects.toThrow('LOUDEST');
    const answer = await graph.ask('query ($order: Order) { ordered(order: $order) }', { order: 'FASTEST' });
    expect(answer).not.toHaveProperty('data');
    expect(answer.errors?.[0]?.message).toContain('$order');
  });

  it('knows the common fields of an input', async () => {
    await expect(graph.ask('{ echo(where: { text: "a", police: 1 }) }')).rejects.toThrow('police');
    const answer = await graph.ask('query ($where: Where!) { echo(where: $where) }', {
      where: { text: 'a', fire: 1 },
    });
    expect(answer).not.toHaveProperty('data');
  });

  it('gives defaults of fields of an input', async () => {
    expect(
      await graph.read('{ echo(where: { text: "a" }) repeat(where: { text: "b", limit: null }) }'),
    ).toEqual({
      echo: '{"text":"a","limit":5}',
      repeat: '{"text":"b","limit":null}',
    });
  });

  it('passes nested inputs and enums, written out and by variables', async () => {
    const where = { text: '案 "x"', limit: 2, nested: { kinds: ['FIRE'], deep: { kinds: ['FLOOD'] } } };
    const given = '{ text: "案 \\"x\\"", limit: 2, nested: { kinds: [FIRE], deep: { kinds: [FLOOD] } } }';
    expect(await graph.read(`{ echo(where: ${given}) kinds(of: [FLOOD, FIRE]) }`)).toEqual({
      echo: JSON.stringify(where),
      kinds: ['FLOOD', 'FIRE'],
    });
    expect(
      await graph.read(
        'query ($where: Where!, $kind: Kind!) { echo(where: $where) repeat(where: $where) kinds(of: [$kind]) }',
        {
          where,
          kind: 'FLOOD',
        },
      ),
    ).toEqual({ echo: JSON.stringify(where), repeat: JSON.stringify(where), kinds: ['FLOOD'] });
  });

  it('passes inputs to fields of entities', async () => {
    expect(await graph.read('{ alerts { answer(where: { text: "t", nested: { kinds: FIRE } }) } }')).toEqual({
      alerts: ['2', '1'].map((id) => ({
        answer: `${id} {"where":{"text":"t","limit":5,"nested":{"kinds":["FIRE"]}},"order":"OLDEST"}`,
      })),
    });
  });

  it('answers null and an error for a value that no subgraph has', async () => {
    const odd = await openGraph({
      police: {
        sdl: 'type Query { level: Level levels: [Level] } enum Level { LOW }',
        resolvers: { Query: { level: () => 'NONE', levels: () => ['LOW', 'NONE'] } },
      },
    });
    const answer = await odd.ask('{ level levels }');
    expect(answer.data).toEqual({ level: null, levels: ['LOW', null] });
    expect(placesOf(answer)).toEqual(['level', 'levels.1']);
    await odd.close();
  });
});
