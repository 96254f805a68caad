import type { SendHandle } from 'node:child_process';

/**
 * Sends the handle of a listening socket back as often as it is told to: each time it arrives as a descriptor of its own, for
 * which there is no call in Node. Run in a process of its own, which ends with that and accepts nothing: what it gets is the bare
 * handle, not a server that listens.
 */
process.on('message', (times: number, handle: SendHandle) => {
  let left = times;
  const send = (): void => {
    if (left === 0) {
      process.disconnect();
      return;
    }
    left -= 1;
    process.send?.('again', handle, send);
  };
  send();
});
