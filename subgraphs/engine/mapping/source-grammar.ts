import { z } from 'zod';
import type { AskedObject, ObjectDefinition } from '../../../adapters/source-object.js';

const name = z.string().min(1).max(128);
const path = z.string().regex(/^\/[^\s?#]*$/, { error: 'a path such as /api/v1/tickets, without a query' });
/** What JSON can say; sent as its text. */
const constant = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.record(z.string(), z.unknown()),
  z.array(z.unknown()),
]);

const asked = z.strictObject({
  param: name.meta({ description: '参数名. The parameter.' }),
  column: name.meta({ description: '所限定的列. The column that it narrows.' }),
  by: z.enum(['key', 'keys', 'from', 'to']).meta({
    description:
      'key 每次一个值，keys 每次多个值，from/to 为含端点的范围. One value a call, several, or bounds.',
  }),
  separator: z.string().min(1).optional(),
  most: z.int().min(1).max(10_000).optional(),
  fill: z
    .string()
    .optional()
    .meta({ description: '范围值不足时的补足，如 0000-01-01 00:00:00. Completes a shorter bound.' }),
});

const pageSize = { sizeParam: name.optional(), size: z.int().min(1).max(100_000) };
const pages = z.discriminatedUnion('style', [
  z.strictObject({
    style: z.literal('page'),
    param: name,
    first: z.int().min(0).max(1).optional(),
    total: name.optional(),
    ...pageSize,
  }),
  z.strictObject({ style: z.literal('offset'), param: name, total: name.optional(), ...pageSize }),
  z.strictObject({ style: z.literal('cursor'), param: name, next: name, ...pageSize }),
]);

const outcome = z.strictObject({
  path: name,
  ok: z.array(z.string()).min(1),
  none: z.array(z.string()).optional(),
  message: name.optional(),
});

/** What endpoints and operations have in common; `source-object.ts` explains every key. */
const askedObject = {
  fixed: z.record(name, constant).optional(),
  ask: z.array(asked).optional(),
  needs: z.array(name).min(1).optional(),
  probe: z.record(name, z.string()).optional(),
  pages: pages.optional(),
  rows: z
    .union([name, z.array(name).min(1)])
    .optional()
    .meta({ description: '行在应答中的路径. Where the rows are in an answer.' }),
  outcome: outcome.optional(),
};

const http = z.strictObject({
  method: z.enum(['GET', 'POST']).optional(),
  path,
  send: z.enum(['query', 'form', 'json']).optional(),
  ...askedObject,
});

const soap = z.strictObject({
  path,
  version: z.enum(['1.1', '1.2']).optional(),
  action: z.string().optional(),
  namespace: z.string().min(1),
  operation: z.string().regex(/^[A-Za-z_][\w.-]*$/, { error: 'the name of an element' }),
  body: z.string().min(1),
  request: z.string().min(1).optional(),
  ...askedObject,
});

const file = z.strictObject({
  match: name.meta({ description: '文件名，* 与 ? 为通配. Names of the files.' }),
  sheets: z.array(name).min(1).optional(),
  header: z
    .strictObject({ row: z.int().min(1).optional(), rows: z.int().min(1).max(5).optional() })
    .optional(),
  charset: z.enum(['auto', 'utf-8', 'gb18030']).optional(),
  delimiter: z.string().length(1).optional(),
});

/** The `source` block: a table, an endpoint, an operation or a kind of dropped file behind a connection. */
export const sourceGrammar = z
  .strictObject({
    connection: z.string().min(1),
    table: name.optional(),
    http: http.optional(),
    soap: soap.optional(),
    file: file.optional(),
  })
  .refine(({ connection: _, ...objects }) => Object.values(objects).filter(Boolean).length === 1, {
    error: 'exactly one of table, http, soap and file',
  });

export type SourceText = z.infer<typeof sourceGrammar>;

/** The object of a source as the grammar accepted it, defaults filled in. */
export function readObject(source: SourceText): ObjectDefinition {
  if (source.http !== undefined) {
    const { method = 'GET', path: at, send, ...rest } = source.http;
    return {
      kind: 'http',
      method,
      path: at,
      send: send ?? (method === 'GET' ? 'query' : 'form'),
      ...readAsked(rest),
    };
  }
  if (source.soap !== undefined) {
    const { path: at, version = '1.1', action = '', namespace, operation, body, request } = source.soap;
    return {
      kind: 'soap',
      path: at,
      version,
      action,
      namespace,
      operation,
      body,
      ...(request !== undefined && { request }),
      ...readAsked(source.soap),
    };
  }
  if (source.file === undefined) return { kind: 'table', table: source.table ?? '' };
  const { match, sheets, header, charset = 'auto', delimiter = ',' } = source.file;
  return {
    kind: 'file',
    match,
    sheets: sheets ?? null,
    header: { row: header?.row ?? 1, rows: header?.rows ?? 1 },
    charset,
    delimiter,
  };
}

type AskedText = Pick<
  z.infer<typeof http>,
  'fixed' | 'ask' | 'needs' | 'probe' | 'pages' | 'rows' | 'outcome'
>;

function readAsked({ fixed, ask, needs, probe, pages: paging, rows, outcome: told }: AskedText): AskedObject {
  return {
    fixed: new Map(
      Object.entries(fixed ?? {}).map(([param, value]) => [
        param,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
    ask: (ask ?? []).map(({ separator, most, fill, ...one }) => ({
      ...one,
      ...(fill !== undefined && { fill }),
      ...(separator !== undefined && { separator }),
      ...(most !== undefined && { most }),
    })),
    needs: needs ?? [],
    probe: new Map(Object.entries(probe ?? {})),
    ...(paging !== undefined && { paging: readPaging(paging) }),
    rows: typeof rows === 'string' ? [rows] : (rows ?? []),
    ...(told !== undefined && {
      outcome: {
        path: told.path,
        ok: told.ok,
        none: told.none ?? [],
        ...(told.message !== undefined && { message: told.message }),
      },
    }),
  };
}

function readPaging(text: z.infer<typeof pages>): NonNullable<AskedObject['paging']> {
  const sizeParam = text.sizeParam === undefined ? {} : { sizeParam: text.sizeParam };
  if (text.style === 'cursor') {
    return { style: 'cursor', param: text.param, next: text.next, size: text.size, ...sizeParam };
  }
  const counted = { ...sizeParam, ...(text.total !== undefined && { total: text.total }) };
  if (text.style === 'offset') return { style: 'offset', param: text.param, size: text.size, ...counted };
  return { style: 'page', param: text.param, first: text.first ?? 1, size: text.size, ...counted };
}
