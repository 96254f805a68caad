import { brotliCompressSync, gzipSync } from 'node:zlib';
import { buildSchema } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { ANONYMOUS, CALLER_HEADER, decodeCaller } from '../../runtime/call/caller.js';
import { RequestTrail } from '../../runtime/call/request-trail.js';
import { systemClock } from '../../runtime/clock.js';
import { createSubgraphServer } from '../../subgraphs/port/serve-subgraph.js';
import { startOwnTime } from '../../test/own-time.js';
import { markRequest } from '../observe/traces/trace-context.js';
import { sendJson, serveHttp, type TestServer } from '../testing/http-subgraph.js';
import { until } from '../testing/until.js';
import { createOriginPools, type OriginPools } from './origin-pools.js';
import { createRemoteSubgraph } from './remote-subgraph.js';

let pools: OriginPools;
let servers: TestServer[];
beforeEach(() => {
  pools = createOriginPools();
  servers = [];
});
afterEach(async () => {
  await pools.close();
  await Promise.all(servers.map((server) => server.close()));
});

async function serve(handle: Parameters<typeof serveHttp>[0]): Promise<TestServer> {
  const server = await serveHttp(handle);
  servers.push(server);
  return server;
}

function context(budgetMs = 1000, signal = new AbortController().signal): CallContext {
  return {
    requestId: 'req-7',
    caller: ANONYMOUS,
    signal,
    deadline: Date.now() + budgetMs,
    today: '2026-06-30',
  };
}

async function answerOf(handle: Parameters<typeof serveHttp>[0], maxBytes?: number) {
  const { url } = await serve(handle);
  const port = createRemoteSubgraph({ name: 'x', url, pools, ...(maxBytes !== undefined && { maxBytes }) });
  const result = await port.execute({ query: '{ a }' }, context());
  return { ...result, code: result.errors?.[0]?.extensions.code };
}

describe('createRemoteSubgraph()', () => {
  it('sends the trace along where one is made, and none where it is not', async () => {
    const seen: (string | undefined)[] = [];
    const { url } = await serve((request, response) => {
      seen.push(request.headers.traceparent as string | undefined);
      sendJson(response, { data: { a: 1 } });
    });
    const port = createRemoteSubgraph({ name: 'x', url, pools });
    const trace = markRequest(undefined, 1);
    await port.execute({ query: '{ a }' }, { ...context(), trail: new RequestTrail(0, trace) });
    await port.execute({ query: '{ a }' }, { ...context(), trail: new RequestTrail() });
    await port.execute({ query: '{ a }' }, context());
    expect(seen).toEqual([`00-${trace.traceId}-${trace.spanId}-01`, undefined, undefined]);
  });

  it('posts the query with request id and deadline, and decodes the answer', async () => {
    let seen:
      | { method?: string; url?: string; headers: NodeJS.Dict<string | string[]>; body: unknown }
      | undefined;
    const { url } = await serve((request, response, body) => {
      seen = {
        ...request,
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(body),
      };
      sendJson(response, {
        data: { a: 1 },
        errors: [{ message: 'm', path: ['a', 0], extensions: { code: 'C' } }],
      });
    });
    const port = createRemoteSubgraph({ name: 'x', url: `${url}?v=1`, pools });
    const result = await port.execute(
      { query: 'query Q { a }', variables: { v: 1 }, operationName: 'Q' },
      context(),
    );
    expect(result.data).toEqual({ a: 1 });
    expect(result.errors?.[0]).toMatchObject({ message: 'm', path: ['a', 0], extensions: { code: 'C' } });
    expect(seen?.url).toBe('/graphql?v=1');
    expect(seen?.body).toEqual({ query: 'query Q { a }', variables: { v: 1 }, operationName: 'Q' });
    expect(seen?.headers['x-request-id']).toBe('req-7');
    expect(decodeCaller(String(seen?.headers[CALLER_HEADER]))).toEqual(ANONYMOUS);
    expect(Number(seen?.headers['x-deadline-ms'])).toBeGreaterThan(500);
    expect(Number(seen?.headers['x-deadline-ms'])).toBeLessThanOrEqual(1000);
  });

  it('tells a subgraph which lane a request is in, and never shares an exchange between two lanes', async () => {
    const schema = buildSchema('type Query { lane: String }');
    const lane = schema.getQueryType()?.getFields().lane;
    if (lane === undefined) throw new Error('no field');
    lane.resolve = (_parent, _args, { lane: given }: Pick<CallContext, 'lane'>) => given;
    const app = await createSubgraphServer(schema, systemClock);
    try {
      const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
      const port = createRemoteSubgraph({ name: 'x', url, pools });
      const lanes = [undefined, 'background', 'interactive'] as const;
      const answers = await Promise.all(
        lanes.map((one) =>
          port.execute({ query: '{ lane }' }, { ...context(), ...(one !== undefined && { lane: one }) }),
        ),
      );
      expect(answers.map(({ data }) => data?.lane)).toEqual(['interactive', 'background', 'interactive']);
    } finally {
      await app.close();
    }
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('reads %s', async (encoding, compress) => {
    const { data } = await answerOf((_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
        .end(compress(JSON.stringify({ data: { a: '渔船' } }))),
    );
    expect(data).toEqual({ a: '渔船' });
  });

  it.each<[string, string, Parameters<typeof serveHttp>[0]]>([
    [
      'a redirect',
      'SUBGRAPH_MALFORMED',
      (_, r) => void r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    [
      'HTML',
      'SUBGRAPH_MALFORMED',
      (_, r) => void r.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    ],
    [
      'a gateway in front',
      'SUBGRAPH_UNAVAILABLE',
      (_, r) => void r.writeHead(502, { 'content-type': 'text/html' }).end('<p>'),
    ],
    ['a failing server', 'SUBGRAPH_UNAVAILABLE', (_, r) => sendJson(r, { error: 'x' }, 500)],
    [
      'broken JSON',
      'SUBGRAPH_MALFORMED',
      (_, r) => void r.writeHead(200, { 'content-type': 'application/json' }).end('{"data":'),
    ],
    ['a list', 'SUBGRAPH_MALFORMED', (_, r) => sendJson(r, [1])],
    ['data of another shape', 'SUBGRAPH_MALFORMED', (_, r) => sendJson(r, { data: 'text' })],
    ['nothing at all', 'SUBGRAPH_MALFORMED', (_, r) => sendJson(r, { data: null })],
    [
      'an unknown encoding',
      'SUBGRAPH_MALFORMED',
      (_, r) =>
        void r.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'zstd' }).end('x'),
    ],
    [
      'broken gzip',
      'SUBGRAPH_MALFORMED',
      (_, r) =>
        void r
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
          .end('not gzip'),
    ],
    [
      'a body cut short',
      'SUBGRAPH_UNAVAILABLE',
      (_, r) => {
        r.writeHead(200, { 'content-type': 'application/json', 'content-length': 99 });
        r.write('{');
        setTimeout(() => r.destroy(), 20);
      },
    ],
  ])('reports %s as %s', async (_, code, handle) => {
    const answer = await answerOf(handle);
    expect(answer.code).toBe(code);
    expect(answer.data ?? null).toBeNull();
  });

  it('reports a port that nobody listens on', async () => {
    const gone = await serveHttp(() => undefined);
    await gone.close();
    const port = createRemoteSubgraph({ name: 'x', url: gone.url, pools });
    const result = await port.execute({ query: '{ a }' }, context());
    expect(result.errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(result.errors?.[0]?.message).not.toContain('127.0.0.1');
  });

  it.each([
    ['plain', (text: string) => ({ bytes: Buffer.from(text), encoding: 'identity' })],
    ['small when compressed', (text: string) => ({ bytes: gzipSync(text), encoding: 'gzip' })],
  ])('stops reading an answer over the bound, %s', async (_, encode) => {
    const { bytes, encoding } = encode(JSON.stringify({ data: { a: 'x'.repeat(2_000_000) } }));
    const answer = await answerOf(
      (_request, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
          .end(bytes),
      100_000,
    );
    expect(answer.code).toBe('SOURCE_TOO_LARGE');
  });

  it('ends at the deadline, and closes the request at the subgraph', async () => {
    let closed = false;
    const { url } = await serve((request, response) => {
      response.on('close', () => {
        closed = true;
      });
      request.resume();
    });
    const port = createRemoteSubgraph({ name: 'x', url, pools });
    const time = startOwnTime();
    const result = await port.execute({ query: '{ a }' }, context(200));
    expect(result.errors?.[0]?.extensions.code).toBe('SUBGRAPH_TIMEOUT');
    expect(time.stop()).toBeLessThan(600);
    await until(() => closed);
  });

  it('holds so many bytes of large answers at a time, compressed or not, and answers small ones beside them', async () => {
    const MB = 1024 * 1024;
    const narrow = createOriginPools({ mostBytes: 8 * MB });
    const large = JSON.stringify({ data: { a: 'x'.repeat(4 * MB) } });
    const bodies = [gzipSync(large), Buffer.from(large)];
    // A large answer ends once all of them have begun.
    let ends: (() => void)[] = [];
    let held = 0;
    const { url } = await serve((request, response) => {
      const encoding = request.url === '/0' ? { 'content-encoding': 'gzip' } : {};
      response.writeHead(200, { 'content-type': 'application/json', ...encoding });
      const body = bodies[Number(request.url?.slice(1))];
      if (body === undefined) {
        response.end('{"data":{"a":1}}');
        return;
      }
      response.write(body.subarray(0, -1));
      ends.push(() => response.end(body.subarray(-1)));
      if (ends.length < held) return;
      for (const end of ends) end();
      ends = [];
    });
    const ask = (path: string) =>
      createRemoteSubgraph({
        name: 'x',
        url: new URL(path, url).href,
        pools: narrow,
        sharesReads: false,
      }).execute({ query: '{ a }' }, context(50_000));
    for (const path of ['/0', '/1']) {
      held = 12;
      const answers = await Promise.all([...Array.from({ length: held }, () => ask(path)), ask('/small')]);
      const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
      expect(codes.pop()).toBeUndefined();
      expect(new Set(codes)).toEqual(new Set([undefined, 'SOURCE_TOO_LARGE']));
      // Whatever was held is given back.
      held = 1;
      expect((await ask(path)).errors).toBeUndefined();
    }
    await narrow.close();
  });

  it('ends when the body stalls', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":');
    });
    const port = createRemoteSubgraph({ name: 'x', url, pools });
    const result = await port.execute({ query: '{ a }' }, context(200));
    expect(result.errors?.[0]?.extensions.code).toBe('SUBGRAPH_TIMEOUT');
  });

  it.each([
    ['a query', '{ a }', 'ok'],
    ['a mutation', 'mutation { a }', 'SUBGRAPH_UNAVAILABLE'],
  ])('repeats only reads on a connection that went stale: %s', async (_, query, outcome) => {
    let requests = 0;
    const { url } = await serve((request, response) => {
      requests++;
      if (requests === 2) request.socket.destroy();
      else sendJson(response, { data: { a: requests } });
    });
    const port = createRemoteSubgraph({ name: 'x', url, pools });
    await port.execute({ query }, context());
    const second = await port.execute({ query }, context());
    expect(second.errors?.[0]?.extensions.code ?? 'ok').toBe(outcome);
    expect(requests).toBe(outcome === 'ok' ? 3 : 2);
  });

  it('sends identical reads that run at once only once, and gives each its own answer', async () => {
    let requests = 0;
    const { url } = await serve((_, response) => {
      requests++;
      setTimeout(() => sendJson(response, { data: { list: [requests] } }), 50);
    });
    const port = createRemoteSubgraph({ name: 'x', url, pools });
    const ask = (query: string, variables = {}) => port.execute({ query, variables }, context());
    const [one, two, other] = await Promise.all([
      ask('{ list }'),
      ask('{ list }'),
      ask('{ list }', { v: 1 }),
    ]);
    expect(requests).toBe(2);
    expect(one?.data).toEqual(two?.data);
    expect(one?.data).not.toBe(two?.data);
    expect(other?.data).toBeDefined();
    await ask('{ list }');
    expect(requests).toBe(3);
  });

  it.each<[string, { sharesReads?: boolean }, Partial<CallContext>]>([
    ['of different callers', {}, { caller: { ...ANONYMOUS, name: 'other' } }],
    ['when told so', { sharesReads: false }, {}],
  ])('sends identical reads each: %s', async (_, options, other) => {
    let requests = 0;
    const { url } = await serve((_request, response) => {
      requests++;
      setTimeout(() => sendJson(response, { data: { a: 1 } }), 50);
    });
    const port = createRemoteSubgraph({ name: 'x', url, pools, ...options });
    const contexts = [context(), { ...context(), ...other }];
    await Promise.all(contexts.map((one) => port.execute({ query: '{ a }' }, one)));
    expect(requests).toBe(2);
  });

  it('sends identical mutations each', async () => {
    let requests = 0;
    const { url } = await serve((_, response) => {
      requests++;
      setTimeout(() => sendJson(response, { data: { a: 1 } }), 20);
    });
    const port = createRemoteSubgraph({ name: 'x', url, pools });
    await Promise.all([1, 2].map(() => port.execute({ query: 'mutation { a }' }, context())));
    expect(requests).toBe(2);
  });

  it('sends what changes something each time, with whether the caller may; nothing else says that', async () => {
    const said: (true | undefined)[] = [];
    const { url } = await serve((request, response) => {
      said.push(decodeCaller(String(request.headers[CALLER_HEADER]))?.hands);
      setTimeout(() => sendJson(response, { data: { a: 1 } }), 20);
    });
    const port = createRemoteSubgraph({ name: 'x', url, pools });
    const caller = { ...ANONYMOUS, hands: true } as const;
    const query = '{ a }';
    const changing = { query, changes: true } as const;
    const requests = [changing, changing, { query: 'mutation { a }' }];
    await Promise.all(requests.map((request) => port.execute(request, { ...context(), caller })));
    expect(said).toEqual([true, true, true]);
    await port.execute({ query }, { ...context(), caller });
    expect(said.at(-1)).toBeUndefined();
  });

  it('lets one who leaves a shared read leave alone; the last takes it along', async () => {
    let closed = 0;
    const { url } = await serve((_, response) => {
      response.on('close', () => {
        if (!response.writableFinished) closed++;
      });
      setTimeout(() => sendJson(response, { data: { a: 1 } }), 150);
    });
    const port = createRemoteSubgraph({ name: 'x', url, pools });
    const leaver = new AbortController();
    const first = port.execute({ query: '{ a }' }, context(1000, leaver.signal));
    const second = port.execute({ query: '{ a }' }, context());
    setTimeout(() => leaver.abort(), 30);
    expect((await first).errors?.[0]?.extensions.code).toBe('SUBGRAPH_TIMEOUT');
    expect((await second).data).toEqual({ a: 1 });
    expect(closed).toBe(0);
    const alone = new AbortController();
    const third = port.execute({ query: '{ a }' }, context(1000, alone.signal));
    setTimeout(() => alone.abort(), 30);
    await third;
    await until(() => closed === 1);
  });

  it.each(['', 'ftp://x/y', 'market', 'http://user:pw@h/graphql'])('refuses the URL %j', (url) => {
    expect(() => createRemoteSubgraph({ name: 'market', url, pools })).toThrow('subgraph market');
  });
});
