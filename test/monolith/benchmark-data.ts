/**
 * Users, products and reviews of the public federation benchmark (graphql-hive/graphql-gateways-benchmark,
 * `federation/subgraphs`), reviews with texts of their own and more than one author.
 */
export const USERS = [
  { id: '1', name: 'Uri Goldshtein', username: 'urigo', birthday: 1234567890 },
  { id: '2', name: 'Dotan Simha', username: 'dotansimha', birthday: 1234567890 },
  { id: '3', name: 'Kamil Kisiela', username: 'kamilkisiela', birthday: 1234567890 },
  { id: '4', name: 'Arda Tanrikulu', username: 'ardatan', birthday: 1234567890 },
  { id: '5', name: 'Gil Gardosh', username: 'gilgardosh', birthday: 1234567890 },
  { id: '6', name: 'Laurin Quast', username: 'laurin', birthday: 1234567890 },
] as const;

export const PRODUCTS = [
  { upc: '1', name: 'Table', price: 899, weight: 100, inStock: true, category: 'c1' },
  { upc: '2', name: 'Couch', price: 1299, weight: 1000, inStock: false, category: 'c1' },
  { upc: '3', name: 'Glass', price: 15, weight: 20, inStock: false, category: 'c2' },
  { upc: '4', name: 'Chair', price: 499, weight: 100, inStock: false, category: 'c1' },
  { upc: '5', name: 'TV', price: 1299, weight: 1000, inStock: true, category: 'c3' },
  { upc: '6', name: 'Lamp', price: 6999, weight: 300, inStock: true, category: 'c3' },
  { upc: '7', name: 'Grill', price: 3999, weight: 2000, inStock: true, category: null },
  { upc: '8', name: 'Fridge', price: 100000, weight: 6000, inStock: false, category: 'c2' },
  { upc: '9', name: 'Sofa', price: 9999, weight: null, inStock: true, category: 'c1' },
] as const;

export const CATEGORIES = [
  { id: 'c0', name: null, parent: null },
  { id: 'c1', name: 'Furniture', parent: 'c0' },
  { id: 'c2', name: 'Kitchen', parent: 'c0' },
  { id: 'c3', name: 'Electric', parent: 'c2' },
] as const;

/** Users 1 to 4 write. */
export const REVIEWS = [
  { id: '1', product: '1', author: '1', score: 5 },
  { id: '2', product: '1', author: '2', score: 4 },
  { id: '3', product: '1', author: '1', score: 1 },
  { id: '4', product: '1', author: '3', score: null },
  { id: '5', product: '2', author: '1', score: 3 },
  { id: '6', product: '2', author: '4', score: 3 },
  { id: '7', product: '2', author: null, score: 2 },
  { id: '8', product: '2', author: '2', score: 5 },
  { id: '9', product: '3', author: '1', score: 4 },
  { id: '10', product: '4', author: '3', score: 5 },
  { id: '11', product: '4', author: '1', score: 1 },
  { id: '12', product: '77', author: '1', score: 2 },
] as const;
