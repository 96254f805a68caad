import { join } from 'node:path';
import type { Config } from '../../county/config/config.js';
import type { GatewaySettings } from '../../county/config/gateway-settings.js';
import type { FreshnessKeeper } from '../../county/keep-fresh.js';
import type { CountyObserver } from '../../county/observe/observer.js';
import type { Logger } from '../../gateway/observe/logger.js';
import type { Clock } from '../../runtime/clock.js';
import type { Hands } from '../../subgraphs/port/hands.js';
import { HUB } from '../../subgraphs/subgraph-folder.js';
import { openRecorder, requireAudit } from './access-of.js';
import { openHands } from './county-hands.js';
import { recordInAudit, recordInLog } from './hands-record.js';
import { openPauses } from './open-pauses.js';

interface SubgraphHandsOptions {
  readonly name: string;
  readonly config: Pick<Config, 'today' | 'gateway'>;
  readonly clock: Clock;
  /** Where pauses outlive the process. */
  readonly folder: string;
  readonly observer: CountyObserver;
  readonly freshness: Pick<FreshnessKeeper, 'look'>;
  readonly logger: Logger;
}

interface SubgraphHands {
  readonly hands: Hands;
  /** Hears from now on what is held back at other machines. */
  start(): void;
  close(): Promise<void>;
}

/** Of a process that no gateway signs callers for. */
const UNSIGNED =
  '子图进程未配置 callerKey，不能确认请求来自网关：请在各进程的 gateway.yaml 中写明。The subgraphs have no callerKey and cannot tell that a gateway asks: name it in the gateway.yaml of all processes.';

/**
 * What is done by hand to interfaces of a subgraph that is a process of its own.
 *
 * @throws {CommandFailure} when the hub above may do something and nothing says where that is recorded.
 */
export async function openSubgraphHands(options: SubgraphHandsOptions): Promise<SubgraphHands> {
  const { name, config, clock, folder, observer, freshness, logger } = options;
  const { gateway } = config;
  const { callerKey, offer } = gateway;
  const kept = await openPauses({
    folder,
    clock,
    watching: observer,
    config,
    logger,
  });
  // What a hub above asks is recorded here; what a gateway asks, it has recorded.
  const recording = name === HUB && offer?.takesHands === true ? await openHubRecorder(gateway) : null;
  const look = (): void => void freshness.look();
  return {
    hands: openHands({
      clock,
      pauses: kept.pauses,
      closed: callerKey === null && recording === null ? UNSIGNED : null,
      record: recording === null ? recordInLog(logger) : recordInAudit(() => recording.recorder ?? null),
      set: async (...asked) => {
        const reach = await kept.set(...asked);
        await freshness.look();
        return reach;
      },
      log: null,
      setNotes: (...asked) => observer.note(...asked),
      onForwarded: look,
    }),
    start: () => kept.start(look),
    close: async () => {
      kept.stop();
      await recording?.close();
    },
  };
}

/** Beside the audit of a gateway on the same machine. @throws {CommandFailure} when nothing says where. */
function openHubRecorder({ audit }: Pick<GatewaySettings, 'audit'>): ReturnType<typeof openRecorder> {
  const settings = requireAudit(audit);
  return openRecorder(
    {
      ...settings,
      folder: join(settings.folder, HUB),
      copyFolder: settings.copyFolder && join(settings.copyFolder, HUB),
    },
    null,
  );
}
