// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { z } from 'zod';
import { isCalendarDay } from '../clock.js';
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

/** `https://host:8443`, or with the path under which everything lies. */
const serviceUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'must be an address that starts with http:// or https://',
  )
  .refine((text) => !/[?#]|\/\/[^/]*@/.test(text), 'must have no query, fragment or password');

const CONFIDENTIAL = /auth|token|key|secret|cookie|password/i;
const headers = z
  .record(z.string().regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header'), z.string())
  .refine(
    (record) =>
      Object.entries(record).every(([name, value]) => !CONFIDENTIAL.test(name) || value.includes('${')),
    'must not hold a secret: write ${env:NAME} or ${file:/run/secrets/name} in its place',
  );

const rest = z.strictObject({ dialect: z.literal('rest'), url: serviceUrl, headers: headers.optional() });
const if1 = z.strictObject({
  dialect: z.literal('if1'),
  url: serviceUrl,
  appKey: z.string().min(1),
  appSecret: secretReference,
  /** Some gateways sign the lower-case key and secret. */
  lowerCase: z.boolean().optional(),
});
const if2 = z.strictObject({
  dialect: z.literal('if2'),
  url: serviceUrl,
  accessKey: z.string().min(1),
  secretKey: secretReference,
});
const soap = z.strictObject({
  dialect: z.literal('soap'),
  url: serviceUrl,
  charset: z.enum(['utf-8', 'gbk', 'gb18030']).optional(),
  user: z.string().optional(),
  password: secretReference.optional(),
});
const files = z.strictObject({
  dialect: z.literal('files'),
  folder: z.string().min(1),
  /** Default: a folder `<name>-versions` beside the configuration. */
  store: z.string().min(1).optional(),
});

const connection = z.discriminatedUnion('dialect', [sqlite, postgres, mysql, rest, if1, if2, soap, files]);

export type ConnectionText = z.infer<typeof connection>;

const connections = z
  .record(connectionName, connection)
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

/** Keys that may stand at a path of the file; empty where any may. */
export function knownKeysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(configSchema.shape);
  if (path[0] === 'clock') return ['today'];
  if (path[0] === 'connections' && path.length === 2) {
    return [...new Set(connection.options.flatMap(({ shape }) => Object.keys(shape)))];
  }
  return [];
}

function hasLiteralPassword(text: string): boolean {
  const password = /^[a-z]+:\/\/[^:@/]*:([^@]*)@/i.exec(text)?.[1];
  return password !== undefined && password !== '' && !isSecretReference(password);
}
