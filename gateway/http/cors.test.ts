import { namedAccess } from '../testing/named-access.js';
import { openGraph } from '../testing/open-graph.js';
import { openServer } from '../testing/open-server.js';
import { openRemoteGateway, type RemoteGateway } from '../testing/remote-gateway.js';

const PARTS = { shop: { sdl: 'type Query { open: String }', answer: () => '{"data":{"open":"yes"}}' } };
const ORIGIN = 'https://board.example.cn';

/** By default, and with an allowed origin. */
let closed: RemoteGateway;
let allowing: RemoteGateway;
beforeAll(async () => {
  closed = await openRemoteGateway(PARTS);
  allowing = await openRemoteGateway(PARTS, { allowedOrigins: [ORIGIN] });
});
afterAll(() => Promise.all([closed.close(), allowing.close()]));

async function options(graph: RemoteGateway, path: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(new URL(path, graph.gateway.url), { method: 'OPTIONS', headers });
  return {
    status: response.status,
    text: await response.text(),
    headers: Object.fromEntries(response.headers),
  };
}

const PREFLIGHT = {
  origin: ORIGIN,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type,x-request-id',
};

describe('OPTIONS', () => {
  it.each([
    ['/graphql', 'GET, HEAD, POST, OPTIONS'],
    ['/graphql?x=1', 'GET, HEAD, POST, OPTIONS'],
    ['/health/live', 'GET, HEAD, OPTIONS'],
    ['/metrics', 'GET, HEAD, OPTIONS'],
  ])('tells the methods of %s', async (path, allow) => {
    const { status, text, headers } = await options(closed, path);
    expect({ status, text, allow: headers.allow }).toEqual({ status: 204, text: '', allow });
    expect(headers['x-request-id']).toBeDefined();
  });

  it('is 404 where nothing is', async () => {
    const { status, text } = await options(closed, '/nowhere');
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('allows no page by default', async () => {
    const { status, headers } = await options(closed, '/graphql', PREFLIGHT);
    expect({ status, allowed: headers['access-control-allow-origin'] }).toEqual({
      status: 204,
      allowed: undefined,
    });
  });

  it('allows pages of a named origin, and nobody else', async () => {
    const graph = allowing;
    const { status, headers } = await options(graph, '/graphql', PREFLIGHT);
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
      'access-control-allow-headers': 'content-type,x-request-id',
      vary: 'Origin',
    });
    for (const origin of ['https://evil.example.cn', 'null', `${ORIGIN}.evil.cn`]) {
      const refused = await options(graph, '/graphql', { ...PREFLIGHT, origin });
      expect(refused.headers['access-control-allow-origin']).toBeUndefined();
      expect(refused.headers.vary).toBe('Origin');
    }
  });

  it('lets them read answers and errors', async () => {
    const graph = allowing;
    for (const body of ['{ open }', '{ open }', '{ nope }']
      .map((query) => JSON.stringify({ query }))
      .concat('{')) {
      const response = await graph.post(body, { origin: ORIGIN });
      expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
      const foreign = await graph.post(body, { origin: 'https://evil.example.cn' });
      expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

it('lets them read that they are not known', async () => {
  const graph = await openGraph({
    shop: { sdl: 'type Query { open: String }', resolvers: { Query: { open: () => 'yes' } } },
  });
  const server = await openServer(graph, { access: namedAccess, allowedOrigins: [ORIGIN] });
  for (const [method, url] of [
    ['POST', '/graphql'],
    ['POST', '/export'],
    ['GET', '/operations/x'],
  ] as const) {
    const { statusCode, headers } = await server.app.inject({
      method,
      url,
      headers: { host: 'x', origin: ORIGIN },
    });
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([401, ORIGIN]);
  }
  await server.stop(0);
  await graph.executor.close();
});
