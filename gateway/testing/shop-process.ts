import { systemClock } from '../../runtime/clock.js';
import { createSubgraphServer } from '../../subgraphs/port/serve-subgraph.js';
import { SHOP_SUBGRAPHS } from './shop-graph.js';

/** Run as a process of its own: serves every subgraph of the shop and tells their addresses to its parent. */
const urls: [string, string][] = [];
const servers = new Map<string, Awaited<ReturnType<typeof createSubgraphServer>>>();
for (const { name, schema } of SHOP_SUBGRAPHS) {
  const server = await createSubgraphServer(schema, systemClock);
  urls.push([name, `${await server.listen({ host: '127.0.0.1', port: 0 })}/graphql`]);
  servers.set(name, server);
}

process.on('message', async (name) => {
  const server = servers.get(String(name));
  server?.server.closeAllConnections();
  await server?.close();
  process.send?.({ killed: name });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ urls });
