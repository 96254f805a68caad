import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type OpenedGraph, openGraph } from '../../gateway/testing/open-graph.js';
import { openServer } from '../../gateway/testing/open-server.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { findFreePort, startGuarded, waitUntilReady } from '../databases/guarded-server.js';
import { findTool } from './find-tool.js';

const nginx = findTool('nginx', 'nginx-light');
const openssl = findTool('openssl', 'openssl');

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** The file as it is, but for addresses and folders of this machine. @returns the whole configuration's path. */
function placeConfiguration(folder: string, ports: { http: number; https: number; gateway: number }): string {
  const own = readFileSync(join(findProjectRoot(), 'deploy/nginx/enforcement-graph.conf'), 'utf8');
  const placed = own
    .replace('127.0.0.1:4000', `127.0.0.1:${ports.gateway}`)
    .replace('listen 80;', `listen 127.0.0.1:${ports.http};`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${ports.https} ssl`)
    .replaceAll('/etc/nginx/tls', folder)
    .replaceAll('/var/log/nginx', folder);
  writeFileSync(join(folder, 'enforcement-graph.conf'), placed);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  for (const name of temporary) mkdirSync(join(folder, name));
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    [
      'daemon off;',
      // One process, which ends with the run however that ends.
      'master_process off;',
      `pid ${join(folder, 'nginx.pid')};`,
      'events {}',
      'http {',
      ...temporary.map((name) => `  ${name}_temp_path ${join(folder, name)};`),
      '  include enforcement-graph.conf;',
      '}',
    ].join('\n'),
  );
  return file;
}

(nginx === null || openssl === null ? describe.skip : describe)('deploy/nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  let graph: OpenedGraph;
  let gateway: Awaited<ReturnType<typeof openServer>>;
  let proxy: ReturnType<typeof startGuarded>;
  let ports: { http: number; https: number; gateway: number };

  beforeAll(async () => {
    graph = await openGraph({
      shop: {
        sdl: 'type Query { open(text: String): String }',
        resolvers: { Query: { open: (_: unknown, { text: said = 'yes' }: { text?: string }) => said } },
      },
    });
    gateway = await openServer(graph);
    const url = await gateway.listen();
    ports = { http: await findFreePort(), https: await findFreePort(), gateway: Number(new URL(url).port) };
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', join(folder, 'graph.key')];
    const certificate = ['-x509', '-days', '1', '-subj', '/CN=localhost', '-out', join(folder, 'graph.crt')];
    execFileSync(String(openssl), ['req', ...certificate, ...key], { stdio: 'ignore' });
    const file = placeConfiguration(folder, ports);
    const checked = spawnSync(String(nginx), ['-t', '-e', 'stderr', '-c', file], { encoding: 'utf8' });
    if (checked.status !== 0) throw new Error(checked.stderr);
    proxy = startGuarded(folder, {}, String(nginx), ['-e', join(folder, 'early.log'), '-c', file]);
    await waitUntilReady(proxy, async () => {
      await ask('/health/live');
    });
  });

  afterAll(async () => {
    await proxy?.stop();
    await gateway?.stop(0);
    await graph?.executor.close();
  });

  function ask(path: string, headers: Readonly<Record<string, string>> = {}, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: ports.https,
          path,
          method: body === undefined ? 'GET' : 'POST',
          headers,
          rejectUnauthorized: false,
        },
        (response) => {
          text(response).then(
            (read) => resolve({ status: response.statusCode, headers: response.headers, body: read }),
            reject,
          );
        },
      );
      sent.on('error', reject).end(body);
    });
  }

  const JSON_BODY = { 'content-type': 'application/json' };

  it('hands queries on over TLS, and the gateway knows that it was TLS', async () => {
    const { status, headers, body } = await ask('/graphql', JSON_BODY, '{"query":"{ open }"}');
    expect([status, JSON.parse(body)]).toEqual([200, { data: { open: 'yes' } }]);
    expect(headers['strict-transport-security']).toBe('max-age=15552000');
    expect(headers['x-request-id']).toEqual(expect.any(String));
    expect(headers.server).toBe('nginx');
  });

  it('sends whoever comes without TLS to it', async () => {
    const response = await fetch(`http://127.0.0.1:${ports.http}/graphql`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([301, 'https://127.0.0.1/graphql']);
  });

  it('shows metrics to nobody', async () => {
    expect((await fetch(`http://127.0.0.1:${ports.gateway}/metrics`)).status).toBe(200);
    expect((await ask('/metrics')).status).toBe(404);
  });

  it('refuses a body that the gateway would refuse', async () => {
    const padding = 'x'.repeat(1024 * 1024);
    expect((await ask('/graphql', JSON_BODY, JSON.stringify({ query: '{ open }', padding }))).status).toBe(
      413,
    );
  });

  it('writes down who asked, and no query', async () => {
    const path = `/graphql?${new URLSearchParams({ query: '{ open(text: "张三") }' })}`;
    const { status, headers } = await ask(path, { 'apollo-require-preflight': '1' });
    expect(status).toBe(200);
    const log = readFileSync(join(folder, 'enforcement-graph.log'), 'utf8');
    expect(log).toContain(`"GET /graphql" 200`);
    expect(log).toContain(String(headers['x-request-id']));
    expect(log).not.toMatch(/open|%E5%BC%A0/);
  });
});
