import type { Gateway } from '../../gateway/create-gateway.js';
import { errorCodeOf } from '../../runtime/error-code.js';
import type { ListenAddress } from '../../runtime/listen-address.js';
import { CommandFailure, EXIT } from '../exit-code.js';

/** Why the system does not give an address. */
const ADDRESS_REASONS: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'another process has it'],
  ['EACCES', 'the system does not allow it'],
  ['EADDRNOTAVAIL', 'this machine does not have it'],
  ['ENOTFOUND', 'nobody knows it'],
]);

/**
 * Opens a gateway for a verb.
 *
 * @param what begins the sentence when the graph itself is at fault.
 * @throws {CommandFailure} with one sentence when the address or the graph cannot be used.
 */
export async function openForeground(
  open: () => Promise<Gateway>,
  { host, port }: ListenAddress,
  what: string,
): Promise<Gateway> {
  try {
    return await open();
  } catch (error) {
    const code = errorCodeOf(error) ?? '';
    const reason = ADDRESS_REASONS.get(code);
    if (reason !== undefined) {
      throw new CommandFailure(
        EXIT.usage,
        `Cannot listen on ${host}:${port}: the address must be free, but ${reason} (${code}).`,
      );
    }
    if (!(error instanceof Error)) throw error;
    throw new CommandFailure(EXIT.usage, `${what}: ${error.message}`, { cause: error });
  }
}
