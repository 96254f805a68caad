import { mysqlDialect } from './dialects/mysql/mysql-dialect.js';
import { mysqlDriver } from './dialects/mysql/mysql-session.js';
import { postgresDialect } from './dialects/postgres/postgres-dialect.js';
import { postgresDriver } from './dialects/postgres/postgres-session.js';
import { sqliteDialect } from './dialects/sqlite/sqlite-dialect.js';
import { ownFiles, SqliteSource } from './dialects/sqlite/sqlite-source.js';
import { ServerSource } from './server/server-source.js';
import { DialectAdapter, type SqlAdapter } from './sql-adapter.js';
import { type SqlConnectionConfig, sqlConnectionConfig } from './sql-config.js';

const DEFAULT_MAX_CONNECTIONS = 8;

/** An adapter over a SQLite file that this program wrote and nobody changes. */
export function openOwnFile(file: string): SqlAdapter {
  return new DialectAdapter(sqliteDialect, new SqliteSource(file, ownFiles), false);
}

/**
 * An adapter over one database. Nothing is opened before the first call, and whatever breaks is opened again by
 * the next one, so a dead source neither stops a process from starting nor has to be up again by some time.
 *
 * @throws {ZodError} on a configuration that is none; afterwards only calls fail.
 */
export function openSqlAdapter(config: SqlConnectionConfig): SqlAdapter {
  const checked = sqlConnectionConfig.parse(config);
  switch (checked.dialect) {
    case 'sqlite':
      return new DialectAdapter(sqliteDialect, new SqliteSource(checked.file), false);
    case 'postgres': {
      const driver = postgresDriver(checked.url, checked.schema);
      const source = new ServerSource(driver, checked.maxConnections ?? DEFAULT_MAX_CONNECTIONS);
      return new DialectAdapter(postgresDialect, source, true);
    }
    case 'mysql': {
      const driver = mysqlDriver(checked.url.replace(/^mariadb:/, 'mysql:'));
      const source = new ServerSource(driver, checked.maxConnections ?? DEFAULT_MAX_CONNECTIONS);
      return new DialectAdapter(mysqlDialect, source, true);
    }
  }
}
