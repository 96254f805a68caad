import type { Server } from 'node:net';

/**
 * Sends a listening socket back as often as it is told to: each time it arrives as a descriptor of its own, for which there is no
 * call in Node. Run in a process of its own, which ends with that.
 */
process.on('message', (times: number, server: Server) => {
  let left = times;
  const send = (): void => {
    if (left === 0) {
      server.close();
      process.disconnect();
      return;
    }
    left -= 1;
    process.send?.('again', server, send);
  };
  send();
});
