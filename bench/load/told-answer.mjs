/**
 * Whether an answer lacks something and says so at each place where it does. What it does not lack must be right.
 *
 * @param {string} expected the right answer's JSON @param {readonly Buffer[]} chunks of the answer that came
 */
export function isTold(expected, chunks) {
  // An error is never in the first bytes of a right answer, and most answers are right.
  const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
  if (!bytes.includes('"errors":[{')) return false;
  const { data, errors, extensions } = JSON.parse(bytes.toString());
  const places = new Set(errors.map(({ path = [] }) => path.join('/')));
  return isExplained(JSON.parse(expected).data, data, [], { places, omits: extensions?.omittedErrors > 0 });
}

/**
 * @param {any} expected @param {any} actual @param {readonly string[]} path
 * @param {{places: ReadonlySet<string>, omits: boolean}} told errors' paths; whether there were more of them than an answer holds
 * @returns {boolean}
 */
function isExplained(expected, actual, path, told) {
  if (Object.is(expected, actual)) return true;
  if (actual == null) return told.omits || isNamed(path.join('/'), told.places);
  if (typeof expected !== 'object' || typeof actual !== 'object' || expected === null) return false;
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...keys].every((key) => isExplained(expected[key], actual[key], [...path, key], told));
}

/**
 * A null stands at its error's place, above it where the field must not be null, or below it where one call has failed for many places.
 *
 * @param {string} place @param {ReadonlySet<string>} places
 */
function isNamed(place, places) {
  if (place === '' || places.has('') || places.has(place)) return true;
  return [...places].some((one) => one.startsWith(`${place}/`) || place.startsWith(`${one}/`));
}
