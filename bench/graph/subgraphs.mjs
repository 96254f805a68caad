import { readFileSync } from 'node:fs';
import { RECORDS } from './records-data.mjs';
import { AUTHOR, PRODUCTS, REVIEWS, REVIEWS_OF_ANY_USER, shippingEstimateOf, USERS } from './shop-data.mjs';

/**
 * @typedef {(source: any, args: any) => unknown} Resolve synchronous; a field without one is read from its object.
 * @typedef {Record<string, Record<string, Resolve>>} Resolvers by type and field. `__resolveReference` gets a representation.
 * @typedef {{readonly name: string, readonly sdl: string, readonly resolvers: Resolvers}} Subgraph
 */

/** @param {readonly any[]} rows @param {string} key */
const indexBy = (rows, key) => new Map(rows.map((row) => [row[key], row]));

const usersById = indexBy(USERS, 'id');
const productsByUpc = indexBy(PRODUCTS, 'upc');

/** As reviews know them: keys alone, and what `@provides` promises. */
const reviewsById = new Map();
for (const { id, body, productUpc } of REVIEWS) {
  reviewsById.set(id, {
    id,
    body,
    product: { upc: productUpc },
    author: { id: AUTHOR.id, username: AUTHOR.username },
  });
}
const reviewsOfAnyUser = REVIEWS_OF_ANY_USER.map(({ id }) => reviewsById.get(id));
const reviewsByProduct = new Map();
for (const { id, productUpc } of REVIEWS) {
  reviewsByProduct.set(productUpc, [...(reviewsByProduct.get(productUpc) ?? []), reviewsById.get(id)]);
}

/** @type {Record<string, Resolvers>} */
const RESOLVERS = {
  accounts: {
    Query: {
      me: () => USERS[0],
      user: (_, { id }) => usersById.get(id),
      users: () => USERS,
    },
    User: { __resolveReference: ({ id }) => usersById.get(String(id)) ?? null },
  },
  inventory: {
    Product: {
      __resolveReference: ({ upc, price, weight }) => {
        const product = productsByUpc.get(String(upc));
        return product === undefined ? null : { upc: product.upc, inStock: product.inStock, price, weight };
      },
      shippingEstimate: shippingEstimateOf,
    },
  },
  products: {
    Query: { topProducts: (_, { first }) => PRODUCTS.slice(0, Math.max(0, first ?? 5)) },
    Product: { __resolveReference: ({ upc }) => productsByUpc.get(String(upc)) ?? null },
  },
  reviews: {
    Review: { __resolveReference: ({ id }) => reviewsById.get(String(id)) ?? null },
    // Whoever is asked for exists: reviews keep no list of users and products.
    User: {
      __resolveReference: ({ id }) => ({ id: String(id) }),
      reviews: () => reviewsOfAnyUser,
    },
    Product: {
      __resolveReference: ({ upc }) => ({ upc: String(upc) }),
      reviews: ({ upc }) => reviewsByProduct.get(upc) ?? [],
    },
  },
  records: { Query: { records: () => RECORDS } },
};

/** @type {readonly Subgraph[]} */
export const SUBGRAPHS = Object.entries(RESOLVERS).map(([name, resolvers]) => ({
  name,
  sdl: readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8'),
  resolvers,
}));
