/**
 * The rows of the public federation benchmark (accounts, products, inventory, reviews): the same values, since the size
 * of the answers depends on them.
 */

const LOREM =
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat. Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur. Excepteur sint occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id est laborum.';
const UNDE =
  'Sed ut perspiciatis unde omnis iste natus error sit voluptatem accusantium doloremque laudantium, totam rem aperiam, eaque ipsa quae ab illo inventore veritatis et quasi architecto beatae vitae dicta sunt explicabo. Nemo enim ipsam voluptatem quia voluptas sit aspernatur aut odit aut fugi';
const DOLORES =
  'sed quia consequuntur magni dolores eos qui ratione voluptatem sequi nesciunt. Neque porro quisquam est, qui dolorem ipsum quia dolor sit amet, consectetur, adipisci velit, sed quia non numquam eius modi tempora incidunt ut labore et dolore magnam aliquam quaerat voluptatem.';
const MINIMA =
  'Ut enim ad minima veniam, quis nostrum exercitationem ullam corporis suscipit laboriosam, nisi ut aliquid ex ea commodi consequatur? Quis autem';
const AT_VERO =
  'At vero eos et accusamus et iusto odio dignissimos ducimus qui blanditiis praesentium voluptatum deleniti atque corrupti quos dolores et quas molestias excepturi sint occaecati cupiditate non provident, similique sunt in culpa qui officia deserunt mollitia animi, id est laborum et dolorum fuga. Et harum quidem rerum facilis est et expedita distinctio. Nam libero tempore, cum soluta nobis est eligendi optio cumque nihil impedit quo minus id quod maxime placeat facere possimus, omnis voluptas assumenda est, omnis dolor repellendus. Temporibus autem quibusdam et aut officiis debitis aut rerum necessitatibus saepe eveniet ut et voluptates repudiandae sint et molestiae non recusandae. Itaque earum rerum hic tenetur a sapiente delectus, ut aut reiciendis voluptatibus maiores alias consequatur aut perferendis doloribus asperiores repellat.';

/** @typedef {{id: string, name: string, username: string, birthday: number}} UserRow */
/** @typedef {{upc: string, name: string, price: number, weight: number, inStock: boolean}} ProductRow */
/** @typedef {{id: string, body: string, productUpc: string}} ReviewRow */

/** @type {readonly UserRow[]} */
export const USERS = [
  ['Uri Goldshtein', 'urigo'],
  ['Dotan Simha', 'dotansimha'],
  ['Kamil Kisiela', 'kamilkisiela'],
  ['Arda Tanrikulu', 'ardatan'],
  ['Gil Gardosh', 'gilgardosh'],
  ['Laurin Quast', 'laurin'],
].map(([name, username], index) => ({ id: String(index + 1), name, username, birthday: 1234567890 }));

/** @type {readonly ProductRow[]} */
export const PRODUCTS = [
  { name: 'Table', price: 899, weight: 100, inStock: true },
  { name: 'Couch', price: 1299, weight: 1000, inStock: false },
  { name: 'Glass', price: 15, weight: 20, inStock: false },
  { name: 'Chair', price: 499, weight: 100, inStock: false },
  { name: 'TV', price: 1299, weight: 1000, inStock: true },
  { name: 'Lamp', price: 6999, weight: 300, inStock: true },
  { name: 'Grill', price: 3999, weight: 2000, inStock: true },
  { name: 'Fridge', price: 100000, weight: 6000, inStock: false },
  { name: 'Sofa', price: 9999, weight: 800, inStock: true },
].map((product, index) => ({ upc: String(index + 1), ...product }));

/** @type {readonly ReviewRow[]} */
export const REVIEWS = [
  ['1', LOREM],
  ['1', UNDE],
  ['1', DOLORES],
  ['1', MINIMA],
  ['2', LOREM],
  ['2', UNDE],
  ['2', DOLORES],
  ['2', MINIMA],
  ['3', MINIMA],
  ['4', MINIMA],
  ['4', AT_VERO],
].map(([productUpc, body], index) => ({ id: String(index + 1), body, productUpc }));

/** Every review is the first user's, and every user is said to have written the first two. */
export const AUTHOR = USERS[0];
export const REVIEWS_OF_ANY_USER = REVIEWS.slice(0, 2);

/** @param {{price?: number | null, weight?: number | null}} product */
export function shippingEstimateOf({ price, weight }) {
  if (price == null) return null;
  if (price > 1000) return 0;
  return weight == null ? null : Math.trunc(weight / 2);
}
