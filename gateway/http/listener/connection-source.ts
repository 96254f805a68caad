import type { Socket } from 'node:net';

/** Where a gateway's connections come from. */
export interface ConnectionSource {
  /**
   * @param take is given each connection; nothing was read of it.
   * @returns where callers connect, as `http://127.0.0.1:4000`. @throws the system's error when the address cannot be had.
   */
  open(take: (connection: Socket) => void): Promise<string>;
  /** Accepts no more. Resolves when all who had connected were given to `take`. Idempotent. */
  stop(): Promise<void>;
}
