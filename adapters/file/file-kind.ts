import { z } from 'zod';
import { type ConnectionReader, defineAdapterKind } from '../adapter-kind.js';
import { fileGrammar, readFileBlock } from './file-block.js';
import { FILE_COLUMNS } from './file-definition.js';
import { openFileConnection } from './open-file.js';

/** A configured drop folder: where files are dropped, and where accepted versions are kept (domain §1.1 IF-6). */
interface DropFolderConnection {
  readonly dialect: 'files';
  readonly folder: string;
  readonly store: string;
}

/** Rows where headings may stand: the first, below a title, stacked. In the order in which they are tried. */
const HEADERS = [
  { row: 1, rows: 1 },
  { row: 2, rows: 1 },
  { row: 1, rows: 2 },
  { row: 2, rows: 2 },
  { row: 3, rows: 1 },
  { row: 3, rows: 2 },
];

const connectionGrammar = z.discriminatedUnion('dialect', [
  z.strictObject({
    dialect: z.literal('files'),
    folder: z.string().min(1),
    /** Default: a folder `<name>-versions` beside the configuration. */
    store: z.string().min(1).optional(),
  }),
]);

/** Workbooks and CSV files that are dropped into a folder. */
export const fileKind = defineAdapterKind({
  block: 'file',
  grammar: fileGrammar,
  dialects: ['files'],
  connection: connectionGrammar,
  addedColumns: FILE_COLUMNS,
  readObject: readFileBlock,
  nameOf: ({ match }) => match,
  readConnection: (text, { name, pathOf }: ConnectionReader): DropFolderConnection => ({
    dialect: 'files',
    folder: pathOf(text.folder),
    store: pathOf(text.store ?? `${name}-versions`),
  }),
  open: (connection, { clock, onFileEvent, sharing, dropsElsewhere }) =>
    openFileConnection(connection, {
      ...(clock !== undefined && { clock }),
      ...(onFileEvent !== undefined && { onEvent: onFileEvent }),
      ...(sharing !== undefined && { sharing }),
      ...(dropsElsewhere !== undefined && { elsewhere: dropsElsewhere }),
    }),
  openForDraft: (connection, temporaryFolder) =>
    openFileConnection({ ...connection, store: temporaryFolder }, { isDraft: true }),
  guessBlocks: (match) => ({ kind: 'blocks', blocks: HEADERS.map((header) => ({ match, header })) }),
});
