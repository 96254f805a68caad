// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { z } from 'zod';
import type { Secret } from '../../runtime/config/secret.js';
import { isSecretReference } from '../../runtime/config/secret-reference.js';
import type { ConnectionReader } from '../adapter-kind.js';

/** A configured database. */
type SqlConnection =
  | { readonly dialect: 'sqlite'; readonly file: string }
  | { readonly dialect: 'postgres' | 'mysql'; readonly url: Secret };

/** A whole reference, or a URL whose password is one. */
const databaseUrl = z
  .string()
  .refine(
    (text) => isSecretReference(text) || !hasLiteralPassword(text),
    'must not hold a password: write ${env:NAME} or ${file:/run/secrets/name} in its place',
  );

export const sqlConnectionGrammar = z.discriminatedUnion('dialect', [
  z.strictObject({ dialect: z.literal('sqlite'), file: z.string().min(1) }),
  z.strictObject({ dialect: z.literal('postgres'), url: databaseUrl }),
  z.strictObject({ dialect: z.literal('mysql'), url: databaseUrl }),
]);

export function readSqlConnection(
  text: z.infer<typeof sqlConnectionGrammar>,
  reader: ConnectionReader,
): SqlConnection | null {
  if (text.dialect === 'sqlite') return { dialect: 'sqlite', file: reader.pathOf(text.file) };
  const url = reader.secretUrlAt(['url'], text.url);
  return url === null ? null : { dialect: text.dialect, url };
}

function hasLiteralPassword(text: string): boolean {
  const password = /^[a-z]+:\/\/[^:@/]*:([^@]*)@/i.exec(text)?.[1];
  return password !== undefined && password !== '' && !isSecretReference(password);
}
