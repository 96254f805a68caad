import { createServer, type ServerResponse } from 'node:http';
import { request } from 'undici';
import { withDeadline } from '../../../../adapters/call-deadline.js';
import { ALWAYS } from '../../../../adapters/condition.js';
import type { CallBounds, ReadRequest, SourceAdapter } from '../../../../adapters/source-adapter.js';
import { SourceRejected, SourceUnavailable } from '../../../../adapters/source-error.js';
import type { SourceRow } from '../../../../adapters/source-value.js';

/** What the server does with one request; `nth` counts from 1. */
type Behaviour = (response: ServerResponse, nth: number) => void;

/** A real HTTP server that counts what reaches it, and an adapter on it. */
interface CountedSource {
  readonly adapter: SourceAdapter;
  /** `performance.now()` of every request that reached the server. */
  readonly arrivals: readonly number[];
  /** Requests whose connection was closed before they were answered. */
  readonly closedEarly: () => number;
  behave(behaviour: Behaviour): void;
}

export const answerRow: Behaviour = (response) => {
  response.end('["row"]');
};
export const fail: Behaviour = (response) => {
  response.writeHead(503).end();
};
export const neverAnswer: Behaviour = () => undefined;

/** A read that differs from others by its limit. */
export function readNumber(limit: number): ReadRequest {
  return { from: { name: 'rows' }, columns: ['cell'], where: ALWAYS, orderBy: [], limit };
}

/** @param exchanges how many exchanges one read takes, or null: the adapter is guarded as a whole. */
export async function withCountedSource(
  exchanges: number | null,
  work: (source: CountedSource) => Promise<void>,
): Promise<void> {
  const arrivals: number[] = [];
  let closed = 0;
  let behaviour = answerRow;
  const server = createServer((_, response) => {
    arrivals.push(performance.now());
    response.on('close', () => {
      if (!response.writableEnded) closed++;
    });
    behaviour(response, arrivals.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  try {
    await work({
      adapter: openAdapter(`http://127.0.0.1:${address.port}/`, exchanges),
      arrivals,
      closedEarly: () => closed,
      behave: (next) => {
        behaviour = next;
      },
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function openAdapter(url: string, exchanges: number | null): SourceAdapter {
  const refuse = (): Promise<never> => Promise.reject(new SourceRejected('only reads'));
  const exchange = (bounds: CallBounds): Promise<SourceRow> =>
    withDeadline(bounds, 'read', async ({ signal }) => {
      const { statusCode, body } = await request(url, { signal }).catch((cause: unknown) => {
        throw new SourceUnavailable('Cannot read: nobody answers', { cause });
      });
      const text = await body.text();
      if (statusCode === 400) throw new SourceRejected('Cannot read: refused');
      if (statusCode !== 200) throw new SourceUnavailable(`Cannot read: status ${statusCode}`);
      return JSON.parse(text) as string[];
    });
  return {
    kind: 'counted',
    capabilities: {
      filters: false,
      orders: false,
      keyset: false,
      tallies: false,
      cancels: true,
      exchanges: exchanges !== null,
    },
    describe: refuse,
    read: async (_, bounds) => {
      if (exchanges === null) return [await exchange(bounds)];
      const guard = bounds.guard ?? ((send) => send());
      return Promise.all(Array.from({ length: exchanges }, () => guard(() => exchange(bounds))));
    },
    tally: refuse,
    probe: refuse,
    explain: () => url,
    close: () => Promise.resolve(),
  };
}
