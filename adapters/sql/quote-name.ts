import { SourceRejected } from '../source-error.js';

/**
 * A table or column name between quotes. Only names that the catalogue has confirmed get here; a quote or a
 * control character within one is still refused, since no honest mapping needs it.
 *
 * @throws {SourceRejected}
 */
export function quoteName(name: string, quote: '"' | '`'): string {
  if (isQuotable(name)) return quote + name + quote;
  throw new SourceRejected(
    `Cannot use the name ${JSON.stringify(name)}: it must be free of quotes and control characters, and not empty`,
  );
}

export function isQuotable(name: string): boolean {
  return name !== '' && name.length <= 256 && !/["'`\p{Cc}\p{Surrogate}]/u.test(name);
}
