/**
 * Where two JSON values part, for people.
 *
 * @param {any} expected @param {any} actual @param {string} [path] @returns {string | null} null when they are equal
 */
export function firstDifference(expected, actual, path = '') {
  if (!isContainer(expected) || !isContainer(actual)) {
    if (Object.is(expected, actual)) return null;
    return `${path || 'the answer'} must be ${show(expected)}, but is ${show(actual)}`;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const difference = firstDifference(expected[key], actual[key], `${path}/${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

/** @param {unknown} value */
const isContainer = (value) => typeof value === 'object' && value !== null;

/** @param {unknown} value */
const show = (value) => (JSON.stringify(value) ?? 'absent').slice(0, 300);
