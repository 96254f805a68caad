import type { Touched } from '../execute/project/count-touched.js';
import type { Program } from './compile-program.js';

interface CountedObjects extends Pick<Program, 'objects' | 'rootName'> {
  /** For each of `objects`, how many there were. */
  readonly counts: readonly number[];
}

/** What the scanner saw of a reply, besides the answer. */
interface SeenObjects extends CountedObjects {
  /** Names of subjects in the reply: start and end in turn, in bytes, with their quotes. */
  readonly names: readonly number[];
  readonly reply: Buffer;
}

/** The same as `countTouched` finds in a reply's objects. */
export function touchedOf({ names, reply, ...counted }: SeenObjects): Touched {
  const subjects = new Set<string>();
  for (let at = 0; at < names.length; at += 2) {
    subjects.add(JSON.parse(reply.toString('utf8', names[at], names[at + 1])) as string);
  }
  return { types: typesOf(counted), subjects };
}

export function typesOf({ objects, rootName, counts }: CountedObjects): Touched['types'] {
  const types = new Map<string, number>();
  for (const [index, { typeName }] of objects.entries()) {
    const count = counts[index] ?? 0;
    if (count > 0) types.set(typeName, (types.get(typeName) ?? 0) + count);
  }
  types.delete(rootName);
  return types;
}
