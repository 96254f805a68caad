import { fork, type SendHandle } from 'node:child_process';
import type { Server } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Connections that a turn of the event loop accepts besides the one that Node accepts by itself. */
const MORE = 15;

/**
 * Accepts several connections a turn of the event loop, where Node accepts one: under load turns take long, and new callers would wait
 * for seconds. It takes as many descriptors of the same listening socket, which a short-lived process gives back.
 *
 * @param server listening.
 * @param onHandle is given each of them; what accepts from it is another server that listens on it.
 */
export function acceptMore(server: Server, onHandle: (handle: SendHandle) => void): void {
  const child = fork(fileURLToPath(new URL('echo-handle.js', import.meta.url)), { stdio: 'ignore' });
  child.on('message', (_, handle) => onHandle(handle));
  // Without it connections are accepted one by one.
  child.on('error', () => undefined);
  child.send(MORE, bareHandleOf(server), () => undefined);
  child.unref();
  child.channel?.unref();
}

/** A server that is sent would listen where it arrives, and take connections there that nobody answers. */
function bareHandleOf(server: Server): SendHandle {
  return (server as unknown as { readonly _handle: SendHandle })._handle;
}
