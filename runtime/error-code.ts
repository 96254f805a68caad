/**
 * The system's code of an error, such as `ENOENT`; null when it has none. (Errors that Node itself makes are
 * no `instanceof Error` inside a `vm` context, so their class is not asked.)
 */
export function errorCodeOf(error: unknown): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}
