import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handle = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface TestServer {
  readonly url: string;
  /** Cuts what is still open. */
  close(): Promise<void>;
}

/** A real HTTP server on a free port of this machine. */
export async function startTestServer(handle: Handle): Promise<TestServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => handle(request, response, Buffer.concat(chunks).toString('utf8')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Where nobody listens. */
export async function findDeadUrl(): Promise<string> {
  const { url, close } = await startTestServer(() => undefined);
  await close();
  return url;
}

export function sendJson(response: ServerResponse, json: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(json);
}
