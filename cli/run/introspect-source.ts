import type { SourceAdapter } from '../../adapters/source-adapter.js';
import { SourceError } from '../../adapters/source-error.js';
import type { Config } from '../../county/config/config.js';
import { openForDraft } from '../../county/open-connection.js';
import { withTemporaryFolder } from '../../county/temporary-folder.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { draftMapping } from '../../subgraphs/engine/check/draft/draft-mapping.js';
import type { SourceText } from '../../subgraphs/engine/mapping/source-grammar.js';
import { withConfig } from '../demo/county-of.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import type { IntrospectOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { introspectTargets } from './introspect-targets.js';

const BOUNDS = { timeoutMs: 30_000, maxBytes: 16 * 1024 * 1024 };

/** Prints the draft of a mapping for one live table, endpoint, operation or kind of file. */
export function introspectSource(options: IntrospectOptions, io: VerbIo): Promise<ExitCode> {
  return withConfig(options, io.environment, ({ config }) => introspectWith(config, options, io));
}

async function introspectWith(config: Config, options: IntrospectOptions, io: VerbIo): Promise<ExitCode> {
  const connection = config.connections.get(options.connection);
  const faults = config.faults.get(options.connection);
  if (faults !== undefined) throw new CommandFailure(EXIT.findings, faults.map(formatProblem).join('\n'));
  if (connection === undefined) {
    throw new CommandFailure(
      EXIT.usage,
      `没有连接 ${JSON.stringify(options.connection)}。Cannot introspect: the connection must be one of ${[...config.connections.keys()].join(', ')}, but is ${JSON.stringify(options.connection)}.`,
    );
  }
  const targets = introspectTargets(connection.dialect, options);
  return withTemporaryFolder(async (folder) => {
    io.say(await draftFirst(config, () => openForDraft(connection, folder), options.connection, targets));
    return EXIT.ok;
  });
}

/** The first target of which the source makes sense; the first one's failure when there is none. */
async function draftFirst(
  config: Config,
  open: () => SourceAdapter,
  department: string,
  targets: readonly SourceText[],
): Promise<string> {
  const failures: SourceError[] = [];
  for (const source of targets) {
    const adapter = open();
    const bounds = { ...BOUNDS, signal: AbortSignal.timeout(BOUNDS.timeoutMs) };
    try {
      return await draftMapping(
        adapter,
        { source, department, personKey: config.personKey.reveal() },
        bounds,
      );
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      failures.push(error);
    } finally {
      await adapter.close();
    }
  }
  const [first] = failures;
  const isAway = first?.code === 'SOURCE_UNAVAILABLE' || first?.code === 'SOURCE_TIMEOUT';
  const detail = first?.detail === undefined ? '' : ` ${first.detail}`;
  throw new CommandFailure(
    isAway ? EXIT.unreachable : EXIT.findings,
    `无法起草 ${department} 的映射。Cannot introspect ${department}: ${first?.message ?? 'nothing was named'}.${detail}`,
  );
}
