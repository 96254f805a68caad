import { setTimeout as wait } from 'node:timers/promises';
import { TICKET_HEADER, TICKET_TOKEN } from './demo-credentials.js';
import { type DemoServer, startDemoServer } from './demo-server.js';
import type { Fault } from './faults.js';
import { jsonAnswer } from './legacy-protocol.js';

const ROWS = Array.from({ length: 200 }, (_, index) => ({ xh: index, zbdw: '嵊泗县市场监督管理局' }));
const TRUE_TEXT = JSON.stringify({ code: 200, rows: ROWS });
let server: DemoServer;

beforeEach(async () => {
  server = await startDemoServer({
    failure: jsonAnswer({ code: 500 }),
    answer: () => jsonAnswer({ code: 200, rows: ROWS }),
    close: () => undefined,
  });
});
afterEach(() => server.close());

function call(timeoutMs = 5000): Promise<Response> {
  const headers = { [TICKET_HEADER]: TICKET_TOKEN };
  return fetch(`${server.url}/rows?page=1`, { headers, signal: AbortSignal.timeout(timeoutMs) });
}

/** How many bytes arrive before the caller leaves. */
async function readSome(most: number): Promise<number> {
  let bytes = 0;
  for await (const part of (await call()).body ?? []) {
    bytes += (part as Uint8Array).length;
    if (bytes > most) break;
  }
  return bytes;
}

describe('a server of the demo county', () => {
  it('answers truly when nothing is wrong, and counts who came', async () => {
    expect(await (await call()).text()).toBe(TRUE_TEXT);
    await (await call()).text();
    const { total, byPath, recent } = server.requests();
    expect([total, byPath.get('/rows'), recent.length]).toEqual([2, 2, 2]);
    expect(Math.abs((recent[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it.each<[string, Fault]>([
    ['refused', { transport: 'refused' }],
    ['reset', { transport: 'reset' }],
  ])(
    '%s: the caller is cut off, and served again at the same port once it is healed',
    async (_name, fault) => {
      const { url } = server;
      await server.inject(fault);
      await expect(call().then((response) => response.text())).rejects.toThrow();
      await server.inject(null);
      expect(server.url).toBe(url);
      expect(await (await call()).text()).toBe(TRUE_TEXT);
    },
  );

  it.each<[string, Fault]>([
    ['silent', { transport: 'silent' }],
    ['half-open', { transport: 'half-open' }],
    ['drip', { transport: 'drip' }],
    ['late', { delayMs: 10_000 }],
    ['drip of an error page', { status: 503, transport: 'drip' }],
  ])('%s: no complete answer comes in time', async (_name, fault) => {
    await server.inject(fault);
    await expect(call(300).then((response) => response.text())).rejects.toThrow('timeout');
  });

  it('drips one byte a second', async () => {
    await server.inject({ transport: 'drip' });
    const reader = (await call()).body?.getReader();
    expect((await reader?.read())?.value).toHaveLength(1);
    await reader?.cancel();
  });

  it('goes on and on, for as long as anybody reads', async () => {
    await server.inject({ content: 'huge' });
    expect(await readSome(30_000_000)).toBeGreaterThan(30_000_000);
    await server.inject({ content: 'gzip-bomb' });
    expect(await readSome(30_000_000)).toBeGreaterThan(30_000_000);
    await server.inject({ content: 'gzip-bomb', bytes: 1_000_000 });
    const response = await call();
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect((await response.text()).length).toBeGreaterThan(1_000_000);
  });

  it.each<[string, Fault, number, (text: string) => boolean]>([
    ['status', { status: 502 }, 502, (text) => text.includes('系统维护中')],
    ['HTML under 200', { content: 'html' }, 200, (text) => text.startsWith('<!DOCTYPE html>')],
    ['failure under 200', { content: 'failure' }, 200, (text) => text === '{"code":500}'],
    ['truncated', { content: 'truncated' }, 200, (text) => TRUE_TEXT.startsWith(text) && text !== TRUE_TEXT],
    ['wrong charset', { content: 'wrong-charset' }, 200, (text) => text.includes('\ufffd')],
    ['document type', { content: 'doctype' }, 200, (text) => text.startsWith('<!DOCTYPE answer [')],
    ['two at once', { content: 'failure', delayMs: 5 }, 200, (text) => text === '{"code":500}'],
  ])('%s: an answer that is none', async (_name, fault, status, claim) => {
    await server.inject(fault);
    const response = await call();
    expect(response.status).toBe(status);
    expect(claim(await response.text())).toBe(true);
  });

  it('says in its date that its clock is wrong', async () => {
    await server.inject({ clockOffsetMs: 300_000 });
    const { headers } = await call();
    const ahead = Date.parse(headers.get('date') ?? '') - Date.now();
    expect(Math.abs(ahead - 300_000)).toBeLessThan(60_000);
  });

  it('cuts whoever still waits when it closes, and closes twice without harm', async () => {
    await server.inject({ transport: 'silent' });
    const waiting = expect(call()).rejects.toThrow();
    await wait(50);
    await server.close();
    await waiting;
    await server.close();
  });
});
