import type { GatewaySettings } from '../../county/config/gateway-settings.js';
import type { GatewayOptions } from '../../gateway/create-gateway.js';
import type { Keeper } from '../workers/keeper.js';

interface OpenedShared {
  /** What a gateway is told of it. */
  readonly options: Pick<GatewayOptions, 'ledger'>;
  /** To be called when the gateway is closed. */
  close(): Promise<void>;
}

/** Opens where limits are counted with other machines, if the settings name it; else with other workers. */
export async function openShared(
  { sharedRedis }: Pick<GatewaySettings, 'sharedRedis'>,
  keeper: Pick<Keeper, 'ledger'> | null,
): Promise<OpenedShared> {
  if (sharedRedis === null) {
    return { options: keeper === null ? {} : { ledger: keeper.ledger }, close: () => Promise.resolve() };
  }
  // The client is large, and most counties have none.
  const { openRedisLedger } = await import('../../runtime/ledger/redis/redis-ledger.js');
  const ledger = await openRedisLedger(sharedRedis);
  return { options: { ledger }, close: () => ledger.close() };
}
