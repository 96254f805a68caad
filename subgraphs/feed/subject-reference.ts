/** A subject as a subgraph meets it: its canonical id and every key that sources may hold it under. */
export interface SubjectHandle {
  readonly id: string;
  readonly keys: readonly string[];
}

/** What a router sends: either key of the entity, and what the fields asked for require. */
interface SubjectReference {
  readonly __typename: 'Subject';
  readonly id?: string;
  readonly ref?: string;
  readonly keys?: readonly string[];
}

/**
 * Reads a reference. Apollo's planner may enter by `ref` where the fields asked for require `keys`, although that
 * key is not resolvable here; the registry puts the canonical id first among the keys, so nothing is lost.
 */
export function readSubjectReference(reference: SubjectReference): SubjectReference & SubjectHandle {
  const keys = reference.keys ?? [];
  return { ...reference, id: reference.id ?? keys[0] ?? reference.ref ?? '', keys };
}
