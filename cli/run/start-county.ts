import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../county/config/config.js';
import { EMBEDDED } from '../../county/config/snapshot-settings.js';
import { clockOf } from '../../county/county-clock.js';
import { keepFresh } from '../../county/keep-fresh.js';
import { createGateway, type Gateway } from '../../gateway/create-gateway.js';
import { type BegunGraph, beginGraph } from '../../gateway/execute/begin-graph.js';
import type { Logger } from '../../gateway/observe/logger.js';
import { createMetrics } from '../../gateway/observe/metrics.js';
import { createStateLog } from '../../gateway/observe/state-log.js';
import type { ServedGraph } from '../../gateway/served-graph.js';
import { formatProblem, MappingError } from '../../runtime/yaml/problem.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { StartOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { accessOfStart, openRecorder } from './access-of.js';
import { limitsOf } from './limits-of.js';
import { loggerOf } from './logger-of.js';
import { openForeground } from './open-foreground.js';
import { openWatching } from './open-watching.js';
import { planFileIn } from './plan-file-in.js';
import { type PreparedCounty, prepareCounty } from './prepare-county.js';
import { registeredOf } from './registered-of.js';
import { requireAddress } from './require-address.js';
import { rereadOnChange } from './reread-on-change.js';
import { serveOffer } from './serve-offer.js';
import { openServedCounty, type ServedCounty } from './served-county.js';
import { startMessage } from './start-message.js';
import { tellProblems } from './tell-problems.js';
import { tellRefused } from './tell-refused.js';

/** A whole county in this process, until it is told to stop. What cannot work is refused before anything is built. */
export async function startCounty(options: StartOptions, io: VerbIo): Promise<ExitCode> {
  const logger = loggerOf(io, 'warn');
  await requireAddress(options.address);
  const prepared = await prepareCounty(options, io);
  try {
    const { offer } = prepared.config.gateway;
    if (offer !== null) await requireAddress(offer);
    const watching = options.watches ? rereadOnChange(io, () => filesOf(prepared, options)) : io;
    return await serveCounty(prepared, options, { io: watching, logger });
  } finally {
    await prepared.close();
  }
}

interface Serving {
  readonly io: VerbIo;
  readonly logger: Logger;
}

async function serveCounty(
  prepared: PreparedCounty,
  options: StartOptions,
  { io, logger }: Serving,
): Promise<ExitCode> {
  const { root, config, folder, problems, shown } = prepared;
  const clock = clockOf(config);
  const states = createStateLog(logger);
  const isTrial = options.alsoFile !== undefined;
  const observer = await openWatching({ root, config, clock, folder: isTrial ? root : folder, logger });
  const freshness = keepFresh(clock, states, (outcomes, requestId) => observer.looked(outcomes, requestId));
  const metrics = createMetrics(clock, freshness.read);
  const readSdl = (): string => readFileSync(join(root, 'schema', 'supergraph.graphql'), 'utf8');
  // A trial must not write where a county that serves keeps its plans.
  const planFile = planFileIn(isTrial ? root : folder, logger);
  const begin = () => (options.engine === 'apollo' ? undefined : beginGraph(readSdl, planFile));
  const begun = begin();
  const open = (read: Config): Promise<ServedCounty> =>
    openServedCounty({
      root,
      config: isTrial ? onItsOwn(read) : read,
      clock,
      observer: observer.watching(states.watching(metrics.sources)),
      watch: observer.watch,
      folders: { own: isTrial ? root : folder, lasting: folder },
      logger,
      say: io.say,
    });
  let stopRecording = async (): Promise<void> => undefined;
  let stopOffering = async (): Promise<void> => undefined;
  let served = await open(config);
  let gateway: Gateway | null = null;
  try {
    tellProblems([...problems, ...served.errors].map(shown), served.county.departments, { io, logger });
    const { access, audit, issuer } = await accessOfStart(options, config.gateway, logger, io.environment);
    const recording = await openRecorder(audit, io.keeper);
    stopRecording = recording.close;
    // It is read while the graph is opened in another thread.
    const isKept = served.keep();
    isKept.catch(() => undefined);
    const graphOf = (
      next: ServedCounty,
      begun: BegunGraph | undefined,
      keep: () => Promise<void>,
    ): ServedGraph => ({
      access,
      supergraphSdl: readSdl(),
      ...(begun !== undefined && { begun }),
      subgraph: ({ name }) => next.subgraph(name),
      readFreshness: freshness.read,
      standing: freshness.standing,
      readDrops: next.county.drops,
      ...registeredOf(config.gateway.operationsFolder ?? usualFolder(options, root), logger, io),
      begin: async () => {
        await keep();
        observer.observe(next.county);
        observer.start();
        await freshness.watch(next.county);
        served = next;
      },
      release: next.close,
    });
    const first = served;
    const openFirst = () =>
      createGateway({
        ...graphOf(first, begun, () => isKept),
        ...(recording.recorder !== undefined && { recorder: recording.recorder }),
        address: options.address,
        acceptsMore: true,
        clock,
        logger,
        metrics,
        limits: limitsOf(config.gateway),
        keepsQueries: config.gateway.keepsQueries,
        engine: options.engine,
        sharesAnswers: options.sharesAnswers,
        ...(options.allowedOrigins !== undefined && { allowedOrigins: options.allowedOrigins }),
      });
    stopOffering = await serveOffer(() => served.county, config.gateway.offer, clock, io);
    const opened = await openForeground(openFirst, options.address, 'Cannot start the county');
    gateway = opened;
    io.onReread(async () => {
      try {
        const next = await open(prepared.reread());
        try {
          refuseErrors(next, served);
        } catch (error) {
          await next.close();
          throw error;
        }
        await opened.replace(
          graphOf(next, begin(), async () => {
            await served.rest();
            await next.keep();
          }),
        );
        return true;
      } catch (error) {
        tellRefused(error, { io, logger });
        return false;
      }
    });
    const demoDay = options.county.kind === 'demo' ? clock.today() : null;
    for (const line of await startMessage(opened.url, demoDay, issuer)) io.say(line);
    await opened.close(await io.untilStopped());
    return EXIT.ok;
  } finally {
    freshness.stop();
    await observer.close();
    await stopOffering();
    await (gateway === null ? served.close() : gateway.close());
    await stopRecording();
    await begun?.close();
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

/**
 * What has errors is refused as a whole: the department concerned is served as it was before.
 *
 * @throws {MappingError} with those that the county which serves does not have.
 */
function refuseErrors(next: ServedCounty, served: ServedCounty): void {
  const known = new Set(served.errors.map(formatProblem));
  const fresh = next.errors.filter((problem) => !known.has(formatProblem(problem)));
  if (fresh.length > 0) throw new MappingError(fresh);
}

/** Whatever a county that is configured is read from again. */
function filesOf({ root }: PreparedCounty, { county }: StartOptions): readonly string[] {
  const folder = join(root, 'subgraphs');
  const mappings = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:yaml|graphql)$/.test(name),
  );
  const own = county.kind === 'configured' ? [county.configFile] : [];
  return [...own, join(root, 'schema', 'supergraph.graphql'), ...mappings.map((name) => join(folder, name))];
}
