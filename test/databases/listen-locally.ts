import type { Server } from 'node:net';

/** Listens on a free port of 127.0.0.1 and tells which one it is. */
export function listenLocally(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
