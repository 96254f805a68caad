// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { z } from 'zod';
import { isCalendarDay } from './clock.js';
import { isSecretReference } from './secret-reference.js';

/** Names of connections, as mappings write them. */
const connectionName = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes');

const secretReference = z
  .string()
  .refine(
    isSecretReference,
    'must be a reference, ${env:NAME} or ${file:/run/secrets/name}, never the secret itself',
  );

/** A whole reference, or a URL whose password is one. */
const databaseUrl = z
  .string()
  .refine(
    (text) => isSecretReference(text) || !hasLiteralPassword(text),
    'must not hold a password: write ${env:NAME} or ${file:/run/secrets/name} in its place',
  );

const sqlite = z.strictObject({ dialect: z.literal('sqlite'), file: z.string().min(1) });
const postgres = z.strictObject({ dialect: z.literal('postgres'), url: databaseUrl });
const mysql = z.strictObject({ dialect: z.literal('mysql'), url: databaseUrl });

const connections = z
  .record(connectionName, z.discriminatedUnion('dialect', [sqlite, postgres, mysql]))
  .transform((record) => new Map(Object.entries(record)));

export const configSchema = z.strictObject({
  /** Databases by the name that mappings use. */
  connections,
  personKey: secretReference,
  cursorKey: secretReference,
  /** Only for a demo county: the day on which its data end. */
  clock: z
    .strictObject({ today: z.string().refine(isCalendarDay, 'must be a day of the calendar, yyyy-MM-dd') })
    .optional(),
});

export type ConfigText = typeof configSchema;

/** Keys that may stand at a path of the file; empty where any may. */
export function knownKeysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(configSchema.shape);
  if (path[0] === 'clock') return ['today'];
  if (path[0] === 'connections' && path.length === 2) return ['dialect', 'file', 'url'];
  return [];
}

function hasLiteralPassword(text: string): boolean {
  const password = /^[a-z]+:\/\/[^:@/]*:([^@]*)@/i.exec(text)?.[1];
  return password !== undefined && password !== '' && !isSecretReference(password);
}
