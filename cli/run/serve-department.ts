import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../county/config/config.js';
import { clockOf } from '../../county/county-clock.js';
import { dayCountsFileOf } from '../../county/day-counts-file.js';
import { keepFresh } from '../../county/keep-fresh.js';
import { openCounty } from '../../county/open-county.js';
import { createLogger } from '../../gateway/observe/logger.js';
import { createStateLog } from '../../gateway/observe/state-log.js';
import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { readRoverConfig } from '../../subgraphs/compose/rover-config.js';
import { createSubgraphServer } from '../../subgraphs/port/serve-subgraph.js';
import { UNOBSERVED } from '../../subgraphs/port/source-observer.js';
import { withConfig } from '../demo/county-of.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import type { SubgraphOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { logLevelOf } from './log-level.js';

/**
 * One subgraph as an HTTP server of its own, until it is told to stop. The others are reached at their
 * `routing_url` of `rover.yaml`.
 */
export function serveDepartment(options: SubgraphOptions, io: VerbIo): Promise<ExitCode> {
  return withConfig(options.configFile, io.environment, (config) => serveWith(config, options, io));
}

async function serveWith(config: Config, options: SubgraphOptions, io: VerbIo): Promise<ExitCode> {
  const root = findProjectRoot();
  const clock = clockOf(config);
  const folder = join(root, 'var', 'subgraph', options.name);
  mkdirSync(folder, { recursive: true });
  const pools = createOriginPools();
  const remotes = new Map(
    readRoverConfig(join(root, 'rover.yaml'))
      .filter(({ name }) => name !== options.name)
      .map(({ name, routingUrl }) => [name, createRemoteSubgraph({ name, url: routingUrl, pools })]),
  );
  const states = createStateLog(createLogger(logLevelOf(io.environment, 'warn')));
  const county = await openCounty({
    root,
    config,
    clock,
    observer: states.watching(UNOBSERVED),
    registryFile: join(folder, 'identity-index.sqlite'),
    ...dayCountsFileOf(config, folder),
    elsewhere: (name) => remotes.get(name) ?? null,
  });
  const freshness = keepFresh(clock, states);
  try {
    const schema = county.schemas.get(options.name);
    if (schema === undefined) {
      const known = [...county.schemas.keys()].join(', ');
      throw new CommandFailure(
        EXIT.usage,
        `Cannot serve a subgraph: its name must be one of ${known}, but is ${JSON.stringify(options.name)}.`,
      );
    }
    await freshness.watch(county);
    const app = await createSubgraphServer(schema, clock);
    const origin = await app.listen({ host: options.address.host, port: options.address.port });
    io.say(`GraphQL: ${origin}/graphql`);
    await io.untilStopped();
    await app.close();
    return EXIT.ok;
  } finally {
    freshness.stop();
    await county.close();
    await pools.close();
  }
}
