import { z } from 'zod';
import { sourceName } from '../source-name.js';
import type { FileDefinition } from './file-definition.js';

/** The block `file` of a mapping; `file-definition.ts` explains its keys. */
export const fileGrammar = z.strictObject({
  match: sourceName.meta({ description: '文件名，* 与 ? 为通配. Names of the files.' }),
  sheets: z
    .union([
      z.array(sourceName).min(1),
      z.strictObject({ match: sourceName.optional(), except: z.array(sourceName).min(1).optional() }),
    ])
    .optional()
    .meta({
      description:
        '读取哪些工作表：名称列表，或 { match: "*镇", except: [说明] }. Sheets by name, or by pattern with exceptions.',
    }),
  header: z
    .strictObject({ row: z.int().min(1).optional(), rows: z.int().min(1).max(5).optional() })
    .optional(),
  charset: z.enum(['auto', 'utf-8', 'gb18030']).optional(),
  delimiter: z.string().length(1).optional(),
});

/** The kind of file as the grammar accepted it, defaults filled in. */
export function readFileBlock(block: z.infer<typeof fileGrammar>): FileDefinition {
  const { match, sheets, header, charset = 'auto', delimiter = ',' } = block;
  return {
    kind: 'file',
    match,
    sheets: readSheets(sheets),
    header: { row: header?.row ?? 1, rows: header?.rows ?? 1 },
    charset,
    delimiter,
  };
}

function readSheets(sheets: z.infer<typeof fileGrammar>['sheets']): FileDefinition['sheets'] {
  if (sheets === undefined || Array.isArray(sheets)) return sheets ?? null;
  return { match: sheets.match ?? '*', except: sheets.except ?? [] };
}
