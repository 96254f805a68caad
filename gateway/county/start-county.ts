import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import type { InterfaceOutcome } from '../../subgraphs/feed.js';
import { EXIT, type ExitCode } from '../cli/exit-code.js';
import { logLevelOf } from '../cli/log-level.js';
import { openForeground } from '../cli/open-foreground.js';
import type { StartOptions } from '../cli/verb-bodies.js';
import type { VerbIo } from '../cli/verb-io.js';
import { createGateway } from '../create-gateway.js';
import { boundFreshness } from '../observe/bounded-freshness.js';
import { createLogger } from '../observe/logger.js';
import { createMetrics } from '../observe/metrics.js';
import { clockOf, requireConfig } from './county-of.js';
import { demoFolder, prepareDemoCounty } from './demo-county.js';
import { openCounty } from './open-county.js';
import { startMessage } from './start-message.js';
import { systemContext } from './system-context.js';

/** How often sources are asked for their watermark. */
const FRESHNESS_EVERY_MS = 60_000;
/** How often the identity index is built anew, so that new spellings and subjects are found. */
const REINDEX_EVERY_MS = 6 * 3_600_000;
const FRESHNESS_BUDGET_MS = 10_000;
/** The longest that start and /health wait for freshness. */
const FRESHNESS_WAIT_MS = 1500;

/** A whole county in this process, until it is told to stop. */
export async function startCounty({ address, county: which }: StartOptions, io: VerbIo): Promise<ExitCode> {
  const root = findProjectRoot();
  const demo = which.kind === 'demo' ? demoFolder(root, which.size, which.seed) : null;
  const config =
    which.kind === 'demo'
      ? await prepareDemoCounty(root, which.size, which.seed, io.say)
      : requireConfig(which.configFile, io.environment);
  const folder = demo ?? join(root, 'var');
  mkdirSync(folder, { recursive: true });
  const clock = clockOf(config);
  const logger = createLogger(logLevelOf(io.environment, 'warn'));
  const logRefreshFailure = (error: unknown): void =>
    logger.warn({ err: error }, 'identity index not renewed');
  let refresh: () => Promise<readonly InterfaceOutcome[]> = () => Promise.resolve([]);
  const readFreshness = boundFreshness(() => refresh(), FRESHNESS_WAIT_MS);
  const metrics = createMetrics(clock, readFreshness);
  const county = await openCounty({
    root,
    config,
    clock,
    observer: {
      ...metrics.sources,
      failure: (event) => {
        metrics.sources.failure(event);
        logger.warn({ interface: event.interface, err: event.error }, 'interface missing');
      },
    },
    registryFile: join(folder, 'registry.sqlite'),
  });
  if (county.registry.asOf() === null) io.say('正在建立主体标识索引… Building the identity index …');
  await county.registry.build();
  const reindex = setInterval(
    () => void county.registry.refresh().catch(logRefreshFailure),
    REINDEX_EVERY_MS,
  );
  reindex.unref();
  refresh = () => county.refreshFreshness(systemContext(clock, 'freshness', FRESHNESS_BUDGET_MS));
  const timer = setInterval(() => void readFreshness(), FRESHNESS_EVERY_MS);
  timer.unref();
  try {
    await readFreshness();
    const gateway = await openForeground(
      () =>
        createGateway({
          supergraphSdl: readFileSync(join(root, 'schema', 'supergraph.graphql'), 'utf8'),
          subgraph: ({ name }) => {
            const port = county.subgraphs.get(name);
            if (port === undefined)
              throw new Error(`rover.yaml must name the subgraph ${name}, but does not`);
            return port;
          },
          address,
          clock,
          logger,
          metrics,
          readFreshness,
        }),
      address,
      'Cannot start the county',
    );
    for (const line of startMessage(gateway.url, which.kind === 'demo' ? clock.today() : null)) io.say(line);
    await io.untilStopped();
    await gateway.close();
    return EXIT.ok;
  } finally {
    clearInterval(timer);
    clearInterval(reindex);
    await county.close();
  }
}
