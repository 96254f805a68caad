import { createServer } from 'node:net';
import { errorCodeOf } from '../../runtime/error-code.js';
import type { ListenAddress } from '../../runtime/listen-address.js';
import { CommandFailure, EXIT } from '../exit-code.js';

/** Why the system does not give an address. */
const REASONS: ReadonlyMap<string, readonly [zh: string, en: string]> = new Map([
  ['EADDRINUSE', ['已被其他进程占用，可用 --port 另选', 'another process has it: choose another by --port']],
  ['EACCES', ['系统不允许监听', 'the system does not allow it']],
  ['EADDRNOTAVAIL', ['不是本机的地址', 'this machine does not have it']],
  ['ENOTFOUND', ['无法解析', 'nobody knows it']],
]);

/** The sentence for an address that cannot be listened on; null when the error is about something else. */
export function addressFailure(error: unknown, { host, port }: ListenAddress): CommandFailure | null {
  const code = errorCodeOf(error) ?? '';
  const reason = REASONS.get(code);
  if (reason === undefined) return null;
  const [zh, en] = reason;
  return new CommandFailure(
    EXIT.usage,
    `${host}:${port} ${zh}。Cannot listen on ${host}:${port}: the address must be free, but ${en} (${code}).`,
  );
}

/**
 * Asks the system for an address and gives it back, so that minutes of work are not done for nothing.
 *
 * @throws {CommandFailure} when it is not to be had.
 */
export async function requireAddress(address: ListenAddress): Promise<void> {
  const { host, port } = address;
  if (port === 0) return;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
  } catch (error) {
    throw addressFailure(error, address) ?? error;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
