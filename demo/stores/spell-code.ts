/** The codes that a platform writes for one canonical value: its usual one first, then other spellings of it. */
export type Spellings = readonly [string, ...string[]];

/**
 * One value as it is typed: now and then not the usual code.
 *
 * @throws {Error} when the platform has no code for the value.
 */
export function spell(list: ReadonlyMap<string, Spellings>, value: string, unusual: number | null): string {
  const spellings = list.get(value);
  if (spellings === undefined) {
    throw new Error(`Cannot write ${value}: must be one of ${[...list.keys()].join(', ')}`);
  }
  return (unusual === null ? undefined : spellings[unusual % spellings.length]) ?? spellings[0];
}

export type CodeBook = ReadonlyMap<string, Spellings>;

export function codeBook(entries: readonly (readonly [string, Spellings])[]): CodeBook {
  return new Map(entries);
}
