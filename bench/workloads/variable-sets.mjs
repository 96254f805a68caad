import { PRODUCTS, USERS } from '../graph/shop-data.mjs';

const SETS = 1000;

/** Every choice of three users and a number of products. */
function allSets() {
  const ids = USERS.map(({ id }) => id);
  return ids.flatMap((reader) =>
    ids.flatMap((writer) =>
      ids.flatMap((editor) => PRODUCTS.map((_, index) => ({ reader, writer, editor, first: index + 1 }))),
    ),
  );
}

/**
 * 1,000 of them in an order without pattern, the same in every run: a stride that shares no factor with their number
 * visits each once.
 */
function spread(/** @type {readonly any[]} */ sets) {
  const STRIDE = 1103;
  return Array.from({ length: SETS }, (_, index) => sets[(index * STRIDE) % sets.length]);
}

export const variableSets = spread(allSets());
