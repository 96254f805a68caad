/**
 * Keeps the number of time series bounded when names come from outside: the first `max` names are kept, all
 * later ones share `other`.
 */
export function createBoundedNames(max: number, maxLength = 64): (name: string) => string {
  const kept = new Set<string>();
  return (name) => {
    if (kept.has(name)) return name;
    if (kept.size >= max || name.length > maxLength) return 'other';
    kept.add(name);
    return name;
  };
}
