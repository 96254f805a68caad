import { z } from 'zod';
import { SCHEMES } from '../../subject-key.js';

/** `3s`, `15m`, `26h`, `1d`, `500ms`; decoded to milliseconds. */
const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, { error: 'a duration such as 500ms, 3s, 15m, 26h or 1d' })
  .meta({ description: '时长：500ms、3s、15m、26h、1d. A duration.' });

const columnName = z.string().min(1).max(128);
const scheme = z.enum(SCHEMES);
const dateFormat = z.enum([
  'native',
  'yyyyMMdd',
  'yyyy-MM-dd',
  'yyyyMMddHHmmss',
  'yyyy-MM-dd HH:mm:ss',
  'epochMillis',
  'any',
]);
const cell = z.union([z.string(), z.number(), z.null()]);
const cellFilter = z.union([
  cell,
  z.array(cell).min(1),
  z.strictObject({ not: z.union([cell, z.array(cell).min(1)]) }),
]);
const cellFilters = z.record(columnName, cellFilter);
const classification = z.enum(['L1', 'L2', 'L3', 'L4']);

const field = z.strictObject({
  column: columnName.optional().meta({ description: '来源列. The source column.' }),
  value: z.string().optional().meta({ description: '常量. A constant instead of a column.' }),
  type: z
    .enum([
      'Text',
      'Texts',
      'Date',
      'DateTime',
      'Decimal',
      'Integer',
      'Boolean',
      'Code',
      'Codes',
      'Township',
      'DocumentNumber',
      'PersonName',
    ])
    .optional(),
  format: dateFormat.optional(),
  zone: z.string().optional(),
  sorts: z.enum(['asText', 'asNumber', 'native']).optional(),
  codes: z.string().optional(),
  codesAsOf: columnName.optional(),
  many: z.string().min(1).optional(),
  split: z.string().min(1).optional(),
  unit: z.enum(['元', '万元', '米', '厘米', '千瓦', '马力', '吨', '千克']).optional(),
  truths: z.array(z.string()).min(1).optional(),
  nulls: z.array(z.string()).optional(),
  classification: classification.optional(),
  description: z.string().optional(),
});

/** The grammar of one mapping file; `schema/interface.v1.json` is generated from it. */
export const mappingGrammar = z.strictObject({
  interface: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/, { error: 'a name such as market.inspection' })
    .meta({ description: '接口名，稳定不变. Stable name: metrics, coverage, audit.' }),
  title: z.string().min(1),
  owner: z.strictObject({ department: z.string().min(1), contact: z.string().optional() }),
  feeds: z.enum(['Subject', 'Inspection', 'Case', 'Licence']).optional(),
  facet: z
    .string()
    .regex(/^(Inspection|Case|Licence)\.[a-z]\w*$|^Subject\.[a-z]\w*\.[a-z]\w*$/, {
      error: 'a path such as Inspection.market or Subject.market.licences',
    })
    .optional(),
  source: z.strictObject({ connection: z.string().min(1), table: z.string().min(1) }),
  key: z.array(columnName).min(1),
  latest: z.strictObject({ by: z.array(columnName).min(1), newest: z.array(columnName).min(1) }).optional(),
  order: z.record(z.string(), z.enum(['asc', 'desc'])).optional(),
  subject: z.array(z.strictObject({ scheme, column: columnName })).optional(),
  related: z
    .array(
      z.strictObject({
        role: z.enum(['OWNER', 'LEGAL_REPRESENTATIVE', 'CAPTAIN']),
        scheme,
        column: columnName,
        split: z.string().min(1).optional(),
        share: columnName.optional(),
      }),
    )
    .optional(),
  fields: z.record(z.string().regex(/^[a-z]\w*$/, { error: 'a field name such as checkedAt' }), field),
  where: cellFilters.optional(),
  whereLatest: cellFilters.optional(),
  watermark: z
    .strictObject({
      column: columnName,
      format: dateFormat.optional(),
      zone: z.string().optional(),
      every: duration,
      warn: duration,
      fail: duration,
    })
    .optional(),
  scope: z.strictObject({ township: columnName.optional() }).optional(),
  limits: z
    .strictObject({
      keysPerCall: z.int().min(1).max(10_000).optional(),
      concurrent: z.int().min(1).max(64).optional(),
      timeout: duration.optional(),
      maxRowsScanned: z.int().min(1).max(10_000_000).optional(),
      maxBytes: z.int().min(1024).optional(),
    })
    .optional(),
});

export type MappingText = z.infer<typeof mappingGrammar>;
export type FieldText = z.infer<typeof field>;
export type CellFilterText = z.infer<typeof cellFilter>;

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** Milliseconds of a text that the grammar accepted. */
export function durationMs(text: string): number {
  const unit = text.replace(/^\d+/, '');
  return Number.parseInt(text, 10) * (UNIT_MS.get(unit) ?? 1);
}
