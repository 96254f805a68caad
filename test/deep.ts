const IS_DEEP = process.env.DEEP === '1';

/**
 * How much a random or repeated test does: a little in every run, a lot in `npm run test:deep`.
 *
 * @param usual must find what the test was written for.
 */
export function atDepth<T>(usual: T, deep: T): T {
  return IS_DEEP ? deep : usual;
}
