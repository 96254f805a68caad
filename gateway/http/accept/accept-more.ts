import { fork, type SendHandle } from 'node:child_process';
import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Connections that a turn of the event loop accepts besides the one that Node accepts by itself. */
const MORE = 15;

/**
 * Accepts several connections a turn of the event loop, where Node accepts one: under load turns take long, and new callers would wait
 * for seconds. It takes as many descriptors of the same listening socket, which a short-lived process gives back.
 *
 * @param server listening.
 * @returns stops accepting, and resolves when the connections that were accepted so have ended.
 */
export function acceptMore(server: HttpServer): () => Promise<void> {
  const more: Server[] = [];
  let isStopped = false;
  const child = fork(fileURLToPath(new URL('echo-handle.js', import.meta.url)), { stdio: 'ignore' });
  child.on('message', (_, handle) => {
    if (isStopped) return;
    // As an HTTP server's own.
    const one = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      server.emit('connection', socket),
    );
    more.push(one.listen(handle));
  });
  // Without it connections are accepted one by one.
  child.on('error', () => undefined);
  child.send(MORE, bareHandleOf(server), () => undefined);
  child.unref();
  child.channel?.unref();
  return async () => {
    isStopped = true;
    await Promise.all(
      more.map((one) => {
        one.close();
        return once(one, 'close');
      }),
    );
  };
}

/** A server that is sent would listen where it arrives, and take connections there that nobody answers. */
function bareHandleOf(server: HttpServer): SendHandle {
  return (server as unknown as { readonly _handle: SendHandle })._handle;
}
