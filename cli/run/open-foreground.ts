import type { Gateway } from '../../gateway/create-gateway.js';
import type { ListenAddress } from '../../runtime/listen-address.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { addressFailure } from './require-address.js';

/**
 * Opens a gateway for a verb.
 *
 * @param what begins the sentence when the graph itself is at fault.
 * @throws {CommandFailure} with one sentence when the address or the graph cannot be used.
 */
export async function openForeground(
  open: () => Promise<Gateway>,
  address: ListenAddress,
  what: string,
): Promise<Gateway> {
  try {
    return await open();
  } catch (error) {
    const failure = addressFailure(error, address);
    if (failure !== null) throw failure;
    if (!(error instanceof Error)) throw error;
    throw new CommandFailure(EXIT.usage, `无法启动。${what}: ${error.message}`, { cause: error });
  }
}
