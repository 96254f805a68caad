import type { RunCatalogueQuery, TableComments } from '../../dialect.js';
import { readComments } from '../comment-rows.js';

/** What PostgreSQL's catalogue says of a table or view in the session's schema, and of its columns. */
export async function loadPostgresComments(object: string, run: RunCatalogueQuery): Promise<TableComments> {
  const rows = await run(
    `SELECT a.attname::text, d.description
     FROM pg_catalog.pg_class r
     JOIN pg_catalog.pg_description d ON d.objoid = r.oid AND d.classoid = 'pg_catalog.pg_class'::regclass
     LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.objsubid AND d.objsubid > 0
     WHERE r.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = current_schema())
       AND r.relname = $1::text AND NOT coalesce(a.attisdropped, false)`,
    [object],
  );
  return readComments(rows);
}
