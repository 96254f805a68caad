import { readFileSync } from 'node:fs';
import { buildSchema, execute, parse, validate } from 'graphql';
import { RECORDS } from './records-data.mjs';
import { AUTHOR, PRODUCTS, REVIEWS, REVIEWS_OF_ANY_USER, shippingEstimateOf, USERS } from './shop-data.mjs';

const schema = buildSchema(readFileSync(new URL('monolith.graphql', import.meta.url), 'utf8'));

/** @param {import('./shop-data.mjs').UserRow} row */
const userOf = (row) => ({ ...row, reviews: () => REVIEWS_OF_ANY_USER.map(reviewOf) });

/** @param {import('./shop-data.mjs').ProductRow} row @returns {object} */
const productOf = (row) => ({
  ...row,
  shippingEstimate: shippingEstimateOf(row),
  reviews: () => REVIEWS.filter(({ productUpc }) => productUpc === row.upc).map(reviewOf),
});

/** @param {import('./shop-data.mjs').ReviewRow} row @returns {object} */
function reviewOf({ id, body, productUpc }) {
  const product = PRODUCTS.find(({ upc }) => upc === productUpc);
  return { id, body, product: product && (() => productOf(product)), author: () => userOf(AUTHOR) };
}

const root = {
  me: () => userOf(USERS[0]),
  user: (/** @type {{id: string}} */ { id }) => USERS.filter((user) => user.id === id).map(userOf)[0],
  users: () => USERS.map(userOf),
  topProducts: (/** @type {{first?: number | null}} */ { first }) =>
    PRODUCTS.slice(0, Math.max(0, first ?? 5)).map(productOf),
  records: () => RECORDS,
};

/**
 * What a query is to be answered with: graphql-js over one schema that holds everything.
 *
 * @param {string} query @param {Record<string, unknown>} [variables] @returns {Promise<string>} JSON
 * @throws {Error} when the query is invalid or fails: a workload must be right.
 */
export async function answerOfMonolith(query, variables) {
  const document = parse(query);
  const faults = validate(schema, document);
  if (faults.length > 0) throw faults[0];
  const answer = await execute({ schema, document, rootValue: root, variableValues: variables });
  if (answer.errors !== undefined) throw answer.errors[0];
  return JSON.stringify(answer);
}
