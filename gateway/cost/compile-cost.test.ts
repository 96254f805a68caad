import { composeServices } from '@apollo/composition';
import fc from 'fast-check';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { describeOperation } from '../execute/described-operation.js';
import { loadSupergraph } from '../plan/supergraph.js';
import { compileCost, type OperationCost } from './compile-cost.js';
import { type CostDirectives, readCostDirectives } from './cost-directives.js';
import { createCostRules } from './cost-rules.js';

/** As the specification's examples assume it, and tests of Apollo's router do. */
const LIST_SIZE = 100;

interface Graph {
  readonly schema: GraphQLSchema;
  readonly directives: CostDirectives;
}

/** A graph as it is composed of one subgraph. */
async function open(imports: string, sdl: string): Promise<Graph> {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9"${imports})\n`;
  const { supergraphSdl, errors } = composeServices([
    { name: 's', url: 'http://s', typeDefs: parse(link + sdl) },
  ]);
  if (supergraphSdl === undefined) throw new Error(String(errors));
  const loaded = await loadSupergraph(supergraphSdl, { budget: { timeMs: 5000, heapMb: 256 }, threads: 1 });
  await loaded.planners.close();
  return { schema: loaded.apiSchema, directives: readCostDirectives(parse(supergraphSdl)) };
}

function compile({ schema, directives }: Graph, query: string) {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const described = describeOperation(document, undefined, schema);
  if (described instanceof Error) throw described;
  const cost = compileCost(described, createCostRules(schema, directives, LIST_SIZE));
  return (variables: Record<string, unknown> = {}): ReturnType<OperationCost> => {
    const coerced = described.coerce(variables);
    if (Array.isArray(coerced)) throw coerced[0];
    return cost(coerced as Record<string, unknown>);
  };
}

const costOf = (graph: Graph, query: string, variables?: Record<string, unknown>) =>
  compile(graph, query)(variables);

const ALL = ', import: ["@key", "@cost", "@listSize"]';

/** The books of Apollo's documentation, the users of IBM's specification, and what tests of Apollo's router weigh. */
const SDL = `
  type Query {
    book(id: ID): Book
    bestsellers: [Book] @listSize(assumedSize: 5)
    newestAdditions(after: ID, limit: Int!): [Book] @listSize(slicingArguments: ["limit"])
    shelf: [Book]
    grid: [[Book]] @listSize(assumedSize: 3)
    users(max: Int): [User] @listSize(slicingArguments: ["max"])
    fieldWithCost: Int @cost(weight: 5)
    argWithCost(arg: Int @cost(weight: 10)): Int
    listWithCost(arg: [Int] @cost(weight: 10)): Int
    enumWithCost: AorB
    inputWithCost(someInput: InputTypeWithCost): Int
    scalarWithCost: ExpensiveInt
    objectWithCost: ExpensiveObject
    fieldWithListSize: [String!] @listSize(assumedSize: 2000, requireOneSlicingArgument: false)
    fieldWithDynamicListSize(first: Int = 10): SizedField
      @listSize(slicingArguments: ["first"], sizedFields: ["items"], requireOneSlicingArgument: true)
    window(first: Int, last: Int): [Book]
      @listSize(slicingArguments: ["first", "last"], assumedSize: 7, requireOneSlicingArgument: false)
    one(first: Int, last: Int): [Book] @listSize(slicingArguments: ["first", "last"])
    byIds(ids: [ID!]): [Book]
    rebate: Rebate
    chain: Chain
    media: [Medium] @listSize(assumedSize: 10)
    anything: [Anything] @listSize(assumedSize: 10)
  }
  type Mutation { shut: Boolean  take: Book }
  type Book { title: String author: Author publisher: Publisher }
  type Author { name: String }
  type Publisher { name: String address: Address }
  type Address @cost(weight: 5) { zipCode: Int! }
  type User { name: String age: Int @cost(weight: 2) }
  enum AorB @cost(weight: 15) { A B }
  scalar ExpensiveInt @cost(weight: 30)
  type ExpensiveObject @cost(weight: 40) { id: ID }
  input InputTypeWithCost { somethingWithCost: Int @cost(weight: 20) more: [InputTypeWithCost] }
  type SizedField { items: [Item] others: [Item] }
  type Item { id: ID page(first: Int): [Item] @listSize(slicingArguments: ["first"]) inner: [Item] @listSize(assumedSize: 4) }
  type Chain { next(first: Int): Chain @listSize(slicingArguments: ["first"], sizedFields: ["items"]) items: [Item] }
  type Rebate { price: Int @cost(weight: 8) discount: Int @cost(weight: -20) }
  interface Medium { id: ID }
  type Film implements Medium { id: ID cast: [Author] @listSize(assumedSize: 3) }
  type Song implements Medium @cost(weight: 2) { id: ID singer: Author }
  union Anything = Film | Song | Item
`;

let graph: Graph;
beforeAll(async () => {
  graph = await open(ALL, SDL);
}, 30_000);

const BOOK = 'title author { name } publisher { name address { zipCode } }';

describe('compileCost()', () => {
  it.each([
    // Book 1, author 1, publisher 1, address 5.
    [`{ book(id: 1) { ${BOOK} } }`, 8],
    // 5 times the same.
    [`{ bestsellers { ${BOOK} } }`, 40],
    [`{ newestAdditions(limit: 3) { ${BOOK} } }`, 24],
    [`{ newestAdditions(limit: 7) { ${BOOK} } }`, 56],
    // 5 users, each 1 and an age of 2.
    ['query Example { users(max: 5) { age } }', 15],
    ['{ shelf { title } }', 100],
    ['{ fieldWithCost }', 5],
    ['{ argWithCost(arg: 3) }', 10],
    ['{ argWithCost(arg: null) }', 0],
    ['{ argWithCost }', 0],
    ['{ listWithCost(arg: [1, 2, 3]) }', 30],
    ['{ enumWithCost }', 15],
    ['{ scalarWithCost }', 30],
    ['{ objectWithCost { id } }', 40],
    // The input object 1, its field 20.
    ['{ inputWithCost(someInput: { somethingWithCost: 10 }) }', 21],
    ['{ inputWithCost(someInput: { somethingWithCost: 1, more: [{ somethingWithCost: 1 }, {}] }) }', 43],
    // Scalars are free, however many.
    ['{ fieldWithListSize }', 0],
    // The page 1, its items 5; the other list is as long as is usual.
    ['{ fieldWithDynamicListSize(first: 5) { ...Items } } fragment Items on SizedField { items { id } }', 6],
    ['{ fieldWithDynamicListSize(first: 5) { others { id } } }', 101],
    // The argument's own default.
    ['{ fieldWithDynamicListSize { items { id } } }', 11],
    // 3 lists of as many books as is usual.
    ['{ grid { title } }', 300],
    ['mutation { shut }', 10],
    ['mutation { take { title } }', 11],
    ['{ __typename __schema { types { name fields { name } } } }', 0],
  ])('gives %s the cost %d', (query, cost) => {
    expect(costOf(graph, query)).toBe(cost);
  });

  it('adds up the whole of what Apollo’s router tests', () => {
    const query = `{ fieldWithCost argWithCost(arg: 3) enumWithCost inputWithCost(someInput: { somethingWithCost: 10 })
      scalarWithCost objectWithCost { id } fieldWithListSize fieldWithDynamicListSize(first: 5) { items { id } } }`;
    expect(costOf(graph, query)).toBe(127);
  });

  it('multiplies lists that stand within each other', () => {
    // 5 items, each 1 and 4 times (1 and 4 times 1).
    expect(
      costOf(graph, '{ fieldWithDynamicListSize(first: 5) { items { id inner { inner { id } } } } }'),
    ).toBe(1 + 5 * (1 + 4 * (1 + 4)));
  });

  it('counts each alias and each spread of a fragment', () => {
    const one = costOf(graph, '{ bestsellers { title } }') as number;
    expect(costOf(graph, '{ a: bestsellers { title } b: bestsellers { title } c: book { title } }')).toBe(
      2 * one + 1,
    );
    const spread =
      '{ a: bestsellers { ...F } b: newestAdditions(limit: 3) { ...F ...F } } fragment F on Book { author { name } }';
    expect(costOf(graph, spread)).toBe(5 * 2 + 3 * 3);
  });

  it('counts a fragment with the size of the page that spreads it', () => {
    const page = (name: string, first: number): string =>
      `${name}: fieldWithDynamicListSize(first: ${first}) { ...Items }`;
    const items = 'fragment Items on SizedField { items { id } }';
    expect(costOf(graph, `{ ${page('a', 5)} ${page('b', 7)} } ${items}`)).toBe(6 + 8);
  });

  it('counts the dearest member of an interface or union', () => {
    // A film 1 and a cast of 3; a song 2 and a singer.
    expect(costOf(graph, '{ media { id } }')).toBe(10 * 2);
    expect(costOf(graph, '{ media { ... on Film { cast { name } } ... on Song { singer { name } } } }')).toBe(
      10 * 4,
    );
    expect(costOf(graph, '{ media { ... on Song { singer { name } } } }')).toBe(10 * 3);
    expect(
      costOf(
        graph,
        '{ anything { ... on Medium { id ... on Film { cast { name } } } ... on Item { inner { id } } } }',
      ),
    ).toBe(10 * 5);
  });

  it('takes a size from a variable, else its default, else what is assumed', () => {
    const window = 'query ($n: Int, $m: Int = 4) { window(first: $n, last: $m) { title } }';
    const priced = compile(graph, window);
    expect(priced({ n: 9 })).toBe(9);
    expect(priced({})).toBe(4);
    expect(priced({ n: 2 })).toBe(4);
    expect(priced({ n: null, m: null })).toBe(7);
    expect(costOf(graph, '{ window { title } }')).toBe(7);
    expect(costOf(graph, 'query ($n: Int) { window(first: $n) { title } }')).toBe(7);
    expect(costOf(graph, 'query ($n: Int) { fieldWithDynamicListSize(first: $n) { items { id } } }')).toBe(
      11,
    );
  });

  it('takes a size from the length of a list', () => {
    expect(costOf(graph, '{ byIds(ids: ["a", "b", "c"]) { title } }')).toBe(3);
    expect(costOf(graph, 'query ($ids: [ID!]) { byIds(ids: $ids) { title } }', { ids: ['a', 'b'] })).toBe(2);
  });

  it('counts an input object that comes by a variable as if it were written', () => {
    const value = { somethingWithCost: 1, more: [{ somethingWithCost: 1 }, {}, null] };
    expect(
      costOf(graph, 'query ($v: InputTypeWithCost) { inputWithCost(someInput: $v) }', { v: value }),
    ).toBe(43);
    expect(costOf(graph, 'query ($v: [Int]) { listWithCost(arg: $v) }', { v: [1, 2] })).toBe(20);
  });

  it('says which list must have its size said by exactly one argument', () => {
    const priced = compile(
      graph,
      'query ($n: Int, $m: Int, $go: Boolean = true) { one(first: $n, last: $m) @include(if: $go) { title } }',
    );
    expect(priced({ n: 3 })).toBe(3);
    expect(priced({ m: 3 })).toBe(3);
    expect(priced({})).toEqual({ unsliced: 'Query.one' });
    expect(priced({ n: 1, m: 1 })).toEqual({ unsliced: 'Query.one' });
    expect(priced({ go: false })).toBe(0);
  });

  it('leaves out what is skipped', () => {
    const query =
      'query ($yes: Boolean!) { bestsellers @include(if: $yes) { title } ... @skip(if: $yes) { book { title } } shelf @skip(if: true) { title } }';
    expect(costOf(graph, query, { yes: true })).toBe(5);
    expect(costOf(graph, query, { yes: false })).toBe(1);
  });

  it('never goes below zero, nor beyond what numbers hold', () => {
    expect(costOf(graph, '{ rebate { price } }')).toBe(9);
    expect(costOf(graph, '{ rebate { price discount } book { title } }')).toBe(1);
    expect(costOf(graph, '{ newestAdditions(limit: -5) { title } book { title } }')).toBe(1);
    const most = 2 ** 31 - 1;
    const sized = (inner: string): string =>
      `fieldWithDynamicListSize(first: ${most}) { items { ${inner} } }`;
    expect(costOf(graph, `{ ${sized('id')} }`)).toBe(most + 1);
    const many = Array.from({ length: 8 }, () => 'inner {').join(' ');
    const nested = `{ newestAdditions(limit: ${most}) { ${BOOK} } ${sized(`${many} id ${'}'.repeat(8)}`)} }`;
    const beyondDoubles = `page(first: ${most}) { `.repeat(40);
    expect(costOf(graph, `{ ${sized(`${beyondDoubles} id ${'}'.repeat(40)}`)} }`)).toBe(
      Number.MAX_SAFE_INTEGER,
    );
    const absurd = { weights: new Map([['Book', 1e308]]), listSizes: new Map() };
    expect(costOf({ ...graph, directives: absurd }, '{ shelf { title } }')).toBe(Number.MAX_SAFE_INTEGER);
    const cost = costOf(graph, nested) as number;
    expect(Number.isSafeInteger(cost)).toBe(true);
    expect(cost).toBeGreaterThan(2 ** 47);
  });

  it('compiles types that lead to themselves by what is written, not by what it unfolds to', () => {
    const levels = 25;
    const fragments = Array.from(
      { length: levels },
      (_, i) => `fragment F${i} on Item { inner { ...F${i + 1} ...F${i + 1} } }`,
    ).join('\n');
    const query = `{ fieldWithDynamicListSize(first: 2) { items { ...F0 } } } ${fragments} fragment F${levels} on Item { id }`;
    expect(costOf(graph, query)).toBe(Number.MAX_SAFE_INTEGER);
    const links = Array.from(
      { length: levels },
      (_, i) =>
        `fragment C${i} on Chain { a: next(first: 1) { ...C${i + 1} } b: next(first: 2) { ...C${i + 1} } }`,
    ).join('\n');
    // Two links below each, and at the ends an item or two.
    expect(costOf(graph, `{ chain { ...C0 } } ${links} fragment C${levels} on Chain { items { id } }`)).toBe(
      2 ** (levels + 1) - 1 + 3 * 2 ** (levels - 1),
    );
  });

  it('never falls when a page grows', () => {
    const priced = compile(
      graph,
      `query ($a: Int!, $b: Int, $c: Int) {
        newestAdditions(limit: $a) { ${BOOK} }
        fieldWithDynamicListSize(first: $b) { items { inner { id } } }
        window(first: $c, last: 3) { title }
        rebate { discount price }
      }`,
    );
    const size = fc.integer({ min: -10, max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.nat(2 ** 20),
        fc.constantFrom('a', 'b', 'c'),
        (a, b, c, more, which) => {
          const sizes = { a, b, c };
          const larger = { ...sizes, [which]: Math.min(sizes[which as 'a'] + more, 2 ** 31 - 1) };
          const [one, other] = [priced(sizes), priced(larger)] as [number, number];
          expect(one).toBeGreaterThanOrEqual(0);
          expect(other).toBeGreaterThanOrEqual(one);
          expect(Number.isSafeInteger(other)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('pages that nobody has annotated', () => {
  const PLAIN = `
    type Query { rows(first: Int, last: Int): RowConnection steps(first: Int = 30): [Row] stats(first: Int): Stats nodes(ids: [ID!]!): [Row] page(first: String): [Row] }
    type RowConnection { edges: [RowEdge!]! nodes: [Row!]! coverage: [Row] totalCount: Int }
    type RowEdge { node: Row cursor: String }
    type Stats { buckets: [Row!]! }
    type Row { id: ID }
  `;
  let plain: Graph;
  beforeAll(async () => {
    plain = await open('', PLAIN);
  }, 30_000);

  it.each([
    ['{ rows(first: 50) { nodes { id } totalCount } }', 51],
    ['{ rows(last: 50) { edges { node { id } } } }', 101],
    ['{ rows { nodes { id } } }', 21],
    // Of other lists beside them it says nothing.
    ['{ rows(first: 2) { coverage { id } } }', 101],
    ['{ steps { id } }', 30],
    ['{ steps(first: 3) { id } }', 3],
    ['{ stats(first: 4) { buckets { id } } }', 5],
    ['{ nodes(ids: ["a", "b"]) { id } }', 2],
    // A text says no size.
    ['{ page(first: "2") { id } }', 100],
  ])('are understood: %s costs %d', (query, cost) => {
    expect(costOf(plain, query)).toBe(cost);
  });
});

describe('readCostDirectives()', () => {
  const ANNOTATED = (cost: string, listSize: string): string => `
    type Query { rows(first: Int, size: Int): [Row] ${listSize}(slicingArguments: ["size"]) dear: Int ${cost}(weight: 12) }
    type Row ${cost}(weight: 3) { id: ID }`;

  it.each([
    ['imported', ', import: ["@cost", "@listSize"]', '@cost', '@listSize'],
    [
      'renamed by import',
      ', import: [{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@size" }]',
      '@price',
      '@size',
    ],
    ['not imported', '', '@federation__cost', '@federation__listSize'],
  ])(
    'reads directives that are %s',
    async (_, imports, cost, listSize) => {
      const named = await open(imports, ANNOTATED(cost, listSize));
      expect(costOf(named, '{ dear rows(size: 2) { id } }')).toBe(12 + 2 * 3);
    },
    30_000,
  );

  it('reads those of a link with another name, and weights as IBM writes them', () => {
    const directives = readCostDirectives(
      parse(`schema @link(url: "https://specs.apollo.dev/cost/v0.1", as: "price") { query: Query }
        type Query { a: Int @price(weight: "2.5") b(c: Int @price(weight: 4)): [Int] @price__listSize(assumedSize: 3) d: Int @cost(weight: 9) }
        input I { e: Int @price(weight: "x") f: Int @price(weight: 7) }`),
    );
    expect([...directives.weights]).toEqual([
      ['Query.a', 2.5],
      ['Query.b(c:)', 4],
      ['I.f', 7],
    ]);
    expect(directives.listSizes.get('Query.b')).toEqual({
      assumedSize: 3,
      slicingArguments: [],
      sizedFields: [],
      requiresOne: false,
    });
  });
});
