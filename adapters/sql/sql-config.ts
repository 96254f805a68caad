import { z } from 'zod';

const maxConnections = z.int().min(1).max(100).optional();

/** Reads `postgres://user:password@host:5432/database` and the like; the driver reads what follows `?`. */
function urlOf(schemes: readonly string[]) {
  return z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    message: `必须是以 ${schemes.join(' 或 ')} 开头的地址 / must be a URL that starts with ${schemes.join(' or ')}`,
  });
}

export const sqlConnectionConfig = z.discriminatedUnion('dialect', [
  z.strictObject({
    dialect: z.literal('sqlite'),
    /** Path of the file; it may be missing or be replaced while the process runs. */
    file: z.string().min(1),
  }),
  z.strictObject({
    dialect: z.literal('postgres'),
    url: urlOf(['postgres:', 'postgresql:']),
    /** Where tables are looked up. Default: the first schema of the account's own search path. */
    schema: z.string().min(1).max(63).optional(),
    /** Most statements at once. Default 8. */
    maxConnections,
  }),
  z.strictObject({
    dialect: z.literal('mysql'),
    /** Must name the database. */
    url: urlOf(['mysql:', 'mariadb:']).refine(
      (text) => URL.canParse(text) && new URL(text).pathname.length > 1,
      {
        message: '地址须写明数据库名 / the URL must name the database',
      },
    ),
    /** Most statements at once. Default 8. */
    maxConnections,
  }),
]);

export type SqlConnectionConfig = z.input<typeof sqlConnectionConfig>;
