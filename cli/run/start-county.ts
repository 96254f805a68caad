import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileEvent } from '../../adapters/file/file-event.js';
import type { Config } from '../../county/config/config.js';
import { loadGatewaySettings } from '../../county/config/gateway-settings.js';
import { EMBEDDED } from '../../county/config/snapshot-settings.js';
import { clockOf } from '../../county/county-clock.js';
import { dayCountsFileOf } from '../../county/day-counts-file.js';
import { keepFresh } from '../../county/keep-fresh.js';
import { keepIndexed } from '../../county/keep-indexed.js';
import { keepSnapshots } from '../../county/keep-snapshots.js';
import { type County, openCounty } from '../../county/open-county.js';
import { createGateway } from '../../gateway/create-gateway.js';
import { beginGraph } from '../../gateway/execute/begin-graph.js';
import { createLogger, type Logger } from '../../gateway/observe/logger.js';
import { createMetrics } from '../../gateway/observe/metrics.js';
import { createStateLog } from '../../gateway/observe/state-log.js';
import { publicError } from '../../runtime/errors.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import { addAlso, type OpenedCounty, readAddition } from '../also/add-also.js';
import { requireConfig } from '../demo/county-of.js';
import { demoFolder, prepareDemoCounty } from '../demo/demo-county.js';
import { readingConfig } from '../demo/reading-config.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { stateFolder } from '../state-folder.js';
import type { StartOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { accessOfStart, openRecorder } from './access-of.js';
import { limitsOf } from './limits-of.js';
import { logLevelOf } from './log-level.js';
import { openForeground } from './open-foreground.js';
import { openShared } from './open-shared.js';
import { registeredOf } from './registered-of.js';
import { requireAddress } from './require-address.js';
import { requireFolder } from './require-folder.js';
import { serveOffer } from './serve-offer.js';
import { startMessage } from './start-message.js';
import { tellProblems } from './tell-problems.js';

/** A whole county in this process, until it is told to stop. What cannot work is refused before anything is built. */
export async function startCounty(options: StartOptions, io: VerbIo): Promise<ExitCode> {
  const logger = createLogger(logLevelOf(io.environment, 'warn'));
  await requireAddress(options.address);
  const prepared = await prepareCounty(options, io);
  try {
    const { offer } = prepared.config.gateway;
    if (offer !== null) await requireAddress(offer);
    return await serveCounty(prepared, options, { io, logger });
  } finally {
    await prepared.close();
  }
}

interface Serving {
  readonly io: VerbIo;
  readonly logger: Logger;
}

async function serveCounty(
  { root, config, folder, problems, shown }: PreparedCounty,
  options: StartOptions,
  { io, logger }: Serving,
): Promise<ExitCode> {
  const clock = clockOf(config);
  const states = createStateLog(logger);
  const freshness = keepFresh(clock, states);
  const metrics = createMetrics(clock, freshness.read);
  const readSdl = (): string => readFileSync(join(root, 'schema', 'supergraph.graphql'), 'utf8');
  const graph = options.engine === 'apollo' ? undefined : beginGraph(readSdl);
  const county = await openCounty({
    root,
    config: options.alsoFile === undefined ? config : onItsOwn(config),
    clock,
    observer: states.watching(metrics.sources),
    registryFile: join(options.alsoFile === undefined ? folder : root, 'identity-index.sqlite'),
    ...dayCountsFileOf(config, folder),
    snapshotFolder: join(options.alsoFile === undefined ? folder : root, 'snapshots'),
    countiesFolder: join(folder, 'counties'),
    onFileEvent: logFileEvents(logger),
  });
  let stopIndexing = (): void => undefined;
  let stopReading = (): void => undefined;
  let stopRecording = async (): Promise<void> => undefined;
  let closeShared = async (): Promise<void> => undefined;
  let stopOffering = async (): Promise<void> => undefined;
  try {
    const found = [...problems, ...[...config.faults.values()].flat(), ...county.problems];
    tellProblems(found.map(shown), county.departments, { io, logger });
    stopReading = await keepSnapshots(county);
    stopIndexing = await keepIndexed(county.registry, clock, logger, io.say);
    await freshness.watch(county);
    stopOffering = await serveOffer(county, config.gateway.offer, clock, io);
    const { access, audit, issuer } = await accessOfStart(options, config.gateway, logger, io.environment);
    const recording = await openRecorder(audit);
    stopRecording = recording.close;
    const shared = await openShared(config.gateway);
    closeShared = shared.close;
    const open = () =>
      createGateway({
        access,
        ...(recording.recorder !== undefined && { recorder: recording.recorder }),
        supergraphSdl: readSdl(),
        ...(graph !== undefined && { graph }),
        subgraph: ({ name }) => subgraphOf(county, name),
        address: options.address,
        acceptsMore: true,
        clock,
        logger,
        metrics,
        readFreshness: freshness.read,
        standing: freshness.standing,
        readDrops: county.drops,
        limits: limitsOf(config.gateway),
        ...shared.options,
        ...registeredOf(config.gateway.operationsFolder ?? usualFolder(options, root), logger, io),
        keepsQueries: config.gateway.keepsQueries,
        engine: options.engine,
        sharesAnswers: options.sharesAnswers,
        ...(options.allowedOrigins !== undefined && { allowedOrigins: options.allowedOrigins }),
      });
    const gateway = await openForeground(open, options.address, 'Cannot start the county');
    const demoDay = options.county.kind === 'demo' ? clock.today() : null;
    for (const line of await startMessage(gateway.url, demoDay, issuer)) io.say(line);
    await io.untilStopped();
    await gateway.close();
    return EXIT.ok;
  } finally {
    freshness.stop();
    stopIndexing();
    stopReading();
    await stopOffering();
    await stopRecording();
    await closeShared();
    await county.close();
    await graph?.close();
  }
}

/** The demo's questions can be asked by their names. */
function usualFolder({ county }: StartOptions, root: string): string | null {
  return county.kind === 'demo' ? join(root, 'examples', 'queries') : null;
}

/** A trial must not write where a county that serves keeps its snapshots. */
function onItsOwn(config: Config): Config {
  return { ...config, gateway: { ...config.gateway, snapshots: EMBEDDED } };
}

interface PreparedCounty extends OpenedCounty {
  /** Where what is kept beyond a restart lies. */
  readonly folder: string;
}

async function prepareCounty(options: StartOptions, io: VerbIo): Promise<PreparedCounty> {
  const { gatewayFile } = options;
  const given =
    gatewayFile === undefined ? null : readingConfig(() => loadGatewaySettings(gatewayFile, io.environment));
  const prepared = await openChosen(options, io);
  return given === null ? prepared : { ...prepared, config: { ...prepared.config, gateway: given } };
}

async function openChosen(options: StartOptions, io: VerbIo): Promise<PreparedCounty> {
  const project = findProjectRoot();
  const { county, alsoFile } = options;
  if (county.kind === 'configured') {
    const folder = stateFolder(project, io.environment);
    requireFolder(folder);
    const choice = { configFile: county.configFile, ...(alsoFile !== undefined && { alsoFile }) };
    return { ...(await requireConfig(choice, io.environment)), folder };
  }
  const also = readAddition(project, alsoFile, io.environment);
  const folder = demoFolder(project, county.size, county.seed);
  requireFolder(dirname(folder));
  const demo = await prepareDemoCounty(project, county.size, county.seed, io.say);
  return { ...addAlso(project, demo, also), folder };
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
  return unavailable(name);
}

/** What is said of a subgraph of the supergraph that has no usable file left. */
function unavailable(name: string): SubgraphPort {
  return {
    name,
    execute: () => Promise.resolve({ errors: [publicError('SUBGRAPH_UNAVAILABLE')] }),
    close: () => Promise.resolve(),
  };
}
