import type { Look, LookAnswer } from '../../gateway/health/look.js';
import { openHealthPort } from '../../gateway/health/open-health-port.js';
import type { ListenAddress } from '../../runtime/listen-address.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { addressFailure } from './require-address.js';

/**
 * Opens the port for health and metrics, where one is wanted; a worker's keeper has it.
 *
 * @returns what closes it.
 * @throws {CommandFailure} when the address cannot be had.
 */
export async function serveHealthPort(
  address: ListenAddress | null,
  look: (asked: Look) => Promise<LookAnswer>,
  io: Pick<VerbIo, 'keeper' | 'say'>,
): Promise<() => Promise<void>> {
  if (address === null || io.keeper !== null) return async () => undefined;
  try {
    const { origin, close } = await openHealthPort(address, look);
    io.say(`健康与指标 Health and metrics: ${origin}/health/live`);
    return close;
  } catch (error) {
    throw addressFailure(error, address) ?? error;
  }
}
