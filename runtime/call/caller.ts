/**
 * Who asks: an authenticated user or application. It stands in every call's context, goes along to subgraphs on other
 * machines, and is part of every key under which reads are shared, so that nothing is ever shared between two callers.
 */
export interface Caller {
  readonly name: string;
  /** Rows that the caller may see. Nobody is told apart yet, so there is one scope; the door to rows applies it. */
  readonly scope: 'everything';
}

/** Everybody, as long as callers are not told apart. */
export const ANONYMOUS: Caller = { name: 'anonymous', scope: 'everything' };

/** Two callers have the same key only if they are one and the same. */
export function callerKey({ name, scope }: Caller): string {
  return JSON.stringify([name, scope]);
}

/** The header in which a caller goes along to another machine. */
export const CALLER_HEADER = 'x-caller';

/** As the text of a header: names may hold any character. */
export function encodeCaller({ name, scope }: Caller): string {
  return `${scope}:${encodeURIComponent(name)}`;
}

/**
 * Reads the header; without one the caller is anonymous.
 *
 * @returns null for a text that names nobody: such a call must be refused.
 */
export function decodeCaller(header: string | undefined): Caller | null {
  if (header === undefined) return ANONYMOUS;
  const match = /^everything:([\w.!~*'()%-]{1,1000})$/.exec(header);
  if (match === null) return null;
  try {
    return { name: decodeURIComponent(match[1] ?? ''), scope: 'everything' };
  } catch {
    return null;
  }
}
