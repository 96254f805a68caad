import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RemoteKeySettings } from '../identity-settings.js';

/** An issuer's address on this machine. */
export interface KeyServer {
  readonly settings: RemoteKeySettings;
  /** Requests so far. */
  asked(): number;
  answer(listener: RequestListener): void;
  close(): Promise<void>;
}

export async function startKeyServer(): Promise<KeyServer> {
  let asked = 0;
  let listener: RequestListener = (_, response) => void response.writeHead(500).end();
  const server = createServer((request, response) => {
    asked += 1;
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    settings: {
      kind: 'url',
      url: `http://127.0.0.1:${port}/certs?realm=county`,
      authorization: null,
      authorities: null,
      maxAgeMs: 3_600_000,
      staleForMs: 4 * 3_600_000,
      timeoutMs: 2000,
    },
    asked: () => asked,
    answer: (next) => {
      listener = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function answerJson(value: unknown): RequestListener {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
}
