import { request } from 'node:http';
import { getIntrospectionQuery } from 'graphql';
import { startOwnTime } from '../../test/own-time.js';
import { openShopGateway, type ShopGateway, type ShopGatewayOptions } from '../testing/shop-gateway.js';
import { until } from '../testing/until.js';

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    message: string;
    path?: unknown[];
    extensions: Readonly<Record<string, unknown>>;
  }[];
}

const open: ShopGateway[] = [];
let common: ShopGateway;
beforeAll(async () => {
  common = await openShopGateway();
});
afterAll(() => common.gateway.close());

/** A gateway of its own for a test that has options, closes it or counts; the others share one. */
async function shop(options?: ShopGatewayOptions): Promise<ShopGateway> {
  if (options === undefined) return common;
  const one = await openShopGateway(options);
  open.push(one);
  return one;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ gateway }) => gateway.close()));
});

async function read(response: Response): Promise<Answer> {
  expect(response.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
  return (await response.json()) as Answer;
}

async function codeOf(response: Response): Promise<unknown> {
  return (await read(response)).errors?.[0]?.extensions.code;
}

describe('POST /graphql', () => {
  it('answers, and introspects', async () => {
    const { post } = await shop();
    const response = await post('query ($id: ID!) { product(id: $id) { title inStock } }', {
      variables: { id: '1' },
    });
    expect(response.status).toBe(200);
    expect(await read(response)).toEqual({ data: { product: { title: 'Net', inStock: 10 } } });
    expect((await read(await post(getIntrospectionQuery()))).errors).toBeUndefined();
  });

  it('keeps a harmless request id and replaces any other', async () => {
    const { post } = await shop();
    expect(
      (await post('{ products { id } }', { headers: { 'x-request-id': 'abc-1' } })).headers.get(
        'x-request-id',
      ),
    ).toBe('abc-1');
    const replaced = (await post('{ products { id } }', { headers: { 'x-request-id': 'a b"' } })).headers.get(
      'x-request-id',
    );
    expect(replaced).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses documents beyond the limits', async () => {
    const { post } = await shop();
    const deep = `{ product(id: "1") ${'{ reviews { product '.repeat(10)}{ id } ${'} }'.repeat(10)} }`;
    const tooDeep = await read(await post(deep));
    expect(tooDeep.errors?.[0]?.message).toContain('at most 20 levels, but has 22');
    expect(tooDeep.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const fragments =
      '{ ...A } fragment A on Query { ...B ...B ...B } fragment B on Query { x: product(id: "1") { a: id b: id } }';
    expect((await read(await post(fragments))).errors).toBeUndefined();
    const aliases = `{ product(id: "1") { ${Array.from({ length: 31 }, (_, i) => `a${i}: id`).join(' ')} } }`;
    expect((await read(await post(aliases))).errors?.[0]?.message).toContain('at most 30, but has 31');
    const tokens = await read(await post(`{ ${'__typename '.repeat(10_001)} }`));
    expect(tokens.errors?.[0]?.extensions.code).toBe('GRAPHQL_PARSE_FAILED');
  });

  it('counts aliases in fragments as often as they are spread', async () => {
    const { post } = await shop({ limits: { aliases: 8 } });
    const query = '{ ...A ...A ...A } fragment A on Query { x: __typename y: __typename z: __typename }';
    expect((await read(await post(query))).errors?.[0]?.message).toContain('has 9');
  });

  it('survives fragments that spread each other', async () => {
    const { post } = await shop();
    expect(
      await codeOf(await post('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')),
    ).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it.each([
    ['a syntax error', '{', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nope }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a missing variable', 'query ($id: ID!) { product(id: $id) { id } }', 'BAD_USER_INPUT'],
    [
      'two operations and no name',
      'query A { __typename } query B { __typename }',
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('refuses %s with 400', async (_, query, code) => {
    const { post } = await shop();
    const response = await post(query);
    expect(response.status).toBe(400);
    expect(await codeOf(response)).toBe(code);
  });

  it('never shows what an error is made of', async () => {
    const { post, log } = await shop();
    const response = await post('{ broken }', { headers: { 'x-request-id': 'trace-me' } });
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).not.toMatch(/ECONNREFUSED|SELECT|stack|node_modules/);
    expect(text).toContain('trace-me');
    expect(log).toContainEqual(
      expect.objectContaining({
        requestId: 'trace-me',
        subgraph: 'products',
        code: 'INTERNAL',
        level: 'error',
      }),
    );
    expect(log).toContainEqual(expect.objectContaining({ requestId: 'trace-me', outcome: 'partial' }));
  });

  it('answers within its time when a subgraph does not', async () => {
    const { post } = await shop({ replaced: { stock: () => new Promise(() => undefined) } });
    const time = startOwnTime();
    const answer = await read(await post('{ products { title inStock } }'));
    expect(time.stop()).toBeLessThan(3000);
    expect(answer.data?.products).toContainEqual({ title: 'Net', inStock: null });
    expect(answer.errors).toMatchObject([
      { path: ['products'], extensions: { code: 'SUBGRAPH_TIMEOUT', subgraph: 'stock' } },
    ]);
  });

  it('stops working for a caller who left', async () => {
    let signal: AbortSignal | undefined;
    const { gateway } = await shop({
      replaced: {
        products: (_, context) => {
          signal = context.signal;
          return new Promise(() => undefined);
        },
      },
    });
    const call = request(gateway.url, { method: 'POST', headers: { 'content-type': 'application/json' } });
    call.on('error', () => undefined);
    call.end(JSON.stringify({ query: '{ products { id } }' }));
    await until(() => signal !== undefined);
    call.destroy();
    await until(() => signal?.aborted === true);
  });
});

describe('the HTTP face', () => {
  it.each([
    ['GET', '/nowhere', undefined, 404, 'NOT_FOUND'],
    ['GET', '/graphql?query={__typename}', undefined, 400, 'BAD_REQUEST'],
    ['PUT', '/graphql', undefined, 405, 'METHOD_NOT_ALLOWED'],
    [
      'POST',
      '/graphql',
      { type: 'text/plain', body: '{"query":"{ __typename }"}' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['POST', '/graphql', { type: 'application/xml', body: '<query/>' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['GET', '/%zz', undefined, 400, 'BAD_REQUEST'],
    ['POST', '/graphql', { type: 'application/json', body: '{' }, 400, 'BAD_REQUEST'],
    ['POST', '/graphql', { type: 'application/json', body: '{"__proto__": {"a": 1}}' }, 400, 'BAD_REQUEST'],
    [
      'POST',
      '/graphql',
      { type: 'application/json', body: '[{"query":"{ __typename }"}]' },
      400,
      'BAD_REQUEST',
    ],
    ['POST', '/graphql', { type: 'application/json', body: '{"query": 1}' }, 400, 'BAD_REQUEST'],
    [
      'POST',
      '/graphql',
      { type: 'application/json', body: `"${'x'.repeat(1_100_000)}"` },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
  ])('%s %s', async (method, path, content, status, code) => {
    const { gateway } = await shop();
    const response = await fetch(new URL(path, gateway.url), {
      method,
      ...(content !== undefined && { body: content.body, headers: { 'content-type': content.type } }),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('x-request-id')).not.toBeNull();
    expect(await codeOf(response)).toBe(code);
  });

  it('is live, is ready while sources are down, and lists them', async () => {
    const { gateway } = await shop({
      outcomes: [
        {
          interface: 'market.inspection',
          department: 'market',
          state: 'MISSING',
          asOf: null,
          tookMs: 3,
          reason: 'SOURCE_UNAVAILABLE',
        },
      ],
    });
    expect((await fetch(new URL('/health/live', gateway.url))).status).toBe(200);
    const ready = await fetch(new URL('/health/ready', gateway.url));
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: 'ready',
      subgraphs: ['products', 'reviews', 'stock'],
      interfaces: [
        {
          interface: 'market.inspection',
          department: 'market',
          state: 'MISSING',
          asOf: null,
          reason: 'SOURCE_UNAVAILABLE',
        },
      ],
    });
  });

  it('shows metrics of requests, plans, subgraphs, sources and freshness', async () => {
    const watermark = new Date(Date.now() - 60_000).toISOString();
    const { gateway, post, metrics } = await shop({
      outcomes: [
        {
          interface: 'market.x',
          department: 'market',
          state: 'LIVE',
          asOf: watermark,
          tookMs: 3,
          reason: null,
        },
      ],
    });
    await post('query Mine { products { id inStock } }');
    await post('query Mine { products { id inStock } }');
    await post('{ nope }');
    metrics.sources.sourceCall({
      interface: 'market.x',
      operation: 'read',
      outcome: 'ok',
      tookMs: 2,
      rows: 7,
    });
    metrics.sources.quality({ interface: 'market.x', field: 'date', code: 'DATE_UNREADABLE' });
    const text = await (await fetch(new URL('/metrics', gateway.url))).text();
    for (const line of [
      'graph_request_duration_seconds_count{operation="other",outcome="partial"} 2',
      'graph_request_duration_seconds_count{operation="invalid",outcome="refused"} 1',
      'graph_request_errors_total{code="SOURCE_TIMEOUT"} 2',
      'graph_plan_lookups_total{found="false"} 1',
      'graph_plan_lookups_total{found="true"} 1',
      'graph_plan_duration_seconds_count 1',
      'graph_subgraph_duration_seconds_count{subgraph="products",outcome="ok"} 2',
      'graph_subgraph_duration_seconds_count{subgraph="stock",outcome="partial"} 2',
      'graph_source_rows_total{interface="market.x"} 7',
      'graph_quality_total{interface="market.x",field="date",code="DATE_UNREADABLE"} 1',
      'graph_interface_state{interface="market.x",state="LIVE"} 1',
    ]) {
      expect(text).toContain(line);
    }
    const age = Number(/graph_interface_age_seconds\{interface="market.x"\} (\S+)/.exec(text)?.[1]);
    expect(age).toBeGreaterThanOrEqual(60);
    expect(age).toBeLessThan(600);
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('lets running requests end when it stops', async () => {
    let finish: (() => void) | undefined;
    const { gateway, post } = await shop({
      replaced: {
        products: () =>
          new Promise((resolve) => {
            finish = () => resolve({ data: { slow: 'late' } });
          }),
      },
    });
    const running = post('{ slow(ms: 0) }');
    await until(() => finish !== undefined);
    const time = startOwnTime();
    const closing = gateway.close();
    finish?.();
    expect(await read(await running)).toEqual({ data: { slow: 'late' } });
    await closing;
    expect(time.stop()).toBeLessThan(1500);
    await expect(post('{ __typename }')).rejects.toThrow();
  });
});
