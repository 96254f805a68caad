import { askExecutor } from '../../../gateway/testing/ask-executor.js';
import { openGraph as openExecutor } from '../../../gateway/testing/open-graph.js';
import { type Graph, openGraph, type Part } from '../open-graph.js';

const shop: Part = {
  sdl: 'type Query { open: String closed: String item(id: Int): String } type Mutation { shut: String }',
  resolvers: {
    Query: {
      open: () => 'yes',
      closed: () => 'no',
      item: (_: unknown, { id }: { id: number }) => `item ${id}`,
    },
    Mutation: { shut: () => 'shut' },
  },
};

describe('a document with several operations', () => {
  let opened: Awaited<ReturnType<typeof openExecutor>>;
  beforeAll(async () => {
    opened = await openExecutor({ shop });
  });
  afterAll(() => opened.executor.close());
  const ask = (query: string, operationName?: string, variables = {}) =>
    askExecutor(opened.executor, { query, variables, ...(operationName !== undefined && { operationName }) });

  it.each([
    ['a field', 'query A { open } query B($all: Boolean!) { open closed @include(if: $all) }'],
    [
      'a fragment that only the other one spreads',
      'query A { open } query B($all: Boolean!) { ...F } fragment F on Query { open closed @skip(if: $all) }',
    ],
    ['another kind', 'query A { open } mutation B { shut }'],
    ['a variable of another type', 'query A { open } query B($id: Int!) { item(id: $id) }'],
  ])('is carried out as if there were only the one that is asked for: %s', async (_, query) => {
    expect(await ask(query, 'A')).toEqual({ data: { open: 'yes' } });
  });

  it('takes one name for two variables', async () => {
    const query =
      'query A($v: Int) { item(id: $v) } query B($v: Boolean!) { open @include(if: $v) closed @skip(if: $v) }';
    expect(await ask(query, 'A', { v: 5 })).toEqual({ data: { item: 'item 5' } });
    expect(await ask(query, 'B', { v: true })).toEqual({ data: { open: 'yes' } });
    expect(await ask(query, 'B', { v: false })).toEqual({ data: { closed: 'no' } });
  });

  it.each([
    ['an unknown name', 'query A { open } query B { open }', 'C', /没有名为 "C".*operationName.*is "C"/],
    ['no name', 'query A { open } query B { open }', undefined, /2 个操作.*2 operations/],
    ['an empty name', '{ open }', '', /is ""/],
    ['a name where there is none', '{ open }', 'A', /is "A"/],
    ['a name of a million letters', '{ open }', 'A'.repeat(1_000_000), /is "A{100}…"/],
    ['the name of a fragment', 'query A { ...F } fragment F on Query { open }', 'F', /is "F"/],
  ])('is refused with a reason, and nothing is logged as broken: %s', async (_, query, name, reason) => {
    opened.observer.hiddenErrors.splice(0);
    const { data, errors } = await ask(query, name);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([
      { message: expect.stringMatching(reason), extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } },
    ]);
    expect(opened.observer.hiddenErrors).toEqual([]);
  });
});

describe("an operation's directives", () => {
  const sdl =
    'directive @cached(ttl: Int) repeatable on QUERY | FIELD | INLINE_FRAGMENT | VARIABLE_DEFINITION\ndirective @named on FRAGMENT_SPREAD | FRAGMENT_DEFINITION\n';
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({
      things: {
        sdl: `${sdl}type Query { things: [Thing] first: Thing } type Thing @key(fields: "id") { id: ID! n: Int }`,
        resolvers: {
          Query: { things: () => [{ id: '1' }], first: () => ({ id: '1' }) },
          Thing: { n: () => 1 },
        },
      },
      more: {
        sdl: `${sdl}type Thing @key(fields: "id") { id: ID! m: Int }`,
        resolvers: { Thing: { m: () => 2 } },
      },
    });
  });
  afterAll(() => graph.close());

  it('are not sent where no subgraph allows them', async () => {
    expect(await graph.ask('{ first { ...F @named } } fragment F on Thing @named { n m }')).toEqual({
      data: { first: { n: 1, m: 2 } },
    });
  });

  it('reach every subgraph, with their variables and those of fields', async () => {
    const query = `query ($t: Int, $u: Int @cached(ttl: 9)) @cached(ttl: $t) @cached(ttl: 2) {
      things @cached(ttl: 3) { n m @cached(ttl: $u) } first { k: m ... @cached(ttl: 4) { n } } }`;
    expect(await graph.ask(query, { t: 1, u: 5 })).toEqual({
      data: { things: [{ n: 1, m: 2 }], first: { k: 2, n: 1 } },
    });
    const texts = graph.asked.map((asked) => asked.query).filter((text) => text.includes('@cached'));
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) expect(text).toMatch(/^query\(?[^{]*@cached\(ttl:\$t\)@cached\(ttl:2\)/);
    expect(texts.join()).toContain('m@cached(ttl:$u)');
    expect(texts.join()).toContain('...@cached(ttl:4)');
    expect(texts.join()).toContain('$u:Int@cached(ttl:9)');
    const [last] = graph.asked.filter(
      ({ subgraph, query }) => subgraph === 'more' && query.includes('@cached'),
    );
    expect(last?.variables).toMatchObject({ t: 1, u: 5 });
  });
});
