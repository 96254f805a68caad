import { type DocumentNode, GraphQLError, parse } from 'graphql';

/**
 * A department's SDL with texts put into it; lines stay where they are. What does not parse stays as it is: others tell
 * of it.
 *
 * @param find texts by the offsets that they stand at.
 */
export function annotate(sdl: string, find: (document: DocumentNode) => ReadonlyMap<number, string>): string {
  const document = parseIfSound(sdl);
  if (document === null) return sdl;
  const ends = [...find(document)].sort(([left], [right]) => right - left);
  return ends.reduce((text, [end, added]) => text.slice(0, end) + added + text.slice(end), sdl);
}

function parseIfSound(sdl: string): DocumentNode | null {
  try {
    return parse(sdl);
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
