import { z } from 'zod';
import { sourceName } from '../source-name.js';
import type { FileDefinition } from './file-definition.js';

/** The block `file` of a mapping; `file-definition.ts` explains its keys. */
export const fileGrammar = z.strictObject({
  match: sourceName.meta({ description: '文件名，* 与 ? 为通配. Names of the files.' }),
  sheets: z.array(sourceName).min(1).optional(),
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
    sheets: sheets ?? null,
    header: { row: header?.row ?? 1, rows: header?.rows ?? 1 },
    charset,
    delimiter,
  };
}
