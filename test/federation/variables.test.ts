import { type Graph, openGraph, type Part, placesOf } from './open-graph.js';

const registry: Part = {
  sdl: `
    type Query { subject(id: ID! = "1"): Subject find(filter: Filter): [Subject!]! }
    input Filter { ids: [ID!]! = ["1", "2"] names: [[String]] day: Day }
    input Day { year: Int! month: Int = 6 }
    scalar Any
    type Subject @key(fields: "id") { id: ID! kind: String }`,
  resolvers: {
    Query: {
      subject: (_: unknown, { id }: { id: string }) => ({ id }),
      find: (_: unknown, { filter }: { filter?: { ids: readonly string[] } | null }) =>
        (filter?.ids ?? []).map((id) => ({ id, kind: JSON.stringify(filter) })),
    },
  },
};
const courts: Part = {
  sdl: `
    input Filter { ids: [ID!]! = ["1", "2"] names: [[String]] day: Day }
    input Day { year: Int! month: Int = 6 }
    scalar Any
    type Subject @key(fields: "id") {
      id: ID!
      args(int: Int, float: Float, text: String = "t", flag: Boolean, list: [Int!], filter: Filter, any: Any): String
      limited(first: Int! = 2): String
    }`,
  resolvers: {
    Subject: {
      __resolveReference: (reference: { id: string }) => (reference.id === 'unknown' ? null : reference),
      limited: (_: unknown, { first }: { first: number }) => `at most ${first}`,
      args: ({ id }: { id: string }, args: object) => `${id} ${JSON.stringify(args)}`,
    },
  },
};

describe('variables', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ registry, courts });
  });
  afterAll(() => graph.close());

  /** The arguments as the resolver of the entity's field got them. */
  const argsOf = async (head: string, given: string, variables: Readonly<Record<string, unknown>> = {}) => {
    const data = await graph.read(`query ${head} { subject { args(${given}) } }`, variables);
    const { args } = data.subject as { readonly args: string };
    return JSON.parse(args.slice(2)) as unknown;
  };

  it('reach fields of entities', async () => {
    const head = '($int: Int, $float: Float, $text: String, $flag: Boolean, $list: [Int!])';
    const given = 'int: $int, float: $float, text: $text, flag: $flag, list: $list';
    const variables = { int: -3, float: 1.5, text: '“案”\n\\', flag: false, list: [1, 2] };
    expect(await argsOf(head, given, variables)).toEqual(variables);
  });

  it('leave an argument out where they are left out', async () => {
    expect(await argsOf('($int: Int, $text: String)', 'int: $int, text: $text')).toEqual({ text: 't' });
    expect(
      await argsOf('($int: Int, $text: String)', 'int: $int, text: $text', { int: null, text: null }),
    ).toEqual({
      int: null,
      text: null,
    });
  });

  it('have defaults', async () => {
    const head =
      '($int: Int = 7, $text: String = null, $filter: Filter = { ids: ["9"], day: { year: 2026 } })';
    const given = 'int: $int, text: $text, filter: $filter';
    expect(await argsOf(head, given)).toEqual({
      int: 7,
      text: null,
      filter: { ids: ['9'], day: { year: 2026, month: 6 } },
    });
    expect(await argsOf(head, given, { int: 0, text: '', filter: null })).toEqual({
      int: 0,
      text: '',
      filter: null,
    });
  });

  it('may be parts of input objects and lists', async () => {
    const head = '($year: Int!, $name: String, $id: ID!, $int: Int!)';
    const given =
      'filter: { ids: [$id, "x"], names: [[$name], null, []], day: { year: $year } }, list: [$int, 2]';
    expect(await argsOf(head, given, { year: 2025, name: null, id: 5, int: 1 })).toEqual({
      filter: { ids: ['5', 'x'], names: [[null], null, []], day: { year: 2025, month: 6 } },
      list: [1, 2],
      text: 't',
    });
  });

  it('carry a custom scalar as it is', async () => {
    const any = { a: [1, 'b', null, { c: true }] };
    expect(await argsOf('($any: Any)', 'any: $any', { any })).toEqual({ text: 't', any });
    expect(await argsOf('', 'any: { a: [1, "b", null, { c: true }] }')).toEqual({ text: 't', any });
  });

  it('coerce single values to lists, and numbers to IDs', async () => {
    expect(
      await graph.read('query ($filter: Filter) { find(filter: $filter) { id } }', { filter: { ids: 4 } }),
    ).toEqual({
      find: [{ id: '4' }],
    });
    expect(await graph.read('query ($id: ID!) { subject(id: $id) { id args } }', { id: 12 })).toEqual({
      subject: { id: '12', args: '12 {"text":"t"}' },
    });
  });

  it('take the defaults of arguments and of input fields', async () => {
    expect(await graph.read('{ subject { id } find(filter: {}) { id kind } none: find { id } }')).toEqual({
      subject: { id: '1' },
      find: ['1', '2'].map((id) => ({ id, kind: '{"ids":["1","2"]}' })),
      none: [],
    });
  });

  it('are sent to the subgraphs that use them alone', async () => {
    const before = graph.asked.length;
    await graph.read('query ($id: ID!, $int: Int) { subject(id: $id) { args(int: $int) } }', {
      id: '1',
      int: 5,
    });
    const [first, second] = graph.asked.slice(before);
    expect(first?.variables).toEqual({ id: '1' });
    expect(Object.values(second?.variables ?? {})).toContain(5);
    expect(JSON.stringify(first?.variables)).not.toContain('5');
  });

  it('that do not fit are refused before anybody is asked', async () => {
    const before = graph.asked.length;
    for (const filter of [
      'x',
      { ids: null },
      { ids: ['1'], day: {} },
      { ids: [], unknown: 1 },
      { ids: [{}] },
    ]) {
      const answer = await graph.ask('query ($filter: Filter) { find(filter: $filter) { id } }', { filter });
      expect(answer).not.toHaveProperty('data');
      expect(answer.errors?.[0]?.message).toContain('$filter');
    }
    expect(graph.asked).toHaveLength(before);
  });

  it('that are null where none may be fail the fields that they are given to, where there is an object', async () => {
    const root = await graph.ask('query ($id: ID) { subject(id: $id) { id } }', { id: null });
    expect([root.data, placesOf(root)]).toEqual([{ subject: null }, ['subject']]);
    const query =
      'query ($first: Int) { find(filter: { ids: ["1", "unknown"] }) { id limited(first: $first) } }';
    expect(await graph.read(query)).toEqual({
      find: [
        { id: '1', limited: 'at most 2' },
        { id: 'unknown', limited: null },
      ],
    });
    const answer = await graph.ask(query, { first: null });
    expect(answer.data).toEqual({
      find: [
        { id: '1', limited: null },
        { id: 'unknown', limited: null },
      ],
    });
    expect(placesOf(answer)).toEqual(['find.0.limited']);
  });

  it('may have the names that a gateway uses itself', async () => {
    expect(
      await graph.read(
        'query ($representations: ID!, $_0: Int) { subject(id: $representations) { id args(int: $_0) } }',
        {
          representations: '3',
          _0: 4,
        },
      ),
    ).toEqual({ subject: { id: '3', args: '3 {"int":4,"text":"t"}' } });
  });
});
