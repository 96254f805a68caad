/** Distinct texts of a coded column are few; beyond this many the column is none. */
const MOST = 5000;

/** A function of a text that keeps its results, in bounded memory: columns repeat a few texts in millions of rows. */
export function remember<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = compute(text);
    if (known.size >= MOST) known.clear();
    known.set(text, made);
    return made;
  };
}
