import type { ExecutionResult } from 'graphql';

/** `order`: equal values, and members of some object in another order. */
export type Comparison =
  | { readonly kind: 'equal' | 'order' }
  | { readonly kind: 'different'; readonly difference: string };

/**
 * Compares two engines' answers: data as values, errors by code and subgraph. Where an error shows is not compared: the
 * reference counts places of entities over those it sent, and names fields there instead of aliases.
 */
export function compareAnswers(ours: ExecutionResult, reference: ExecutionResult): Comparison {
  const texts = [ours.data, reference.data].map((data) => JSON.stringify(data));
  if (JSON.stringify(sorted(ours.data)) !== JSON.stringify(sorted(reference.data))) {
    return { kind: 'different', difference: `data: ours\n  ${texts[0]}\nreference\n  ${texts[1]}` };
  }
  const [own, given] = [sourcesOf(ours), sourcesOf(reference)];
  if (own !== given) {
    return { kind: 'different', difference: `errors: ours\n  ${own}\nreference\n  ${given}` };
  }
  return { kind: texts[0] === texts[1] ? 'equal' : 'order' };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => [name, sorted(member)]);
}

/**
 * Codes and subgraphs of an answer's errors. Left out is a null where none may be: the gateway's own finding, which the
 * reference tells in `extensions` alone.
 */
function sourcesOf({ errors = [] }: ExecutionResult): string {
  const sources = errors
    .filter(
      ({ extensions }) => extensions?.code !== 'SUBGRAPH_MALFORMED' || extensions.subgraph !== undefined,
    )
    .map(({ extensions }) => `${String(extensions?.code)} of ${String(extensions?.subgraph)}`);
  return [...new Set(sources)].sort().join(', ');
}
