import { createRuleBook } from '../access/authorise/access-rules.js';
import { parsePolicy } from '../access/policy/policy.js';
import { askExecutor } from '../testing/ask-executor.js';
import { type OpenedGraph, openGraph } from '../testing/open-graph.js';

/** What gateways have let through: fields that others need, interfaces, keys, and demands of several subgraphs. */
const POLICY = parsePolicy(
  `roles:
  reader:
    title: 读者 Reader
    may: [query]
    policies: [open]
    types: { "*": { L1: allow } }
  clerk:
    title: 办事员 Clerk
    may: [query, introspect]
    types: { "*": { L1: allow, L2: allow } }
`,
  'policy.yaml',
);

const seen: string[] = [];
let graph: OpenedGraph;
beforeAll(async () => {
  graph = await openGraph({
    products: {
      sdl: `
        type Query { product: Product items: [Item] things: [Thing] }
        interface Item { id: ID! title: String note: String }
        union Thing = Product | Gift
        type Product implements Item @key(fields: "id") @key(fields: "sku") {
          id: ID! sku: String @tag(name: "L2")
          title: String @policy(policies: [["secret"]])
          note: String @tag(name: "L2")
          weight: Int @tag(name: "L2")
          own: String @authenticated
          box: Box boxes: [Box!]
          shared: String @shareable @requiresScopes(scopes: [["a"]])
        }
        type Box @policy(policies: [["secret"]]) { text: String }
        type Gift implements Item { id: ID! title: String note: String }`,
      resolvers: {
        Query: {
          product: () => PRODUCT,
          items: () => [PRODUCT, GIFT],
          things: () => [PRODUCT, GIFT],
        },
        Product: { __resolveReference: (key: object) => ({ ...PRODUCT, ...key }) },
      },
    },
    stock: {
      sdl: `
        type Product @key(fields: "sku") {
          sku: String weight: Int @external
          shipping: Int @requires(fields: "weight")
          shared: String @shareable @requiresScopes(scopes: [["b"]])
        }`,
      resolvers: {
        Product: {
          __resolveReference: (key: object) => key,
          shipping: ({ weight, sku }: { weight: number; sku: string }) => {
            seen.push(`${sku} ${weight}`);
            return weight * 2;
          },
          shared: () => 'both',
        },
      },
    },
  });
});
afterAll(() => graph.executor.close());

const PRODUCT = {
  __typename: 'Product',
  id: '1',
  sku: 'a-1',
  title: 'Net',
  note: 'Net',
  weight: 7,
  own: 'mine',
  box: { text: 'inside' },
  boxes: [{ text: 'inside' }],
  shared: 'both',
};
const GIFT = { __typename: 'Gift', id: '2', title: 'Rope', note: 'Rope' };

function ask(query: string, scopes: readonly string[] = [], role = 'reader') {
  const { executor } = graph;
  const rules = createRuleBook(
    executor.apiSchema,
    executor.requirements,
    POLICY,
  )({
    role,
    scopes: new Set(scopes),
    isKnown: true,
    hasPurpose: false,
  });
  return askExecutor(executor, { query, asking: { rules, asker: null } });
}
const FORBIDDEN = { extensions: expect.objectContaining({ code: 'FORBIDDEN' }) };

describe('a denied field', () => {
  it('is fetched for another one that needs it, by a key that is denied too, and neither is shown', async () => {
    seen.length = 0;
    const { data, errors } = await ask('{ product { shipping weight w: weight sku } }');
    expect(seen).toEqual(['a-1 7']);
    expect(data).toEqual({ product: { shipping: 14, weight: null, w: null, sku: null } });
    expect(errors).toHaveLength(3);
    expect(JSON.stringify(data)).not.toMatch(/a-1|7/);
  });

  it('is shown to whoever has what is demanded', async () => {
    const { data, errors } = await ask('{ product { weight sku } }', [], 'clerk');
    expect([data, errors]).toEqual([{ product: { weight: 7, sku: 'a-1' } }, undefined]);
  });

  it.each([
    '{ items { id note } }',
    '{ items { id ... on Item { note } } }',
    '{ items { id ...F } } fragment F on Item { ... on Item { note } }',
    '{ items { id ... on Product { note } ... on Gift { note } } }',
    '{ items: things { ... on Product { id note } ... on Gift { id note } } }',
  ])('is denied for the object that has it, whatever it is asked of: %s', async (query) => {
    const { data, errors } = await ask(query);
    expect(data).toEqual({
      items: [
        { id: '1', note: null },
        { id: '2', note: 'Rope' },
      ],
    });
    expect(errors).toContainEqual(expect.objectContaining(FORBIDDEN));
  });

  // Composition puts the demand on the interface, and what an interface demands its objects do.
  it.each(['{ items { title } }', '{ items { ... on Product { title } ... on Gift { title } } }'])(
    'is denied for all objects of an interface that demands it: %s',
    async (query) => {
      expect((await ask(query)).data).toEqual({ items: [{ title: null }, { title: null }] });
    },
  );

  it.each([
    [['a'], null],
    [['b'], null],
    [['a', 'b'], 'both'],
  ])('is demanded what all subgraphs demand: with %j it is %j', async (scopes, shared) => {
    expect((await ask('{ product { shared } }', scopes)).data).toEqual({ product: { shared } });
  });

  it('is whatever gives an object of a type that demands more', async () => {
    const { data, errors } = await ask('{ product { id box { __typename } boxes { text } } }');
    expect(data).toEqual({ product: { id: '1', box: null, boxes: null } });
    expect(errors).toHaveLength(2);
  });

  it.each(['prototype', '__proto__', 'constructor'])('is not had by an alias such as %s', async (alias) => {
    const { data } = await ask(`{ product { ${alias}: title id } }`);
    expect(JSON.stringify(data)).not.toContain('Net');
  });

  it.each([
    '{ __schema { types { name } } }',
    '{ product { id } s: __type(name: "Product") { fields { name } } }',
    '{ ...F } fragment F on Query { ... { __schema { queryType { name } } } }',
  ])('the schema is told to roles that may ask for it alone: %s', async (query) => {
    const refused = await ask(query);
    expect([refused.data, refused.errors]).toEqual([undefined, [expect.objectContaining(FORBIDDEN)]]);
    const told = await ask(query, [], 'clerk');
    expect([told.errors, JSON.stringify(told.data)]).toEqual([undefined, expect.stringContaining('name')]);
    expect((await ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });

  it('is everything to a role that the policy does not have', async () => {
    const { data, errors } = await ask('{ product { id shipping } }', [], 'stranger');
    expect(data).toEqual({ product: null });
    expect(errors).toEqual([expect.objectContaining(FORBIDDEN)]);
  });

  it('stays closed where nobody is asked who he is', async () => {
    const { data, errors } = await askExecutor(graph.executor, {
      query: '{ product { id own shared title shipping } }',
    });
    expect(data).toEqual({ product: { id: '1', own: null, shared: null, title: null, shipping: 14 } });
    expect(errors).toEqual(Array(3).fill(expect.objectContaining(FORBIDDEN)));
    expect((await ask('{ product { own } }')).data).toEqual({ product: { own: 'mine' } });
  });
});
