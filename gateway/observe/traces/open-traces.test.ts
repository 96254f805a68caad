import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenLocally } from '../../../test/databases/listen-locally.js';
import { compileSources } from '../../testing/compiled-sources.js';

/** More than the 4096 that may wait: each note is one span here. */
const NOTES = 5000;

/** What a collector does with a batch that it got. */
const COLLECTORS: Readonly<Record<string, RequestListener>> = {
  'takes them': (request, response) => void request.resume().on('end', () => response.end('{}')),
  hangs: (request) => void request.resume(),
  'answers a little at a time, for ever': (request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    drip(response);
  },
  'answers 500': (request, response) =>
    void request.resume().on('end', () => response.writeHead(500).end('{}')),
  'asks to come again later': (request, response) =>
    void request.resume().on('end', () => response.writeHead(503, { 'retry-after': '1' }).end()),
  'cuts the connection': (request) => void request.socket.destroy(),
};

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
}

interface Ended {
  readonly closeMs: number;
  readonly endMs: number;
  readonly code: number | null;
  readonly outcomes: Readonly<Record<'exported' | 'failed' | 'dropped', number>>;
}

/** Runs a process that sends to it. @param listener null: nobody listens. */
async function sendTo(listener: RequestListener | null): Promise<Ended> {
  const compiled = await compileSources();
  const collector: Server = createServer(listener ?? undefined);
  const port = await listenLocally(collector);
  if (listener === null) await new Promise((resolve) => collector.close(resolve));
  try {
    const script = compiled.pathOf('gateway/observe/traces/testing/send-and-end.ts');
    const child = spawn(process.execPath, [script, `http://127.0.0.1:${port}/v1/traces`, String(NOTES)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let closedAt = 0;
    child.stdout.once('data', () => {
      closedAt = performance.now();
    });
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    return { ...JSON.parse(said), endMs: performance.now() - closedAt, code };
  } finally {
    collector.closeAllConnections();
    collector.close();
  }
}

describe('a collector of traces that', () => {
  it.concurrent.each([...Object.entries(COLLECTORS), ['is not there', null] as const])(
    '%s keeps no process from ending, and every span is accounted for',
    async (name, listener) => {
      const { closeMs, endMs, code, outcomes } = await sendTo(listener);
      expect(code).toBe(0);
      // Two seconds, and what a busy machine adds.
      expect(closeMs).toBeLessThan(4000);
      expect(endMs).toBeLessThan(2000);
      const { exported, failed, dropped } = outcomes;
      expect(exported + failed + dropped).toBe(NOTES);
      expect(dropped).toBeGreaterThanOrEqual(NOTES - 4096);
      if (name === 'takes them') expect(exported).toBe(4096);
      else expect(exported).toBe(0);
    },
    60_000,
  );
});
