import type { IncomingMessage, ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { systemClock } from '../../runtime/clock.js';
import { createGateway, type Gateway, type GatewayOptions } from '../create-gateway.js';
import { createLogger } from '../observe/logger.js';
import { createMetrics } from '../observe/metrics.js';
import { createOriginPools } from '../transport/origin-pools.js';
import { createRemoteSubgraph } from '../transport/remote-subgraph.js';
import { serveHttp, type TestServer } from './http-subgraph.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable", "@requires", "@external"])\n`;

interface RemotePart {
  /** Without the link to the federation's directives. */
  readonly sdl: string;
  /** Answers a request, given its whole text; a text is sent as JSON with status 200. */
  readonly answer: (text: string, request: IncomingMessage, response: ServerResponse) => string | undefined;
}

export interface RemoteGateway {
  readonly gateway: Gateway;
  /** Everything that was logged, decoded. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** Posts a body as it is. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  close(): Promise<void>;
}

/** A listening gateway over subgraphs that are HTTP servers with whatever answers. */
export async function openRemoteGateway(
  parts: Readonly<Record<string, RemotePart>>,
  options: Pick<
    GatewayOptions,
    'limits' | 'allowedOrigins' | 'carrier' | 'standing' | 'edition' | 'tags'
  > = {},
): Promise<RemoteGateway> {
  const servers = new Map<string, TestServer>();
  for (const [name, { answer }] of Object.entries(parts)) {
    const server = await serveHttp((request, response, text) => {
      const reply = answer(text, request, response);
      if (reply !== undefined) response.writeHead(200, { 'content-type': 'application/json' }).end(reply);
    });
    servers.set(name, server);
  }
  const { supergraphSdl = '', errors = [] } = composeServices(
    Object.entries(parts).map(([name, { sdl }]) => ({
      name,
      url: servers.get(name)?.url ?? '',
      typeDefs: parse(LINK + sdl),
    })),
  );
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  const log: Readonly<Record<string, unknown>>[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _, done) => {
      log.push(JSON.parse(chunk.toString('utf8')));
      done();
    },
  });
  const pools = createOriginPools();
  const readFreshness = () => Promise.resolve([]);
  const gateway = await createGateway({
    access: 'open',
    supergraphSdl,
    subgraph: ({ name, url }) => createRemoteSubgraph({ name, url, pools }),
    address: { host: '127.0.0.1', port: 0 },
    clock: systemClock,
    logger: createLogger('debug', destination),
    metrics: createMetrics(systemClock, readFreshness),
    readFreshness,
    ...options,
  });
  return {
    gateway,
    log,
    post: (body, headers = {}) =>
      fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      }),
    close: async () => {
      await gateway.close();
      await pools.close();
      await Promise.all([...servers.values()].map((server) => server.close()));
    },
  };
}
