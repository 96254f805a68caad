import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileEvent } from '../../adapters/file/file-event.js';
import { clockOf } from '../../county/county-clock.js';
import { dayCountsFileOf } from '../../county/day-counts-file.js';
import { keepFresh } from '../../county/keep-fresh.js';
import { keepIndexed } from '../../county/keep-indexed.js';
import { type County, openCounty } from '../../county/open-county.js';
import { createGateway } from '../../gateway/create-gateway.js';
import { createLogger, type Logger } from '../../gateway/observe/logger.js';
import { createMetrics } from '../../gateway/observe/metrics.js';
import { createStateLog } from '../../gateway/observe/state-log.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import type { CountyConfig } from '../demo/county-config.js';
import { requireConfig } from '../demo/county-of.js';
import { demoFolder, prepareDemoCounty } from '../demo/demo-county.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { StartOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { logLevelOf } from './log-level.js';
import { openForeground } from './open-foreground.js';
import { startMessage } from './start-message.js';

/** A whole county in this process, until it is told to stop. */
export async function startCounty(options: StartOptions, io: VerbIo): Promise<ExitCode> {
  const root = findProjectRoot();
  const { config, folder, close } = await prepareCounty(root, options, io);
  const clock = clockOf(config);
  const logger = createLogger(logLevelOf(io.environment, 'warn'));
  const states = createStateLog(logger);
  const freshness = keepFresh(clock, states);
  const metrics = createMetrics(clock, freshness.read);
  const observer = states.watching(metrics.sources);
  const county = await openCounty({
    root,
    config,
    clock,
    observer,
    registryFile: join(folder, 'identity-index.sqlite'),
    ...dayCountsFileOf(config, folder),
    onFileEvent: logFileEvents(logger),
  });
  let stopIndexing = (): void => undefined;
  try {
    stopIndexing = await keepIndexed(county.registry, clock, logger, io.say);
    await freshness.watch(county);
    const open = () =>
      createGateway({
        supergraphSdl: readFileSync(join(root, 'schema', 'supergraph.graphql'), 'utf8'),
        subgraph: ({ name }) => subgraphOf(county, name),
        address: options.address,
        clock,
        logger,
        metrics,
        readFreshness: freshness.read,
        readDrops: county.drops,
        engine: options.engine,
        sharesAnswers: options.sharesAnswers,
        allowedOrigins: options.allowedOrigins,
      });
    const gateway = await openForeground(open, options.address, 'Cannot start the county');
    const demoDay = options.county.kind === 'demo' ? clock.today() : null;
    for (const line of startMessage(gateway.url, demoDay)) io.say(line);
    await io.untilStopped();
    await gateway.close();
    return EXIT.ok;
  } finally {
    freshness.stop();
    stopIndexing();
    await county.close();
    await close();
  }
}

interface PreparedCounty extends CountyConfig {
  /** Where the identity index is kept. */
  readonly folder: string;
}

async function prepareCounty(root: string, { county }: StartOptions, io: VerbIo): Promise<PreparedCounty> {
  if (county.kind === 'demo') {
    const demo = await prepareDemoCounty(root, county.size, county.seed, io.say);
    return { ...demo, folder: demoFolder(root, county.size, county.seed) };
  }
  const folder = join(root, 'var');
  mkdirSync(folder, { recursive: true });
  return { ...(await requireConfig(county.configFile, io.environment)), folder };
}

/** Every step of every import would be noise. */
function logFileEvents(logger: Logger): (event: FileEvent) => void {
  return (event) => {
    if (event.kind === 'accepted') logger.info(event, 'drop accepted');
    else if (event.kind === 'rejected') logger.warn({ ...event.summary }, 'drop rejected');
    else if (event.kind === 'passed-over')
      logger.warn(event, 'drop passed over: older than the one that serves');
    else if (event.kind !== 'step') logger.warn({ ...event, err: event.error }, 'drops away');
  };
}

function subgraphOf(county: County, name: string): SubgraphPort {
  const port = county.subgraphs.get(name);
  if (port !== undefined) return port;
  throw new Error(`rover.yaml must name the subgraph ${name}, but does not`);
}
