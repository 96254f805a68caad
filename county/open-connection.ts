import type { FileEvent } from '../adapters/file/file-event.js';
import { type FileConnection, openFileConnection } from '../adapters/file/open-file.js';
import { openRestConnection } from '../adapters/rest/open-rest.js';
import { openSoapConnection } from '../adapters/soap/open-soap-connection.js';
import type { SourceAdapter } from '../adapters/source-adapter.js';
import { openSqlAdapter } from '../adapters/sql/open-sql.js';
import type { Clock } from '../runtime/clock.js';
import type { ConnectionConfig } from '../runtime/config/connection-config.js';

/** What connections to drop folders need beside their configuration. */
export interface ConnectionOptions {
  /** Tells when a file was received. Default the system's. */
  readonly clock?: Clock;
  /** Told of what happens to dropped files. */
  readonly onFileEvent?: (event: FileEvent) => void;
}

/** The adapter of one connection; it opens itself when it is first used. */
export function openConnection(
  connection: ConnectionConfig,
  { clock, onFileEvent }: ConnectionOptions = {},
): SourceAdapter {
  switch (connection.dialect) {
    case 'sqlite':
      return openSqlAdapter(connection);
    case 'postgres':
    case 'mysql':
      return openSqlAdapter({ dialect: connection.dialect, url: connection.url.reveal() });
    case 'rest': {
      const headers = [...connection.headers].map(([name, value]) => [name, value.reveal()] as const);
      return openRestConnection({
        dialect: 'rest',
        url: connection.url,
        headers: Object.fromEntries(headers),
      });
    }
    case 'if1':
      return openRestConnection({ ...connection, appSecret: connection.appSecret.reveal() });
    case 'if2':
      return openRestConnection({ ...connection, secretKey: connection.secretKey.reveal() });
    case 'soap': {
      const { url, charset, user, password } = connection;
      return openSoapConnection({
        dialect: 'soap',
        url,
        charset,
        ...(user !== null && { user }),
        ...(password !== null && { password: password.reveal() }),
      });
    }
    case 'files':
      return openFileConnection(connection, {
        ...(clock !== undefined && { clock }),
        ...(onFileEvent !== undefined && { onEvent: onFileEvent }),
      });
  }
}

/** Those of some adapters that watch a folder of drops. */
export function dropConnections(adapters: ReadonlyMap<string, SourceAdapter>): readonly FileConnection[] {
  return [...adapters.values()].filter((adapter): adapter is FileConnection => 'states' in adapter);
}
