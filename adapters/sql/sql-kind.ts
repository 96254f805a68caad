import { defineAdapterKind } from '../adapter-kind.js';
import { sourceName } from '../source-name.js';
import { openSqlAdapter } from './open-sql.js';
import { readSqlConnection, sqlConnectionGrammar } from './sql-connection.js';
import type { TableDefinition } from './table-definition.js';

/** Tables and views of a database. */
export const sqlKind = defineAdapterKind({
  block: 'table',
  grammar: sourceName,
  dialects: ['sqlite', 'postgres', 'mysql'],
  connection: sqlConnectionGrammar,
  namesObjects: true,
  readObject: (table): TableDefinition => ({ kind: 'table', table }),
  nameOf: ({ table }) => table,
  readConnection: readSqlConnection,
  open: (connection) =>
    openSqlAdapter(
      connection.dialect === 'sqlite' ? connection : { ...connection, url: connection.url.reveal() },
    ),
  guessBlocks: (object) => ({ kind: 'blocks', blocks: [object] }),
});
