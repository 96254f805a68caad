import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { shedEarly } from './shed-early.js';

let server: Server;
let url: string;
let isOpen = false;
let keepsConnections = true;
let shed = 0;
const keys: string[] = [];
beforeAll(async () => {
  const admission = {
    sheds: (key: string) => {
      keys.push(key);
      return !isOpen;
    },
  };
  server = createServer(
    shedEarly((_, response) => response.end('handled'), {
      admission,
      allowedOrigins: ['https://board.example.cn'],
      onShed: () => {
        shed += 1;
      },
      keepsConnections: () => keepsConnections,
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  isOpen = false;
  keepsConnections = true;
  shed = 0;
  keys.length = 0;
});

const post = (headers: Record<string, string> = {}) =>
  fetch(`${url}/graphql`, { method: 'POST', body: '{"query":"{ a }"}', headers });

describe('shedEarly()', () => {
  it('refuses with a code, a request id, and when to come back', async () => {
    const response = await post({ 'x-request-id': 'mine' });
    expect([response.status, shed]).toEqual([503, 1]);
    expect(response.headers.get('retry-after')).toMatch(/^[123]$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      errors: [
        {
          message: expect.stringMatching(/[\u4e00-\u9fff].*busy/),
          extensions: { code: 'OVERLOADED', retryable: true, requestId: 'mine' },
        },
      ],
    });
  });

  it('sends callers to another connection when this one is to end', async () => {
    const kept = await post();
    keepsConnections = false;
    const ended = await post();
    expect([kept, ended].map(({ headers }) => headers.get('connection'))).toEqual(['keep-alive', 'close']);
  });

  it('lets a page of an allowed origin read it, and no other', async () => {
    const own = await post({ origin: 'https://board.example.cn' });
    const other = await post({ origin: 'https://else.example.cn' });
    expect([own, other].map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([
      'https://board.example.cn',
      null,
    ]);
  });

  it('asks by what a caller proves himself with, else by his address', async () => {
    await post({ authorization: 'Bearer x' });
    await post({ 'x-api-key': 'board.y' });
    await post();
    expect(keys).toEqual(['Bearer x', 'board.y', '127.0.0.1']);
  });

  it.each(['/health/live', '/health/ready', '/metrics', '/export'])('lets %s pass', async (path) => {
    expect(await (await fetch(`${url}${path}`)).text()).toBe('handled');
  });

  it('takes the next request of the same connection once there is room', async () => {
    expect((await post()).status).toBe(503);
    isOpen = true;
    expect(await (await post()).text()).toBe('handled');
  });
});
