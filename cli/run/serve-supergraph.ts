import { readFile } from 'node:fs/promises';
import {
  type GatewaySettings,
  loadGatewaySettings,
  USUAL_SETTINGS,
} from '../../county/config/gateway-settings.js';
import { createGateway } from '../../gateway/create-gateway.js';
import { createLogger } from '../../gateway/observe/logger.js';
import { createMetrics } from '../../gateway/observe/metrics.js';
import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import { systemClock } from '../../runtime/clock.js';
import { errorCodeOf } from '../../runtime/error-code.js';
import { readingConfig } from '../demo/reading-config.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import type { ServeOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { accessOfServe, openRecorder } from './access-of.js';
import { limitsOf } from './limits-of.js';
import { logLevelOf } from './log-level.js';
import { openForeground } from './open-foreground.js';
import { openShared } from './open-shared.js';
import { readAuthorities } from './read-authorities.js';
import { registeredOf } from './registered-of.js';
import { requireAddress } from './require-address.js';

/** A gateway over any Federation 2 supergraph, until it is told to stop. @throws {CommandFailure} */
export async function serveSupergraph(options: ServeOptions, io: VerbIo): Promise<ExitCode> {
  const logger = createLogger(logLevelOf(io.environment, 'info'));
  await requireAddress(options.address);
  const settings = settingsOf(options, io.environment);
  const supergraphSdl = await readSupergraph(options.supergraphFile);
  // What a supergraph's subgraphs rest on is theirs to tell.
  const readFreshness = (): Promise<readonly []> => Promise.resolve([]);
  const metrics = createMetrics(systemClock, readFreshness);
  const authorities = await readAuthorities(options.authorityFiles ?? [], io.environment);
  const { access, audit } = accessOfServe(options.access, settings, logger, io.environment);
  const recording = await openRecorder(audit);
  const shared = await openShared(settings);
  const pools = createOriginPools(authorities === undefined ? {} : { authorities });
  try {
    const open = () =>
      createGateway({
        access,
        ...(recording.recorder !== undefined && { recorder: recording.recorder }),
        supergraphSdl,
        subgraph: ({ name, url }) =>
          createRemoteSubgraph({
            name,
            url,
            pools,
            sharesReads: options.sharesReads,
            ...(settings.callerKey !== null && { callerKey: settings.callerKey }),
          }),
        engine: options.engine,
        limits: limitsOf(settings),
        ...shared.options,
        ...registeredOf(settings.operationsFolder, logger, io),
        keepsQueries: settings.keepsQueries,
        sharesAnswers: options.sharesAnswers,
        ...(options.allowedOrigins !== undefined && { allowedOrigins: options.allowedOrigins }),
        address: options.address,
        acceptsMore: true,
        clock: systemClock,
        logger,
        metrics,
        readFreshness,
      });
    const gateway = await openForeground(open, options.address, `Cannot serve ${options.supergraphFile}`);
    io.say(`GraphQL: ${gateway.url}`);
    await io.untilStopped();
    await gateway.close();
    return EXIT.ok;
  } finally {
    await pools.close();
    await shared.close();
    await recording.close();
  }
}

/** @throws {CommandFailure} on a setting of a hub: what a supergraph's subgraphs are is theirs to tell. */
function settingsOf({ gatewayFile }: ServeOptions, environment: NodeJS.ProcessEnv): GatewaySettings {
  if (gatewayFile === undefined) return USUAL_SETTINGS;
  const settings = readingConfig(() => loadGatewaySettings(gatewayFile, environment));
  const { offer, counties, departments } = settings;
  if (offer === null && counties.length === 0 && departments === null) return settings;
  throw new CommandFailure(
    EXIT.usage,
    `${gatewayFile}：offer、counties、departments 只用于 start 和 subgraph。Cannot serve: offer, counties and departments are for start and subgraph alone.`,
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
