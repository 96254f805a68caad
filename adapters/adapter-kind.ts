import type { z } from 'zod';
import type { Clock } from '../runtime/clock.js';
import type { Secret } from '../runtime/config/secret.js';
import type { FileEvent } from './file/file-event.js';
import type { DropsElsewhere } from './file/followed-drops.js';
import type { SourceAdapter } from './source-adapter.js';
import type { ObjectDefinition } from './source-object.js';
import type { Sharing } from './versions/sharing.js';

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/** A configured connection of any kind. Each kind adds keys of its own. */
export interface AnyConnection {
  readonly dialect: string;
}

/** Resolves what a connection's text refers to. */
export interface ConnectionReader {
  /** The connection's name in the configuration. */
  readonly name: string;
  /** The absolute path of a file or folder; it need not exist. */
  pathOf(text: string): string;
  /** The text at a key with its references replaced; null after a problem was recorded. */
  secretAt(key: readonly string[], text: string): Secret | null;
  /** As `secretAt`, of a URL: what replaces a reference inside it is percent-encoded. */
  secretUrlAt(key: readonly string[], text: string): Secret | null;
}

/** What a process gives the connections that it opens. */
export interface OpenOptions {
  /** Tells when a file was received. Default the system's. */
  readonly clock?: Clock;
  /** Told of what happens to dropped files. */
  readonly onFileEvent?: (event: FileEvent) => void;
  /** Whether other processes read what is made of dropped files. Default `alone`. */
  readonly sharing?: Sharing;
  /** Of the process that reads dropped files, for one that follows it. */
  readonly dropsElsewhere?: DropsElsewhere;
}

/** A mistake in the definition of an object. */
export interface LintFinding {
  readonly rule: string;
  readonly zh: string;
  readonly en: string;
}

/** The blocks to try in turn for an object named on the command line, or why that name is not enough. */
export type BlockGuess<Block> =
  | { readonly kind: 'blocks'; readonly blocks: readonly Block[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** One kind of adapter as the rest of the program sees it. */
export interface AdapterKind<Connection extends AnyConnection = AnyConnection> {
  /** The key in a mapping's `source` under which an object of this kind is defined; also `ObjectDefinition.kind`. */
  readonly block: string;
  /** The grammar of that block. */
  readonly grammar: z.ZodType;
  /** Values of `dialect` in the configuration. */
  readonly dialects: readonly string[];
  /** The grammar of a configured connection, one for each dialect. */
  readonly connections: readonly z.ZodObject[];
  /** The source knows its objects by name and describes them by itself. Else every object is bound to its adapter. */
  readonly namesObjects: boolean;
  /** Columns that the adapter adds to those of the source. */
  readonly addedColumns: readonly string[];
  /** Size of one answer in bytes beyond which a call fails, unless the mapping says otherwise. */
  readonly maxBytes: number;
  /** What `introspect` leaves to the person who completes the draft: lines of a comment. */
  readonly toDecide: readonly string[];
  /** @throws {ZodError} on a block that the grammar does not accept. */
  readObject(block: unknown): ObjectDefinition;
  /** What messages call the object: the table, the endpoint's path, the operation, the pattern of file names. */
  nameOf(definition: ObjectDefinition): string;
  lint(definition: ObjectDefinition): readonly LintFinding[];
  /**
   * @returns null after a problem was recorded by the reader.
   * @throws {ZodError} on a text that the grammar does not accept.
   */
  readConnection(text: unknown, reader: ConnectionReader): Connection | null;
  /** The adapter opens itself when it is first used. Null: the connection is of another kind. */
  open(connection: AnyConnection, options: OpenOptions): SourceAdapter | null;
  /** As `open`, for `introspect`: nothing that it reads changes what is served. */
  openForDraft(connection: AnyConnection, temporaryFolder: string): SourceAdapter | null;
  guessBlocks(object: string): BlockGuess<unknown>;
}

/** An adapter kind in the types of its own folder. */
interface AdapterKindParts<Block, Definition extends ObjectDefinition, Text, Connection> {
  readonly block: Definition['kind'];
  readonly grammar: z.ZodType<Block>;
  readonly dialects: readonly string[];
  /** A union, discriminated by `dialect`. */
  readonly connection: z.ZodType<Text> & { readonly options: readonly z.ZodObject[] };
  readonly namesObjects?: boolean;
  readonly addedColumns?: readonly string[];
  /** Default 64 MiB. */
  readonly maxBytes?: number;
  readonly toDecide?: readonly string[];
  readObject(block: Block): Definition;
  nameOf(definition: Definition): string;
  lint?(definition: Definition): readonly LintFinding[];
  readConnection(text: Text, reader: ConnectionReader): Connection | null;
  open(connection: Connection, options: OpenOptions): SourceAdapter;
  /** Default: `open`. */
  openForDraft?(connection: Connection, temporaryFolder: string): SourceAdapter;
  guessBlocks(object: string): BlockGuess<Block>;
}

/**
 * Makes one object of the parts of an adapter kind. Values of unknown type are decoded here, by the kind's own
 * grammars, so that its folder is strictly typed and its users need none of its types.
 */
export function defineAdapterKind<
  Block,
  Definition extends ObjectDefinition,
  Text,
  Connection extends AnyConnection,
>(parts: AdapterKindParts<Block, Definition, Text, Connection>): AdapterKind<Connection> {
  const { block, grammar, dialects, connection: connections } = parts;
  const isOwn = (connection: AnyConnection): connection is Connection =>
    dialects.includes(connection.dialect);
  const own = (definition: ObjectDefinition): Definition => {
    if (isDefinition(definition)) return definition;
    throw new TypeError(
      `Cannot read an object definition: it must be of kind ${block}, but is of kind ${definition.kind}`,
    );
  };
  const isDefinition = (definition: ObjectDefinition): definition is Definition => definition.kind === block;
  return {
    block,
    grammar,
    dialects,
    connections: connections.options,
    namesObjects: parts.namesObjects ?? false,
    addedColumns: parts.addedColumns ?? [],
    maxBytes: parts.maxBytes ?? DEFAULT_MAX_BYTES,
    toDecide: parts.toDecide ?? [],
    readObject: (text) => parts.readObject(grammar.parse(text)),
    nameOf: (definition) => parts.nameOf(own(definition)),
    lint: (definition) => parts.lint?.(own(definition)) ?? [],
    readConnection: (text, reader) => parts.readConnection(connections.parse(text), reader),
    open: (connection, options) => (isOwn(connection) ? parts.open(connection, options) : null),
    openForDraft: (connection, folder) => {
      if (!isOwn(connection)) return null;
      return parts.openForDraft?.(connection, folder) ?? parts.open(connection, {});
    },
    guessBlocks: parts.guessBlocks,
  };
}
