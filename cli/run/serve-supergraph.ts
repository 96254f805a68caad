import { readFile } from 'node:fs/promises';
import {
  type GatewaySettings,
  loadGatewaySettings,
  USUAL_SETTINGS,
} from '../../county/config/gateway-settings.js';
import { createGateway, type Gateway } from '../../gateway/create-gateway.js';
import { createGraphs } from '../../gateway/execute/begin-graph.js';
import { createMetrics } from '../../gateway/observe/metrics.js';
import { createRequestBook } from '../../gateway/observe/request-book.js';
import type { ServedGraph } from '../../gateway/served-graph.js';
import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import { createSubgraphGuard } from '../../gateway/transport/subgraph-guard.js';
import { systemClock } from '../../runtime/clock.js';
import { errorCodeOf } from '../../runtime/error-code.js';
import { HUB } from '../../subgraphs/subgraph-folder.js';
import { readingConfig } from '../demo/reading-config.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import { givenStateFolder } from '../state-folder.js';
import type { ServeOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { isKeeper, keepWorkers } from '../workers/keep-workers.js';
import { accessOfServe, openRecorder } from './access-of.js';
import { answerRequests, tellsRequests } from './answer-requests.js';
import { countRefused } from './count-refused.js';
import { gatewayOptionsOf } from './gateway-options.js';
import { recordInAudit } from './hands-record.js';
import { loggerOf, setLevel } from './logger-of.js';
import { openForeground } from './open-foreground.js';
import { openShared } from './open-shared.js';
import { planFileIn } from './plan-file-in.js';
import { readAuthorities } from './read-authorities.js';
import { recordHands } from './record-hands.js';
import { registeredOf } from './registered-of.js';
import { type FindRequest, findFirst, findInAudit, findInBook, openRequestMemory } from './request-memory.js';
import { requireAddress } from './require-address.js';
import { requireFolder } from './require-folder.js';
import { rereadOnChange } from './reread-on-change.js';
import { serveHealthPort } from './serve-health-port.js';
import { tellRefused } from './tell-refused.js';
import { tracesOf } from './traces-of.js';

/** A gateway over any Federation 2 supergraph, until it is told to stop. @throws {CommandFailure} */
export async function serveSupergraph(options: ServeOptions, given: VerbIo): Promise<ExitCode> {
  const { supergraphFile } = options;
  const io = options.watches ? rereadOnChange(given, () => [supergraphFile]) : given;
  const { keeper } = io;
  const logger = loggerOf(io, 'info');
  if (keeper === null) await requireAddress(options.address);
  const settings = settingsOf(options, io.environment);
  setLevel(logger, settings.logLevel, io);
  const supergraphSdl = await readSupergraph(supergraphFile);
  const { access, audit } = accessOfServe(options.access, settings, logger, io.environment);
  const recording = await openRecorder(audit, keeper);
  if (isKeeper(options, io)) {
    const inAudit = findInAudit(() => audit?.folder ?? null);
    return keepWorkers({ ...options, logger, io, recording, findRequest: inAudit });
  }
  // What a supergraph's subgraphs rest on is theirs to tell.
  const readFreshness = (): Promise<readonly []> => Promise.resolve([]);
  const metrics = createMetrics(systemClock, readFreshness);
  const folder = givenStateFolder(io.environment);
  if (folder !== null) {
    requireFolder(folder);
    metrics.watchDisk(folder);
  }
  const planFile = folder === null ? undefined : planFileIn(folder, logger);
  const authorities = await readAuthorities(options.authorityFiles ?? [], io.environment);
  const shared = await openShared(settings, keeper);
  const traces = await tracesOf(settings, metrics);
  const book = tellsRequests(supergraphSdl) ? createRequestBook(systemClock) : undefined;
  const ownRequests: FindRequest = book === undefined ? async () => null : findInBook(book);
  const others: FindRequest =
    keeper === null
      ? findInAudit(() => audit?.folder ?? null)
      : (id, of) => keeper.county.talk.ask('findRequest', id, of);
  const memory = openRequestMemory({
    find: findFirst([ownRequests, others]),
    policy: () => (access === 'open' ? null : access.policy),
  });
  const hands = recordInAudit(() => recording.recorder ?? null);
  const askedBefore = (await keeper?.askedBefore()) ?? [];
  const pools = createOriginPools({
    client: options.client,
    ...(authorities !== undefined && { authorities }),
  });
  const beginGraph = createGraphs(planFile);
  const graphOf = (sdl: string): ServedGraph => ({
    access,
    supergraphSdl: sdl,
    ...(options.engine !== 'apollo' && { begun: beginGraph(() => sdl) }),
    subgraph: ({ name, url }) => {
      const guard = createSubgraphGuard();
      metrics.requests.watchSubgraph(name, guard.isPaused);
      const remote = createRemoteSubgraph({
        name,
        url,
        pools,
        guard,
        sharesReads: options.sharesReads,
        ...(settings.callerKey !== null && { callerKey: settings.callerKey }),
      });
      if (name !== HUB || book === undefined) return remote;
      return recordHands(answerRequests(remote, sdl, memory), sdl, hands);
    },
    ...registeredOf(settings.operationsFolder, logger, io),
    readFreshness,
  });
  let gateway: Gateway | null = null;
  let stopHealth = async (): Promise<void> => undefined;
  try {
    const open = () =>
      createGateway({
        ...graphOf(supergraphSdl),
        ...gatewayOptionsOf({
          options,
          settings,
          io,
          logger,
          clock: systemClock,
          metrics,
          ...(book !== undefined && { book }),
          traces,
          recording,
          shared,
          askedBefore,
        }),
      });
    // From here on requests may have been accepted.
    const stopped = io.untilStopped();
    const opened = await openForeground(open, options.address, `Cannot serve ${supergraphFile}`);
    gateway = opened;
    io.onReread(async () => {
      try {
        const sdl = await countRefused(metrics.requests, () => readSupergraph(supergraphFile));
        await opened.replace(graphOf(sdl));
        return true;
      } catch (error) {
        tellRefused(error, { io, logger });
        return false;
      }
    });
    await keeper?.serving(opened, metrics, ownRequests);
    stopHealth = await serveHealthPort(options.healthAddress, opened.look, io);
    io.say(`GraphQL: ${opened.url}`);
    await opened.close(await stopped);
    return EXIT.ok;
  } finally {
    await gateway?.close();
    await stopHealth();
    await pools.close();
    await shared.close();
    await traces?.close();
    await recording.close();
  }
}

/** @throws {CommandFailure} on a setting of a hub: what a supergraph's subgraphs are is theirs to tell. */
function settingsOf({ gatewayFile }: ServeOptions, environment: NodeJS.ProcessEnv): GatewaySettings {
  if (gatewayFile === undefined) return USUAL_SETTINGS;
  const settings = readingConfig(() => loadGatewaySettings(gatewayFile, environment));
  const { offer, counties, departments, channels } = settings;
  const isOfCounty = offer !== null || counties.length > 0 || departments !== null || channels.length > 0;
  if (!isOfCounty) return settings;
  throw new CommandFailure(
    EXIT.usage,
    `${gatewayFile}：offer、counties、departments、notify 只用于 start 和 subgraph。Cannot serve: offer, counties, departments and notify are for start and subgraph alone.`,
  );
}

async function readSupergraph(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = errorCodeOf(error) ?? String(error);
    throw new CommandFailure(
      EXIT.usage,
      `无法读取超图文件 ${file}（${reason}）。Cannot serve: the supergraph file must be readable, but ${file} is not (${reason}).`,
    );
  }
}
