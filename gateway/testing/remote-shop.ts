import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledSources } from './compiled-sources.js';
import { composeShop } from './shop-graph.js';

export interface RemoteShop {
  readonly supergraphFile: string;
  /** `127.0.0.1:<port>` of every subgraph. */
  readonly addresses: readonly string[];
  /** Stops one subgraph's server and cuts its connections, as a crash would. */
  kill(name: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Every subgraph of the shop as an HTTP server of its own (mercurius), and the supergraph that names their
 * addresses. They run in another process.
 */
export async function openRemoteShop(compiled: CompiledSources): Promise<RemoteShop> {
  const child = fork(compiled.pathOf('gateway/testing/shop-process.ts'), { execArgv: [] });
  const exited = once(child, 'exit');
  const started = once(child, 'message');
  const first = await Promise.race([
    started,
    exited.then(() => Promise.reject(new Error('the shop did not start'))),
  ]);
  const urls = new Map((first[0] as { readonly urls: readonly (readonly [string, string])[] }).urls);
  const folder = mkdtempSync(join(tmpdir(), 'shop-'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  writeFileSync(
    supergraphFile,
    composeShop((name) => urls.get(name) ?? ''),
  );
  return {
    supergraphFile,
    addresses: [...urls.values()].map((url) => new URL(url).host),
    kill: async (name) => {
      const killed = once(child, 'message');
      child.send(name);
      await killed;
    },
    close: async () => {
      child.disconnect();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
