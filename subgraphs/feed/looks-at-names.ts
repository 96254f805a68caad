import type { SubjectTraits } from './registry-port.js';

/** Whether a filter looks at names at all. */
export function looksAtNames(where: SubjectTraits): boolean {
  const { names, nameContains, nameStartsWith, all = [], any = [], not } = where;
  return (
    names !== undefined ||
    nameContains !== undefined ||
    nameStartsWith !== undefined ||
    [...all, ...any, ...(not === undefined ? [] : [not])].some(looksAtNames)
  );
}
