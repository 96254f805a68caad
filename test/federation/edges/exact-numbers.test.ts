import { openRemoteGateway, type RemoteGateway } from '../../../gateway/testing/remote-gateway.js';
import { parseExact } from '../../../runtime/json/exact-json.js';
import { openGraph } from '../open-graph.js';

const BIG = '9007199254740993';
const NEAR = '9007199254740992';

/** What the last requests to the ledger were. */
let seen: string[] = [];
let rows = '';

describe('numbers that JavaScript cannot hold', () => {
  let graph: RemoteGateway;
  beforeAll(async () => {
    graph = await openRemoteGateway({
      ledger: {
        sdl: `scalar Long scalar Decimal scalar JSON directive @at(no: Long, id: ID) on FIELD
          type Account @key(fields: "no") @key(fields: "code") { no: Long! code: ID balance: Decimal tags: [Long] more: JSON rate: Float count: Int must: Decimal! }
          type Transfer @key(fields: "of { no }") { of: Account balance: Decimal }
          input Where { no: Long nos: [Long] id: ID ids: [ID!] rate: Float more: JSON inner: Where }
          type Query { accounts: [Account] transfers: [Transfer] echo(no: Long, nos: [Long!], id: ID, ids: [ID], where: Where, more: JSON, rate: Float, count: Int): String }`,
        answer: (text) => {
          seen.push(text);
          return text.includes('echo') ? '{"data":{"echo":"ok","a":"ok","b":"ok"}}' : `{"data":${rows}}`;
        },
      },
      owners: {
        sdl: `scalar Long scalar Decimal directive @at(no: Long, id: ID) on FIELD
          type Account @key(fields: "no") { no: Long! balance: Decimal @external owner: String fee: String @requires(fields: "balance") }
          type Transfer @key(fields: "of { no }") { of: Account @shareable note: String } `.replace(
          ' @shareable',
          '',
        ),
        answer: (text) => {
          seen.push(text);
          const { query } = JSON.parse(text) as { query: string };
          const list = text.slice(text.indexOf('"representations":['));
          const entities = [...list.matchAll(/\{"__typename":"(\w+)"([^{}]*(?:\{[^{}]*\}[^{}]*)?)\}/g)].map(
            ([, type, rest = '']) => {
              const no = /"no":([^,}]+)/.exec(rest)?.[1];
              const balance = /"balance":([^,}]+)/.exec(rest)?.[1];
              return `{"__typename":"${type}","owner":"owner of ${no}","note":"note on ${no}","fee":"fee of ${balance}"}`;
            },
          );
          return query.includes('_entities') ? `{"data":{"_entities":[${entities}]}}` : '{"data":null}';
        },
      },
    });
  });
  afterAll(() => graph.close());
  beforeEach(() => {
    seen = [];
  });

  const ask = async (query: string, variables = '{}'): Promise<string> =>
    (await graph.post(`{"query":${JSON.stringify(query)},"variables":${variables}}`)).text();
  /** What a subgraph is sent as variables, or as the arguments of a field. */
  const sentFor = async (query: string, variables?: string): Promise<string> => {
    const text = await ask(query, variables);
    expect(text).not.toContain('errors');
    return seen.at(-1) ?? '';
  };

  it.each([
    BIG,
    `-${BIG}`,
    '12345678901234567.89',
    '0.1234567890123456789',
    '1.10',
    '1.0',
    '1e30',
    '1E400',
    '0.10',
  ])('come to the caller as they are: %s', async (number) => {
    rows = `{"accounts":[{"no":${number},"balance":${number},"tags":[${number},1],"more":{"a":[${number}]}}]}`;
    expect(await ask('{ accounts { no balance tags more } }')).toBe(
      `{"data":{"accounts":[{"no":${number},"balance":${number},"tags":[${number},1],"more":{"a":[${number}]}}]}}`,
    );
  });

  it('come to the caller as they are, next to errors', async () => {
    rows = `{"accounts":[{"no":${BIG},"balance":1.50,"must":null},{"no":${NEAR},"balance":${BIG},"must":1.0}]}`;
    expect(await ask('{ accounts { no balance must } }')).toContain(
      `"data":{"accounts":[null,{"no":${NEAR},"balance":${BIG},"must":1.0}]}`,
    );
  });

  it('are keys of their own entities, and required as they are', async () => {
    rows = `{"accounts":[{"__typename":"Account","no":${BIG},"balance":12345678901234567.89},{"__typename":"Account","no":${NEAR},"balance":1.10}]}`;
    expect(await ask('{ accounts { no owner fee } }')).toBe(
      `{"data":{"accounts":[{"no":${BIG},"owner":"owner of ${BIG}","fee":"fee of 12345678901234567.89"},{"no":${NEAR},"owner":"owner of ${NEAR}","fee":"fee of 1.10"}]}}`,
    );
  });

  it('are told apart in keys within keys', async () => {
    const transfer = (no: string) => `{"__typename":"Transfer","of":{"__typename":"Account","no":${no}}}`;
    rows = `{"transfers":[${transfer(BIG)},${transfer(NEAR)},${transfer(BIG)}]}`;
    expect(await ask('{ transfers { note } }')).toBe(
      `{"data":{"transfers":[{"note":"note on ${BIG}"},{"note":"note on ${NEAR}"},{"note":"note on ${BIG}"}]}}`,
    );
  });

  it('are IDs with all their digits', async () => {
    rows = `{"accounts":[{"code":${BIG}},{"code":7},{"code":"${BIG}"}]}`;
    expect(await ask('{ accounts { code } }')).toBe(
      `{"data":{"accounts":[{"code":"${BIG}"},{"code":"7"},{"code":"${BIG}"}]}}`,
    );
  });

  it('are no objects', async () => {
    rows = `{"accounts":[{"no":${BIG}},${BIG}]}`;
    const { data, errors } = JSON.parse(await ask('{ accounts { no } }'));
    expect(data.accounts).toEqual([{ no: Number(BIG) }, null]);
    expect(errors).toMatchObject([{ path: ['accounts', 1], extensions: { code: 'SUBGRAPH_MALFORMED' } }]);
  });

  it("are no Int, and as a Float what JavaScript's number can hold", async () => {
    rows = `{"accounts":[{"no":${BIG},"count":1.0,"rate":1.50},{"no":1,"count":${BIG},"rate":1E400}]}`;
    const { data, errors } = JSON.parse(await ask('{ accounts { count rate no } }'));
    expect(data).toEqual({
      accounts: [
        { count: 1, rate: 1.5, no: Number(BIG) },
        { count: null, rate: null, no: 1 },
      ],
    });
    expect(errors.map(({ path }: { path: unknown[] }) => path.join('.'))).toEqual([
      'accounts.1.count',
      'accounts.1.rate',
    ]);
  });

  it.each([
    ['Long', 'no', BIG, BIG],
    ['Long', 'no', '1.10', '1.10'],
    ['[Long!]', 'nos', `[${BIG},1]`, `[${BIG},1]`],
    ['[Long!]', 'nos', BIG, BIG],
    ['ID', 'id', BIG, `"${BIG}"`],
    ['[ID]', 'ids', `[${BIG},"x"]`, `["${BIG}","x"]`],
    ['JSON', 'more', `{"a":[{"b":${BIG}}],"c":"d"}`, `{"a":[{"b":${BIG}}],"c":"d"}`],
    [
      'Where',
      'where',
      `{"no":${BIG},"nos":[1.10],"id":${BIG},"ids":[${BIG}],"inner":{"id":${BIG},"more":{"x":${BIG}}}}`,
      `{"no":${BIG},"nos":[1.10],"id":"${BIG}","ids":["${BIG}"],"inner":{"id":"${BIG}","more":{"x":${BIG}}}}`,
    ],
  ])('go on as variables: %s', async (type, argument, given, sent) => {
    const query = `query ($v: ${type}) { echo(${argument}: $v) }`;
    expect(await sentFor(query, `{"v":${given}}`)).toContain(`"variables":{"v":${sent}}`);
    // The second request is answered without Apollo Server.
    expect(await sentFor(query, `{ "v" : ${given} }`)).toContain(`"variables":{"v":${sent}}`);
  });

  it.each([
    ['{ echo(no: 9007199254740993) }', [`:${BIG}`]],
    ['{ echo(no: 1.10) }', [':1.10']],
    ['{ echo(id: 9007199254740993) }', [`:"${BIG}"`]],
    ['{ echo(nos: [9007199254740993, 5]) }', [`:${BIG}`]],
    ['{ echo(nos: 9007199254740993) }', [`:${BIG}`]],
    ['{ echo(ids: [9007199254740993, "x"]) }', [`:"${BIG}"`]],
    [
      '{ echo(more: { a: [9007199254740993], b: FOO, c: "d", e: null, f: true }) }',
      [`:{"a":[${BIG}],"b":"FOO","c":"d","e":null,"f":true}`],
    ],
    ['{ echo(more: [1, 9007199254740993]) }', [`:[1,${BIG}]`]],
    ['query ($x: Long = 5) { echo(more: { a: 9007199254740993, b: $x }) }', [`:{"a":${BIG},"b":5}`]],
    [
      '{ echo(where: { no: 9007199254740993, inner: { ids: [9007199254740993], more: { b: 1.10 } } }) }',
      [`:${BIG}`, `:"${BIG}"`, ':{"b":1.10}'],
    ],
    ['query ($v: Long = 9007199254740993) { echo(no: $v) }', [`"v":${BIG}`]],
    ['query ($v: ID = 9007199254740993) { echo(id: $v) }', [`"v":"${BIG}"`]],
    ['query ($v: Where = { no: 9007199254740993, id: 5 }) { echo(where: $v) }', [`"no":${BIG}`]],
    [
      'query ($n0: Long = 9007199254740993, $n1: Long = 1) { echo(no: $n0, nos: [9007199254740993, $n1]) }',
      [`"n0":${BIG}`],
    ],
    [
      '{ ...F } fragment F on Query { a: echo(no: 9007199254740993) ... { b: echo(no: 9007199254740993) } }',
      [`:${BIG}`],
    ],
    ['{ echo(no: 9007199254740993) ... { echo(no: 9007199254740993) } }', [`:${BIG}`]],
    ['{ echo(no: 1) @at(no: 9007199254740993, id: 1) }', [`:${BIG}`]],
  ])('go on as literals: %s', async (query, pieces) => {
    const sent = await sentFor(query);
    for (const piece of pieces) expect(sent).toContain(piece);
    expect(sent).not.toContain(NEAR);
  });

  it('are JavaScript’s numbers for a subgraph in this process', async () => {
    const seenHere: unknown[] = [];
    const local = await openGraph({
      here: {
        sdl: 'scalar Long scalar JSON input Where { no: Long } type Query { echo(no: Long, nos: [Long], where: Where, more: JSON): String }',
        resolvers: { Query: { echo: (_: unknown, given: object) => void seenHere.push({ ...given }) } },
      },
    });
    const number = Number(BIG);
    await local.ask(`{ echo(no: ${BIG}, nos: [${BIG}, 1], where: { no: ${BIG} }, more: { a: [${BIG}] }) }`);
    await local.ask('query ($v: Long, $m: JSON) { echo(no: $v, more: $m) }', {
      v: parseExact(BIG),
      m: parseExact(`{"a":[${BIG}]}`),
    });
    expect(JSON.parse(JSON.stringify(seenHere))).toEqual([
      { no: number, nos: [number, 1], where: { no: number }, more: { a: [number] } },
      { no: number, more: { a: [number] } },
    ]);
    expect((seenHere[1] as { no: unknown }).no).toBe(number);
    await local.close();
  });

  it('are not taken for variables, nor for anything else of a request', async () => {
    for (const body of [
      '{"query":"{ echo }","variables":1.10}',
      '{"query":"{ echo }","variables":{},"extensions":1.10}',
    ]) {
      expect((await graph.post(body)).status).toBe(400);
    }
  });

  it('are not taken for one another by readers who share an answer', async () => {
    const query = 'query ($v: Long) { echo(no: $v) }';
    await Promise.all([BIG, NEAR, `"${BIG}"`].map((v) => ask(query, `{"v":${v}}`)));
    expect(new Set(seen.map((text) => text.slice(text.indexOf('"variables"'))))).toEqual(
      new Set([BIG, NEAR, `"${BIG}"`].map((v) => `"variables":{"v":${v}}}`)),
    );
  });

  it.each([
    ['Int', 'count', BIG, /Int cannot represent non 32-bit signed integer value: 9007199254740992/],
    ['ID', 'id', '1.10', /ID cannot represent value: 1.1/],
    ['Float', 'rate', '1E400', /Float cannot represent/],
  ])('are refused by GraphQL’s own types as ever: %s', async (type, argument, given, reason) => {
    const text = await ask(`query ($v: ${type}) { echo(${argument}: $v) }`, `{"v":${given}}`);
    expect(JSON.parse(text).errors).toMatchObject([{ message: expect.stringMatching(reason) }]);
    expect(seen).toEqual([]);
  });
});
