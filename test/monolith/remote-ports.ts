import { execute, parse } from 'graphql';
import { sendJson, serveHttp } from '../../gateway/testing/http-subgraph.js';
import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import { type GraphUnderTest, newContext, type Ports } from './graph-under-test.js';

/** Subgraphs behind HTTP. */
export interface RemotePorts {
  /** Identical reads under way are sent once. */
  readonly sharing: Ports;
  /** Every read is sent. */
  readonly separate: Ports;
  /** Requests that came in since the last call of this. */
  takeCalls(): number;
  close(): Promise<void>;
}

/** @param linger waits before an answer is sent. */
export async function openRemotePorts(
  schemas: GraphUnderTest['schemas'],
  linger: () => Promise<void>,
): Promise<RemotePorts> {
  let calls = 0;
  const servers = await Promise.all(
    [...schemas].map(async ([name, schema]) => {
      const server = await serveHttp(async (_request, response, body) => {
        calls++;
        const { query, variables, operationName } = JSON.parse(body);
        const document = parse(query);
        const contextValue = newContext();
        const answer = await execute({
          schema,
          document,
          contextValue,
          variableValues: variables,
          operationName,
        });
        await linger();
        sendJson(response, answer);
      });
      return { name, server };
    }),
  );
  const pools = createOriginPools();
  const portsThat = (options: { readonly sharesReads: boolean }): Ports =>
    new Map(
      servers.map(({ name, server }) => [
        name,
        createRemoteSubgraph({ name, url: server.url, pools, ...options }),
      ]),
    );
  return {
    sharing: portsThat({ sharesReads: true }),
    separate: portsThat({ sharesReads: false }),
    takeCalls: () => {
      const taken = calls;
      calls = 0;
      return taken;
    },
    close: async () => {
      await pools.close();
      await Promise.all(servers.map(({ server }) => server.close()));
    },
  };
}
