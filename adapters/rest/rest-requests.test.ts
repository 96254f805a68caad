import type { IncomingHttpHeaders } from 'node:http';
import type { Condition } from '../condition.js';
import type { AskedParameter } from '../source-object.js';
import type { Paging } from '../web/asked-object.js';
import { sendJson, startTestServer, type TestServer } from '../web/testing/test-server.js';
import type { HttpDefinition } from './http-definition.js';
import { openRestConnection } from './open-rest.js';
import { openEndpoint } from './testing/open-endpoint.js';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: TestServer;
let seen: Seen[];
let answer: (seen: Seen) => readonly [status: number, json: string];

beforeEach(async () => {
  seen = [];
  answer = () => [200, '{"list":[]}'];
  server = await startTestServer(({ method = '', url = '', headers }, response, body) => {
    seen.push({ method, url, headers, body });
    const [status, json] = answer({ method, url, headers, body });
    sendJson(response, json, status);
  });
});
afterEach(() => server.close());

const KEY: AskedParameter = { param: 'k', column: 'id', by: 'key' };
const eq = (value: string): Condition => ({ kind: 'compare', column: 'id', op: 'eq', value });

async function read(definition: Partial<HttpDefinition>, where?: Condition, columns?: readonly string[]) {
  const headers = { 'X-Token': 'top-secret', Accept: 'application/json;v=2' };
  const url = `${server.url}/base/`;
  const {
    connection,
    adapter,
    read: readRows,
  } = openEndpoint({ dialect: 'rest', url, headers }, definition, columns);
  const rows = await readRows(where).finally(() => connection.close());
  return { rows, adapter };
}

describe('a REST request', () => {
  it('carries parameters in the query, sorted and percent-encoded, and the configured headers', async () => {
    await read({ ask: [KEY], fixed: new Map([['a b', '嵊&泗']]) }, eq('1+1=2 &%'));
    expect(seen[0]).toMatchObject({
      method: 'GET',
      url: `/base/rows?a%20b=${encodeURIComponent('嵊&泗')}&k=1%2B1%3D2%20%26%25`,
      headers: { 'x-token': 'top-secret', accept: 'application/json;v=2' },
    });
  });

  it('carries a parameter in the path, whatever it holds', async () => {
    const definition = { path: '/cases/{k}/detail', ask: [KEY], needs: ['k'] };
    await read(definition, eq('../a?b#c/嵊'));
    expect(seen.map(({ url }) => url)).toEqual([`/base/cases/${encodeURIComponent('../a?b#c/嵊')}/detail`]);
    for (const steps of ['.', '..', '']) expect((await read(definition, eq(steps))).rows).toEqual([]);
    expect(seen).toHaveLength(1);
  });

  it('carries parameters as a form', async () => {
    await read(
      { method: 'POST', send: 'form', ask: [KEY], fixed: new Map([['additional', '{"a":"许可"}']]) },
      eq('x y'),
    );
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/base/rows' });
    expect(seen[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded; charset=UTF-8');
    expect([...new URLSearchParams(seen[0]?.body)]).toEqual([
      ['additional', '{"a":"许可"}'],
      ['k', 'x y'],
    ]);
  });

  it('carries parameters as JSON: numbers of pages as numbers, fixed structures as they are, the rest as text', async () => {
    const paging: Paging = { style: 'page', param: 'page', first: 1, sizeParam: 'size', size: 10 };
    const fixed = new Map([
      ['scope', '{"town":["洋山"]}'],
      ['version', '2'],
    ]);
    await read({ method: 'POST', send: 'json', ask: [KEY], fixed, paging }, eq('"}{'));
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      scope: { town: ['洋山'] },
      version: '2',
      k: '"}{',
      size: 10,
      page: 1,
    });
  });

  it('carries dotted parameters in objects, and each as what it is', async () => {
    const ask: readonly AskedParameter[] = [
      { param: 'filter.updatedSince', column: 'id', by: 'from' },
      { param: 'filter.no', column: 'no', by: 'key', type: 'number' },
      { param: 'filter.valid', column: 'valid', by: 'key', type: 'boolean' },
    ];
    const fixed = new Map([
      ['filter', '{"kind":"许可","page":{"deep":1}}'],
      ['level', '3'],
      ['flag', 'true'],
      ['word', '3'],
    ]);
    const paging: Paging = { style: 'page', param: 'page.no', first: 0, sizeParam: 'page.size', size: 10 };
    const where: Condition = {
      kind: 'all',
      of: [
        { kind: 'compare', column: 'id', op: 'gte', value: '2026-06-01' },
        { kind: 'compare', column: 'no', op: 'eq', value: '7' },
        { kind: 'compare', column: 'valid', op: 'eq', value: 'true' },
      ],
    };
    const definition = {
      method: 'POST',
      send: 'json',
      ask,
      fixed,
      fixedJson: new Set(['filter', 'level', 'flag']),
      paging,
    } as const;
    await read(definition, where, ['id', 'no', 'valid']);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      filter: { kind: '许可', page: { deep: 1 }, updatedSince: '2026-06-01', no: 7, valid: true },
      level: 3,
      flag: true,
      word: '3',
      page: { no: 0, size: 10 },
    });
  });

  it('carries several values as a list, or repeats the parameter', async () => {
    const where: Condition = { kind: 'in', column: 'id', values: ['1', '2,3', 'x'] };
    const list: AskedParameter = { param: 'q.ids', column: 'id', by: 'keys', type: 'list' };
    await read({ method: 'POST', send: 'json', ask: [list] }, where);
    await read({ ask: [{ ...list, param: 'ids' }] }, where);
    await read({ method: 'POST', send: 'json', ask: [{ ...list, type: 'numbers' }] }, where);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ q: { ids: ['1', '2,3', 'x'] } });
    expect(seen[1]?.url).toBe('/base/rows?ids=1&ids=2%2C3&ids=x');
    // What is no number stands in no row of a column of numbers.
    expect(JSON.parse(seen[2]?.body ?? '')).toEqual({ q: { ids: [1] } });
  });

  it('is refused where a name is a value and an object at once', async () => {
    const definition = {
      method: 'POST',
      send: 'json',
      fixed: new Map([
        ['a', 'x'],
        ['a.b', 'y'],
      ]),
    } as const;
    await expect(read(definition)).rejects.toMatchObject({ code: 'SOURCE_REJECTED' });
  });

  it('is explained without its headers', async () => {
    const { adapter } = await read({ ask: [KEY] });
    const request = { from: { name: 'test.rows' }, columns: ['id'], where: eq('7'), orderBy: [], limit: 5 };
    expect(adapter.explain(request)).toContain('GET /base/rows?k=7');
    expect(adapter.explain(request)).not.toContain('top-secret');
  });
});

describe('a REST answer', () => {
  const rowsOf = async (
    json: string,
    columns: readonly string[],
    definition: Partial<HttpDefinition> = {},
  ) => {
    answer = () => [200, json];
    return (await read(definition, undefined, columns)).rows;
  };

  it('reads numbers by their value, and tells null, absence and empty text apart from other cells', async () => {
    const json = '{"list":[{"id":9007199254740993,"a":12.50,"b":1E+2,"c":null,"d":"","e":true,"f":-0}]}';
    expect(await rowsOf(json, ['id', 'a', 'b', 'c', 'd', 'e', 'f', 'g'])).toEqual([
      ['9007199254740993', '12.5', '100', null, '', 'true', '0', null],
    ]);
  });

  it('reads nested objects by path, whole objects and lists as JSON, and JSON inside a text', async () => {
    const json =
      '{"list":[{"id":"1","owner":{"name":"张三","ids":[1.0,"x"]},"detail":"{\\"town\\":{\\"code\\":330922}}"}]}';
    expect(
      await rowsOf(json, ['id', 'owner.name', 'owner.ids', 'owner', 'detail.town.code', 'detail']),
    ).toEqual([
      ['1', '张三', '[1,"x"]', '{"name":"张三","ids":[1,"x"]}', '330922', '{"town":{"code":330922}}'],
    ]);
  });

  it('takes no name for a property: __proto__ and constructor are columns', async () => {
    const json = '{"list":[{"id":"1","__proto__":{"polluted":"x"},"constructor":"y","toString":"z"}]}';
    const columns = ['id', '__proto__.polluted', 'constructor', 'toString', 'valueOf', 'polluted'];
    expect(await rowsOf(json, columns)).toEqual([['1', 'x', 'y', 'z', null, null]]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    await expect(rowsOf('{"__proto__":{"list":[]}}', ['id'])).rejects.toMatchObject({
      code: 'SOURCE_MALFORMED',
    });
  });

  it('refuses a row that gives one column by two ways', async () => {
    const json = '{"list":[{"id":"1","a.b":1,"a":{"b":2}}]}';
    await expect(rowsOf(json, ['id'])).rejects.toMatchObject({ code: 'SOURCE_MALFORMED' });
  });

  it.each([
    ['at the root', ['$'], '[{"id":"1"}]'],
    [
      'as the first path that is there',
      ['data', 'result.list'],
      '{"data":"","result":{"list":[{"id":"1"}]}}',
    ],
    ['inside a text on the way', ['data.list'], '{"data":"{\\"list\\":[{\\"id\\":\\"1\\"}]}"}'],
    ['as an item of a list', ['data.1.rows'], '{"data":[0,{"rows":[{"id":"1"}]}]}'],
    ['as a single object', ['data'], '{"data":{"id":"1"}}'],
  ])('has its rows %s', async (_, rows, json) => {
    expect(await rowsOf(json, ['id'], { rows })).toEqual([['1']]);
  });

  it('tells success, no such row and failure by its own code, under any status below 500', async () => {
    const outcome = { path: 'code', ok: ['200'], none: ['404'], message: 'msg' };
    expect(await rowsOf('{"code":200,"list":[{"id":"1"}]}', ['id'], { outcome })).toEqual([['1']]);
    expect(await rowsOf('{"code":404}', ['id'], { outcome })).toEqual([]);
    answer = () => [404, '{"code":"404","msg":"no such case"}'];
    expect((await read({ outcome })).rows).toEqual([]);
    answer = () => [200, '{"code":500,"msg":"内部错误"}'];
    await expect(read({ outcome })).rejects.toMatchObject({
      code: 'SOURCE_REJECTED',
      message: expect.stringContaining('500: 内部错误'),
    });
    answer = () => [404, '{"code":"403"}'];
    await expect(read({ outcome })).rejects.toMatchObject({ code: 'SOURCE_REJECTED' });
    for (const told of [
      '"code":401,"msg":"x"',
      '"code":500,"msg":"登录令牌已过期"',
      '"code":9,"msg":"Invalid token"',
    ]) {
      answer = () => [200, `{${told},"list":[]}`];
      await expect(read({ outcome })).rejects.toMatchObject({
        code: 'SOURCE_CREDENTIALS_REFUSED',
        message: expect.stringContaining('refuses with code'),
      });
    }
  });

  it('that does not say its total where it should is SourceMalformed', async () => {
    const paging: Paging = { style: 'page', param: 'page', first: 1, size: 10, total: 'total' };
    for (const total of ['', ',"total":null', ',"total":-1', ',"total":"many"']) {
      await expect(rowsOf(`{"list":[{"id":"1"}]${total}}`, ['id'], { paging })).rejects.toMatchObject({
        code: 'SOURCE_MALFORMED',
      });
    }
    expect(await rowsOf('{"total":"1","list":[{"id":"1"}]}', ['id'], { paging })).toEqual([['1']]);
  });
});

describe('openRestConnection()', () => {
  it.each([
    [{ dialect: 'rest', url: 'ftp://x' }],
    [{ dialect: 'rest', url: 'http://user:secret@x' }],
    [{ dialect: 'rest', url: 'http://x?a=1' }],
    [{ dialect: 'rest', url: 'http://x', headers: { 'a b': 'c' } }],
    [{ dialect: 'rest', url: 'http://x', headers: { token: 'a\r\nb: c' } }],
    [{ dialect: 'rest', url: 'http://x', headers: { Host: 'y' } }],
    [{ dialect: 'if1', url: 'http://x', appKey: 'k', appSecret: '' }],
    [{ dialect: 'if2', url: 'http://x', accessKey: '嵊', secretKey: 's' }],
  ] as const)('refuses %j', (config) => {
    expect(() => openRestConnection(config)).toThrow();
  });

  it('reads nothing by itself, binds endpoints alone, and knows whether the service is there', async () => {
    const connection = openRestConnection({ dialect: 'rest', url: server.url });
    const bounds = { signal: new AbortController().signal, timeoutMs: 5000, maxBytes: 1e6 };
    const request = { from: { name: 'rows' }, columns: [], where: eq('1'), orderBy: [], limit: 1 };
    await expect(connection.read(request, bounds)).rejects.toMatchObject({ code: 'SOURCE_REJECTED' });
    await expect(connection.describe('rows', bounds)).rejects.toMatchObject({ code: 'SOURCE_REJECTED' });
    const binding = { interface: 'x', columns: ['id'], key: ['id'] };
    expect(() => connection.bind?.({ ...binding, definition: { kind: 'table' } })).toThrow('http objects');
    answer = () => [404, '{}'];
    await expect(connection.probe(bounds)).resolves.toBeUndefined();
    await connection.close();
    await expect(connection.probe(bounds)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });
});
