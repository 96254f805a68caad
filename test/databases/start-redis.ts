import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { startGuarded, waitUntilReady } from './guarded-server.js';
import { identityOf } from './run-as.js';

export interface RedisServer {
  /** Ends it as a crash would: what it held is lost. */
  kill(): Promise<void>;
  /** Keeps it from answering, its connections open, until `resume`. */
  pause(): void;
  resume(): void;
}

/** A Redis of its own that keeps nothing. @param more of its options, such as `--requirepass`. */
export async function startRedis(
  program: string,
  port: number,
  more: readonly string[] = [],
  client: NonNullable<Parameters<typeof createClient>[0]> = { url: `redis://127.0.0.1:${port}` },
): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'enforcement-redis-'));
  const pidFile = join(folder, 'redis.pid');
  const server = startGuarded(folder, identityOf('root'), program, [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--pidfile', pidFile],
    ...['--save', '', '--appendonly', 'no', ...more],
  ]);
  await waitUntilReady(server, async () => {
    const looking = createClient({
      ...client,
      disableClientInfo: true,
      socket: { ...client.socket, reconnectStrategy: false },
    });
    looking.on('error', () => undefined);
    await looking.connect();
    await looking.ping();
    looking.destroy();
  });
  const signal = (name: NodeJS.Signals): void => {
    process.kill(Number(readFileSync(pidFile, 'utf8')), name);
  };
  return {
    kill: () => server.stop(),
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
  };
}
