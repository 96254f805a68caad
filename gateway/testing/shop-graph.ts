import { composeServices } from '@apollo/composition';
import { GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { publicError } from '../../runtime/errors.js';
import { createLocalSubgraph } from '../../subgraphs/port/local-subgraph.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import { buildSubgraph, type SubgraphResolvers } from '../../subgraphs/port/subgraph-schema.js';

/**
 * A small graph with every way in which subgraphs join: two keys, `@requires`, `@provides`, an interface, and
 * fields that fail when asked to.
 */
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5",
  import: ["@key", "@requires", "@provides", "@external", "@shareable"])`;

const PRODUCTS = `${LINK}
type Query {
  products: [Product]
  product(id: ID!): Product
  items: [Item!]!
  broken: String
  brokenPublicly(text: String): String
  slow(ms: Int!): String
}
interface Item { id: ID! title: String }
type Product implements Item @key(fields: "id") @key(fields: "sku") { id: ID! sku: String title: String weight: Int seller: Seller }
type Gift implements Item { id: ID! title: String wrapping: String }
type Seller @key(fields: "id") { id: ID! name: String @shareable }
`;

const STOCK = `${LINK}
type Product @key(fields: "id") {
  id: ID!
  weight: Int @external
  inStock: Int
  shipping: Int @requires(fields: "weight")
}
`;

const REVIEWS = `${LINK}
type Query { reviews: [Review!]! }
type Review { id: ID! text: String product: Product seller: Seller @provides(fields: "name") }
type Product @key(fields: "sku") { sku: String reviews: [Review!] }
type Seller @key(fields: "id") { id: ID! name: String @external rating: Int }
`;

const PRODUCT_ROWS = [
  { __typename: 'Product', id: '1', sku: 'a', title: 'Net', weight: 3, seller: { id: 's1' } },
  { __typename: 'Product', id: '2', sku: 'b', title: 'Rope', weight: null, seller: { id: 's2' } },
  null,
  { __typename: 'Product', id: '4', sku: 'd', title: 'Buoy', weight: 5, seller: { id: 's1' } },
];
const SELLERS = new Map([
  ['s1', 'Wang'],
  ['s2', 'Li'],
]);

const productResolvers: SubgraphResolvers = {
  Query: {
    products: () => structuredClone(PRODUCT_ROWS),
    product: (_: unknown, { id }: { id: string }) => PRODUCT_ROWS.find((row) => row?.id === id) ?? null,
    items: () => [PRODUCT_ROWS[0], { __typename: 'Gift', id: 'g', title: 'Box', wrapping: 'red' }],
    broken: () => {
      throw new Error('connect ECONNREFUSED db-7.internal:5432 SELECT secret FROM t');
    },
    brokenPublicly: (_: unknown, { text }: { text?: string }) => {
      throw publicError('SOURCE_UNAVAILABLE', text);
    },
    slow: (_: unknown, { ms }: { ms: number }) =>
      new Promise((resolve) => setTimeout(() => resolve('late'), ms).unref()),
  },
  Product: {
    __resolveReference: (ref: { id?: string; sku?: string }) =>
      PRODUCT_ROWS.find((row) => row !== null && (row.id === ref.id || row.sku === ref.sku)) ?? null,
  },
  Seller: {
    __resolveReference: (ref: { id: string }) => ref,
    name: (seller: { id: string }) => SELLERS.get(seller.id) ?? null,
  },
};

const stockResolvers: SubgraphResolvers = {
  Product: {
    __resolveReference: (ref: object) => ref,
    inStock: ({ id }: { id: string }) => {
      if (id === '4')
        throw publicError('SOURCE_TIMEOUT', undefined, { extensions: { interface: 'stock.level' } });
      return Number(id) * 10;
    },
    shipping: ({ id, weight }: { id: string; weight: number | null }) => {
      if (weight === null)
        throw new GraphQLError('weight of db row is null', { extensions: { code: 'CUSTOM' } });
      return weight * 2 + Number(id);
    },
  },
};

const reviewResolvers: SubgraphResolvers = {
  Query: {
    reviews: () => [
      { id: 'r1', text: 'good', product: { sku: 'a' }, seller: { id: 's1', name: 'Wang' } },
      { id: 'r2', text: 'bad', product: { sku: 'd' }, seller: { id: 's2', name: 'Li' } },
    ],
  },
  Product: {
    __resolveReference: (ref: object) => ref,
    reviews: ({ sku }: { sku: string }) => [
      { id: `r-${sku}`, text: sku, product: { sku }, seller: { id: 's1', name: 'Wang' } },
    ],
  },
  Seller: {
    __resolveReference: (ref: object) => ref,
    rating: ({ id }: { id: string }) => (id === 's1' ? 5 : 3),
  },
};

export type Execute = SubgraphPort['execute'];

interface ShopSubgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
}

export const SHOP_SUBGRAPHS: readonly ShopSubgraph[] = [
  { name: 'products', schema: buildSubgraph(PRODUCTS, productResolvers) },
  { name: 'stock', schema: buildSubgraph(STOCK, stockResolvers) },
  { name: 'reviews', schema: buildSubgraph(REVIEWS, reviewResolvers) },
];

/** A subgraph of the shop in this process. @param around makes of its own `execute` the one that is used. */
export function openShopSubgraph(
  name: string,
  around: (own: Execute) => Execute = (own) => own,
): SubgraphPort {
  const known = SHOP_SUBGRAPHS.find((subgraph) => subgraph.name === name);
  if (known === undefined) throw new Error(`no subgraph ${name}`);
  const local = createLocalSubgraph(name, known.schema);
  return { ...local, execute: around(local.execute) };
}

/** @param urlOf where each subgraph is served. */
export function composeShop(urlOf: (name: string) => string = () => ''): string {
  const texts = new Map([
    ['products', PRODUCTS],
    ['stock', STOCK],
    ['reviews', REVIEWS],
  ]);
  const composed = composeServices(
    [...texts].map(([name, text]) => ({ name, url: urlOf(name), typeDefs: parse(text) })),
  );
  if (composed.supergraphSdl === undefined) {
    throw new Error(composed.errors?.map(({ message }) => message).join('\n'));
  }
  return composed.supergraphSdl;
}
