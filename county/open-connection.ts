import type { AdapterKind, AnyConnection, OpenOptions } from '../adapters/adapter-kind.js';
import type { FileConnection } from '../adapters/file/open-file.js';
import { ADAPTER_KINDS } from '../adapters/kinds.js';
import type { SourceAdapter } from '../adapters/source-adapter.js';

/**
 * The adapter of one connection; it opens itself when it is first used.
 *
 * @throws {RangeError} when no adapter kind has the connection's dialect.
 */
export function openConnection(connection: AnyConnection, options: OpenOptions = {}): SourceAdapter {
  return openBy(connection, (kind) => kind.open(connection, options));
}

/** As `openConnection`, for looking at a source: what is read changes nothing that is served. */
export function openForDraft(connection: AnyConnection, temporaryFolder: string): SourceAdapter {
  return openBy(connection, (kind) => kind.openForDraft(connection, temporaryFolder));
}

function openBy(
  { dialect }: AnyConnection,
  open: (kind: AdapterKind) => SourceAdapter | null,
): SourceAdapter {
  for (const kind of ADAPTER_KINDS) {
    const adapter = open(kind);
    if (adapter !== null) return adapter;
  }
  throw new RangeError(
    `Cannot open a connection: its dialect must be that of an adapter kind, but is ${dialect}`,
  );
}

/** The adapters that watch a folder of drops. */
export function dropConnections(adapters: ReadonlyMap<string, SourceAdapter>): readonly FileConnection[] {
  return [...adapters.values()].filter((adapter): adapter is FileConnection => 'states' in adapter);
}
