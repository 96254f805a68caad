/** Distinct texts of a coded column are few; beyond this many the column is none. */
const MOST = 5000;

/** A function of a text that keeps its results, in bounded memory: columns repeat a few texts in millions of rows. */
export function remember<Text extends string, T>(compute: (text: Text) => T): (text: Text) => T {
  const known = new Map<Text, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = compute(text);
    if (known.size >= MOST) known.clear();
    known.set(text, made);
    return made;
  };
}

/**
 * A function of an object and one thing more that keeps its results as long as the object lives: what one request asks of many
 * interfaces is worked out once, and forgotten with the request.
 */
export function rememberWith<Key extends object, Argument, T>(
  compute: (key: Key, argument: Argument) => T,
): (key: Key, argument: Argument) => T {
  const known = new WeakMap<Key, Map<Argument, T>>();
  return (key, argument) => {
    const ofKey = known.get(key) ?? new Map<Argument, T>();
    const found = ofKey.get(argument);
    if (found !== undefined) return found;
    const made = compute(key, argument);
    known.set(key, ofKey.set(argument, made));
    return made;
  };
}
