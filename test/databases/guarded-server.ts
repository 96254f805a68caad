import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { listenLocally } from './listen-locally.js';
import type { Identity } from './run-as.js';

/**
 * Keeps the server only while its standard input is open: that ends with the process which holds it, however
 * that ends, and then the server is stopped and its folder removed.
 */
const GUARD = `
folder=$1; shift
"$@" >"$folder/server.log" 2>&1 </dev/null &
server=$!
( cat >/dev/null; kill -9 "$server" 2>/dev/null ) <&3 &
reader=$!
wait "$server"
kill "$reader" 2>/dev/null
exec 3<&-
sleep 0.2
rm -rf "$folder"
`;

interface GuardedServer {
  /** Resolves when the server has ended and its folder is gone. */
  stop(): Promise<void>;
  hasEnded(): boolean;
}

/** Starts a server that ends with this process, even when that crashes. */
export function startGuarded(
  folder: string,
  identity: Identity,
  command: string,
  args: readonly string[],
): GuardedServer {
  // Its own process group: Ctrl+C in a terminal must not reach the guard before it has cleaned up.
  const guard: ChildProcess = spawn('sh', ['-c', `exec 3<&0; ${GUARD}`, 'guard', folder, command, ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: tmpdir(),
    ...identity,
  });
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    guard.on('error', () => resolve());
    guard.on('exit', () => {
      isOver = true;
      resolve();
    });
  });
  // Suites share it, so that it outlives the one which started it, and must not keep the worker from ending.
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return {
    hasEnded: () => isOver,
    stop: async () => {
      guard.stdin?.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  const port = await listenLocally(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Tries again until it succeeds; the last failure is thrown when the time is up or the server has ended. */
export async function waitUntilReady(server: GuardedServer, attempt: () => Promise<void>): Promise<void> {
  const endsAt = performance.now() + 60_000;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (server.hasEnded() || performance.now() > endsAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
