import { openRemoteGateway, type RemoteGateway } from '../../testing/remote-gateway.js';

let graph: RemoteGateway;
let reply = '{"data":{"open":"yes"}}';
let sent: string[] = [];
beforeAll(async () => {
  graph = await openRemoteGateway(
    {
      shop: {
        sdl: `scalar JSON
          type Query { open(where: Where, more: JSON, list: [Int], text: String, n: Int): String wide: JSON closed: String thing: Thing }
          input Where { a: Int b: Int } type Thing @key(fields: "key") { key: JSON }`,
        answer: (text) => {
          sent.push(text);
          return reply;
        },
      },
      more: {
        sdl: 'scalar JSON type Thing @key(fields: "key") { key: JSON size: Int }',
        answer: () => '{"data":{"_entities":[null]}}',
      },
    },
    { limits: { depth: 3, aliases: 2 } },
  );
});
afterAll(() => graph.close());
beforeEach(() => {
  sent = [];
  reply = '{"data":{"open":"yes"}}';
});

async function ask(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await graph.post(typeof body === 'string' ? body : JSON.stringify(body), headers);
  const text = await response.text();
  const { data, errors = [] } = JSON.parse(text) as {
    data?: unknown;
    errors?: { message: string; extensions: Record<string, unknown> }[];
  };
  return { status: response.status, type: response.headers.get('content-type'), text, data, errors };
}

const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const objects = (depth: number): string => '{"a":'.repeat(depth) + 1 + '}'.repeat(depth);

describe('a refused request', () => {
  it.each<[string, unknown, number, string]>([
    ['no query', {}, 400, 'BAD_REQUEST'],
    ['no JSON', '{', 400, 'BAD_REQUEST'],
    ['an empty query', { query: '' }, 400, 'BAD_REQUEST'],
    ['variables as a text', { query: '{ open }', variables: '{}' }, 400, 'BAD_REQUEST'],
    ['a syntax error', { query: '{' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ nope }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a wrong variable',
      { query: 'query ($n: Int) { open(n: $n) }', variables: { n: 'x' } },
      400,
      'BAD_USER_INPUT',
    ],
    [
      'an unknown operation',
      { query: 'query A { open }', operationName: 'B' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'no operation of two',
      { query: 'query A { open } query B { open }' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'an empty operation name',
      { query: '{ open }', operationName: '' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['only fragments', { query: 'fragment F on Query { open }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['an operation name that is no text', { query: '{ open }', operationName: 7 }, 400, 'BAD_REQUEST'],
    [
      'a persisted query',
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
      200,
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ],
  ])('has a code and the request id: %s', async (_, body, status, code) => {
    const answer = await ask(body, { 'x-request-id': 'my-id' });
    expect({ status: answer.status, codes: answer.errors.map(({ extensions }) => extensions) }).toEqual({
      status,
      codes: [expect.objectContaining({ code, requestId: 'my-id' })],
    });
    expect(sent).toEqual([]);
    expect(graph.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('has a status of its own for an Accept that nobody can satisfy', async () => {
    const { status, errors } = await ask({ query: '{ open }' }, { accept: 'text/html' });
    expect(status).toBe(406);
    expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_ACCEPTABLE', requestId: expect.any(String) });
  });

  it('is refused for the operation that is asked for, not for another one', async () => {
    const deep =
      'query A { open } query B { thing { key } ... { ... { thing { __typename } } } a: open b: open c: open }';
    for (const _ of ['by Apollo Server', 'without it']) {
      expect(await ask({ query: deep, operationName: 'A' })).toMatchObject({
        status: 200,
        data: { open: 'yes' },
      });
      const refused = await ask({ query: deep, operationName: 'B' });
      expect(refused).toMatchObject({
        status: 400,
        errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
      });
      expect(refused.errors[0]?.message).toContain('at most 2, but has 3');
    }
  });
});

describe('lists within lists without end', () => {
  it.each([
    ['a literal', `{ open(more: ${lists(3000)}) }`],
    ['an object', `{ open(more: ${'{a:'.repeat(3000)}1${'}'.repeat(3000)}) }`],
    ['a literal of a type that is no list', `{ open(n: ${lists(3000)}) }`],
    ['selections', `${'{ thing '.repeat(4000)} { key } ${'}'.repeat(4000)}`],
    ['types', `query ($v: ${'['.repeat(4000)}Int${']'.repeat(4000)}) { open }`],
  ])('are refused in a query: %s', async (_, query) => {
    const { status, errors, text } = await ask({ query }, { accept: 'application/graphql-response+json' });
    expect({ status, codes: errors.map(({ extensions }) => extensions.code) }).toEqual({
      status: 400,
      codes: ['GRAPHQL_PARSE_FAILED'],
    });
    expect(text).not.toMatch(/call stack/i);
    expect(text.length).toBeLessThan(1000);
  });

  it('may stand in texts and comments', async () => {
    const query = `{ open(text: "${'['.repeat(500)}\\"${'{'.repeat(500)}", more: """${'('.repeat(500)} "" \\""" """) # ${'{'.repeat(500)}\n }`;
    expect(await ask({ query })).toMatchObject({ status: 200, data: { open: 'yes' } });
    const long = `{ open(text: """${'a "b" '.repeat(100_000)}""") }`;
    expect((await ask({ query: long })).status).toBe(200);
  });

  it.each([
    ['lists', lists(10_000)],
    ['objects', objects(10_000)],
    ['lists around a long number', lists(5000).replace('[]', '[9007199254740993]')],
  ])('are refused in variables: %s', async (_, value) => {
    const body = `{"query":"query($v: JSON) { open(more: $v) }","variables":{"v":${value}}}`;
    for (const _again of ['by Apollo Server', 'without it']) {
      const { status, errors, text } = await ask(body);
      expect(status).toBe(400);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual([
        expect.stringMatching(/BAD_USER_INPUT|BAD_REQUEST/),
      ]);
      expect(text).not.toMatch(/call stack/i);
    }
  });

  it('go on in variables as deep as anybody needs', async () => {
    const body = `{"query":"query($v: JSON) { open(more: $v) }","variables":{"v":${lists(150)}}}`;
    expect(await ask(body)).toMatchObject({ status: 200, data: { open: 'yes' } });
    expect(sent[0]).toContain(lists(150));
  });

  it.each([
    ['lists', lists(100_000)],
    ['objects', objects(100_000)],
    ['lists around a long number', lists(20_000).replace('[]', '[9007199254740993]')],
  ])('cost no more than their field in a reply: %s', async (_, value) => {
    reply = `{"data":{"wide":${value},"closed":"good"}}`;
    const { status, errors, text } = await ask({ query: '{ wide closed }' });
    expect({ status, codes: errors.map(({ extensions }) => extensions.code) }).toEqual({
      status: 200,
      codes: ['SUBGRAPH_MALFORMED'],
    });
    expect(text).not.toMatch(/call stack/i);
    reply = `{"data":{"thing":{"__typename":"Thing","key":${value}}}}`;
    expect((await ask({ query: '{ thing { size } }' })).errors[0]?.extensions.code).toBe(
      'SUBGRAPH_MALFORMED',
    );
  });
});

describe('the text of an error', () => {
  const long = 'x'.repeat(500_000);
  it.each<[string, unknown]>([
    ['a variable', { query: 'query ($n: Int) { open(n: $n) }', variables: { n: long } }],
    [
      'a list of variables',
      { query: 'query ($n: [Int]) { open(list: $n) }', variables: { n: Array(1000).fill('y'.repeat(500)) } },
    ],
    [
      'a variable of an input',
      { query: 'query ($w: Where) { open(where: $w) }', variables: { w: { a: long, [long]: 1 } } },
    ],
    ['a literal', { query: `{ open(n: "${long}") }` }],
    ['an object', { query: `{ open(n: {a: "${long}"}) }` }],
    ['a field', { query: `{ ${long} }` }],
    ['an operation name', { query: '{ open }', operationName: long }],
    ['a broken text', { query: `{ open(text: "${long}` }],
    ['a wrong character', { query: `{ open ${'?'.repeat(100_000)} }` }],
  ])('is short, whatever was sent: %s', async (_, body) => {
    const logged = graph.log.length;
    const { status, text } = await ask(body);
    expect(status).toBe(400);
    expect(text.length).toBeLessThan(60_000);
    for (const message of JSON.parse(text).errors.map((error: { message: string }) => error.message)) {
      expect(message.length).toBeLessThan(1100);
    }
    for (const line of graph.log.slice(logged)) expect(JSON.stringify(line).length).toBeLessThan(20_000);
  });

  it('is short, whatever a subgraph says', async () => {
    const logged = graph.log.length;
    const error = (extensions: string) =>
      `{"message":"数据源暂不可用。The source does not answer. ${long}","path":["open"],"extensions":${extensions}}`;
    reply = `{"data":{"open":null},"errors":[${error('{"code":"SOURCE_UNAVAILABLE"}')},${error(`{"code":"${long}"}`)}]}`;
    const { text } = await ask({ query: '{ open }' });
    expect(text.length).toBeLessThan(5000);
    for (const line of graph.log.slice(logged)) expect(JSON.stringify(line).length).toBeLessThan(20_000);
  });
});
