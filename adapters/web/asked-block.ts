import { z } from 'zod';
import { sourceName } from '../source-name.js';
import type { AskedObject } from './asked-object.js';

export const servicePath = z
  .string()
  .regex(/^\/[^\s?#]*$/, { error: 'a path such as /api/v1/tickets, without a query' });

/** Of one answer in bytes, unless the mapping says otherwise: it is one page of several, and decoding it holds the process. */
export const WEB_MAX_BYTES = 8 * 1024 * 1024;

/** What a draft leaves to a person. */
export const ASKED_TO_DECIDE = [
  'Also: which parameters narrow an answer (ask, needs), how it is read on (pages), how it tells failure (outcome).',
];

/** What JSON can say; sent as its text. */
const constant = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.record(z.string(), z.unknown()),
  z.array(z.unknown()),
]);

const asked = z.strictObject({
  param: sourceName.meta({ description: '参数名. The parameter.' }),
  column: sourceName.meta({ description: '所限定的列. The column that it narrows.' }),
  by: z.enum(['key', 'keys', 'from', 'to']).meta({
    description:
      'key 每次一个值，keys 每次多个值，from/to 为含端点的范围. One value a call, several, or bounds.',
  }),
  type: z.enum(['number', 'boolean', 'list', 'numbers']).optional().meta({
    description: '值在 JSON 中的类型；list、numbers 一次多个值. Its type in JSON; lists take several values.',
  }),
  separator: z.string().min(1).optional(),
  most: z.int().min(1).max(10_000).optional(),
  fill: z
    .string()
    .optional()
    .meta({ description: '范围值不足时的补足，如 0000-01-01 00:00:00. Completes a shorter bound.' }),
});

const pageSize = { sizeParam: sourceName.optional(), size: z.int().min(1).max(100_000) };
const pages = z.discriminatedUnion('style', [
  z.strictObject({
    style: z.literal('page'),
    param: sourceName,
    first: z.int().min(0).max(1).optional(),
    total: sourceName.optional(),
    beyond: z
      .literal('repeats')
      .optional()
      .meta({ description: '末页之后重复末页. Beyond the end the last page comes again.' }),
    ...pageSize,
  }),
  z.strictObject({
    style: z.literal('offset'),
    param: sourceName,
    total: sourceName.optional(),
    ...pageSize,
  }),
  z.strictObject({ style: z.literal('cursor'), param: sourceName, next: sourceName, ...pageSize }),
]);

const outcome = z.strictObject({
  path: sourceName,
  ok: z.array(z.string()).min(1),
  none: z.array(z.string()).optional(),
  message: sourceName.optional(),
});

/** Keys that the blocks of endpoints and operations have in common; `asked-object.ts` explains them. */
export const askedGrammar = {
  fixed: z.record(sourceName, constant).optional(),
  ask: z.array(asked).optional(),
  needs: z.array(sourceName).min(1).optional(),
  probe: z.record(sourceName, z.string()).optional(),
  pages: pages.optional(),
  rows: z
    .union([sourceName, z.array(sourceName).min(1)])
    .optional()
    .meta({ description: '行在应答中的路径. Where the rows are in an answer.' }),
  outcome: outcome.optional(),
};

const accepted = z.object(askedGrammar);

/** These keys as the grammar accepted them, defaults filled in. */
export function readAsked({
  fixed,
  ask,
  needs,
  probe,
  pages: paging,
  rows,
  outcome: told,
}: z.infer<typeof accepted>): Omit<AskedObject, 'kind'> {
  return {
    fixed: new Map(
      Object.entries(fixed ?? {}).map(([param, value]) => [
        param,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
    fixedJson: new Set(
      Object.entries(fixed ?? {}).flatMap(([param, value]) => (typeof value === 'string' ? [] : [param])),
    ),
    ask: (ask ?? []).map(({ separator, most, fill, type, ...one }) => ({
      ...one,
      ...(type !== undefined && { type }),
      ...(fill !== undefined && { fill }),
      ...(separator !== undefined && { separator }),
      ...(most !== undefined && { most }),
    })),
    needs: needs ?? [],
    probe: new Map(Object.entries(probe ?? {})),
    ...(paging !== undefined && { paging: readPaging(paging), rowsPerCall: paging.size }),
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
  return {
    style: 'page',
    param: text.param,
    first: text.first ?? 1,
    size: text.size,
    ...counted,
    ...(text.beyond !== undefined && { beyond: text.beyond }),
  };
}
