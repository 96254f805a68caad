import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { buildSchema } from 'graphql';
import { openApp } from '../open-app.js';
import { DEFAULT_LIMITS } from '../request-limits.js';
import { readConsoleFiles } from './console-files.js';
import { feedsConsole, serveConsole } from './serve-console.js';

const PAGE = '<!doctype html><title>页</title>';
const SCRIPT = 'console.log("页");';

let folder: string;
let app: FastifyInstance;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eg-console-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'assets', 'main-Xy12.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'main-Xy12.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, 'assets', 'main-Xy12.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(folder, 'made-of'), 'a digest');
  app = openApp(DEFAULT_LIMITS, () => 'serving');
  serveConsole(app, readConsoleFiles(folder));
  await app.ready();
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const asset = (headers: Record<string, string> = {}) => get('/console/assets/main-Xy12.js', headers);

describe('the page of the console', () => {
  it('is never kept, and lets nothing in from elsewhere', async () => {
    const { statusCode, headers, body } = await get('/console/');
    expect([statusCode, body]).toEqual([200, PAGE]);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'"]),
    );
    expect(policy).toEqual(expect.arrayContaining(["connect-src 'self'", "frame-ancestors 'none'"]));
  });

  it('is found without the stroke at the end of its address', async () => {
    const { statusCode, headers } = await get('/console');
    expect([statusCode, headers.location]).toEqual([308, 'console/']);
  });
});

describe('a file that is named by its content', () => {
  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, GZIP;q=0.5', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
    ['brotli', undefined, (bytes: Buffer) => bytes],
  ] as const)('comes to whoever accepts %s as %s', async (accepted, coding, unpack) => {
    const { headers, rawPayload } = await asset({ 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(coding);
    expect(headers.vary).toBe('accept-encoding');
    expect(unpack(rawPayload).toString()).toBe(SCRIPT);
  });

  it('may be kept for good, and is not sent again to whoever has it', async () => {
    const { headers } = await asset();
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const etag = String(headers.etag);
    expect((await asset({ 'if-none-match': `"other", W/${etag}` })).statusCode).toBe(304);
    expect((await asset({ 'if-none-match': '"other"' })).statusCode).toBe(200);
    // Each form is another thing to keep.
    expect((await asset({ 'accept-encoding': 'br' })).headers.etag).not.toBe(etag);
  });
});

it.each(['/console/made-of', '/console/assets/main-Xy12.js.br', '/console/../package.json', '/console/x'])(
  '%s is not served',
  async (url) => {
    expect((await get(url)).statusCode).toBe(404);
  },
);

it('nothing is served of a console that was not built', () => {
  expect(readConsoleFiles(join(folder, 'assets'))).toEqual([]);
  expect(readConsoleFiles(join(folder, 'nowhere'))).toEqual([]);
});

it('a graph feeds the console that tells of interfaces and incidents', () => {
  const all = 'interfaces: Int incidents: Int dataHealth: Int';
  expect(feedsConsole(buildSchema(`type Query { ${all} }`))).toBe(true);
  expect(feedsConsole(buildSchema('type Query { interfaces: Int products: Int }'))).toBe(false);
});
