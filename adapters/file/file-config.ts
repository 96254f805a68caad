import { isAbsolute } from 'node:path';
import { z } from 'zod';

const absoluteFolder = z.string().refine(isAbsolute, {
  message: '必须是绝对路径 / must be an absolute path',
});

export const fileConnectionConfig = z.strictObject({
  dialect: z.literal('files'),
  /** Where the department drops files, by SFTP or by hand. It is only read, and may be missing for a while. */
  folder: absoluteFolder,
  /** Where accepted versions and the reports on rejected drops are kept. It is created when it is first needed. */
  store: absoluteFolder,
});

export type FileConnectionConfig = z.input<typeof fileConnectionConfig>;
