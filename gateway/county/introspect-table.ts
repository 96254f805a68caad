import { SourceError } from '../../adapters/source-error.js';
import { draftMapping } from '../../subgraphs/engine/check/introspect.js';
import { CommandFailure, EXIT, type ExitCode } from '../cli/exit-code.js';
import type { IntrospectOptions } from '../cli/verb-bodies.js';
import type { VerbIo } from '../cli/verb-io.js';
import { requireConfig } from './county-of.js';
import { openAdapters } from './open-county.js';

const BOUNDS = { timeoutMs: 30_000, maxBytes: 16 * 1024 * 1024 };

/** Prints the draft of a mapping for one live table. */
export async function introspectTable(
  { connection, table, configFile }: IntrospectOptions,
  io: VerbIo,
): Promise<ExitCode> {
  const config = requireConfig(configFile, io.environment);
  const adapters = openAdapters(config.connections);
  const adapter = adapters.get(connection);
  if (adapter === undefined) {
    throw new CommandFailure(
      EXIT.usage,
      `Cannot introspect: the connection must be one of ${[...adapters.keys()].join(', ')}, but is ${JSON.stringify(connection)}.`,
    );
  }
  try {
    const bounds = { ...BOUNDS, signal: AbortSignal.timeout(BOUNDS.timeoutMs) };
    io.say(await draftMapping(adapter, connection, table, connection, config.personKey.reveal(), bounds));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const away = error.code === 'SOURCE_UNAVAILABLE' || error.code === 'SOURCE_TIMEOUT';
    throw new CommandFailure(
      away ? EXIT.unreachable : EXIT.findings,
      `Cannot introspect ${connection}.${table}: ${error.message}`,
    );
  } finally {
    await Promise.all([...adapters.values()].map((other) => other.close()));
  }
}
