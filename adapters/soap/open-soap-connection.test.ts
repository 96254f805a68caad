import { ALWAYS, type Condition } from '../condition.js';
import type { CallBounds, ReadRequest, SourceAdapter } from '../source-adapter.js';
import { SourceRejected } from '../source-error.js';
import type { SourceRow } from '../source-value.js';
import { openSoapConnection } from './open-soap-connection.js';
import type { SoapDefinition } from './soap-definition.js';
import { HYGIENE_BINDING, HYGIENE_PERMITS, PERMITS, serveHygienePermits } from './testing/health-service.js';
import { type SoapServer, sendXml, soapAnswer, startSoapServer, textIn } from './testing/soap-server.js';

const bounds: CallBounds = {
  signal: new AbortController().signal,
  timeoutMs: 20_000,
  maxBytes: 8 * 1024 * 1024,
};
const CREDENTIALS = { user: '嵊泗', password: 'p<w>d&' };

function permits(where: Condition, limit = 100): ReadRequest {
  return {
    from: { name: 'health.hygiene-permit' },
    columns: ['@no', 'comp_name', 'zjzt'],
    where,
    orderBy: [],
    limit,
  };
}

const wanted = (holds: (permit: (typeof PERMITS)[number]) => boolean): SourceRow[] =>
  PERMITS.filter(holds).map(({ no, name, state }) => [no, name, state]);

describe('a SOAP 1.1 operation with XML in a string', () => {
  let server: SoapServer;
  let connection: SourceAdapter;
  let adapter: SourceAdapter;

  const open = (config: Partial<Parameters<typeof openSoapConnection>[0]> = {}) =>
    openSoapConnection({
      dialect: 'soap',
      url: `${server.url}/services`,
      charset: 'gbk',
      ...CREDENTIALS,
      ...config,
    });
  const bind = (source: SourceAdapter, definition: SoapDefinition = HYGIENE_PERMITS): SourceAdapter => {
    const bound = source.bind?.({ ...HYGIENE_BINDING, definition });
    if (bound === undefined) throw new Error('the connection cannot be bound');
    return bound;
  };

  beforeAll(async () => {
    server = await startSoapServer(serveHygienePermits);
    connection = open();
    adapter = bind(connection);
  });
  afterAll(async () => {
    await connection.close();
    await server.close();
  });

  test('is read page by page, every text exactly as the source holds it', async () => {
    const before = server.calls.length;
    expect(await adapter.read(permits(ALWAYS), bounds)).toEqual(wanted(() => true));
    expect(server.calls.length - before).toBe(3);
  });

  test('is asked by keys, and its code for "no data" is no rows', async () => {
    const ask = (...values: string[]): Condition => ({ kind: 'in', column: 'chiyourenbm', values });
    const keys = ['92330922MA2A1B2C3D', '91330922000000005Y'];
    const before = server.calls.length;
    expect(await adapter.read(permits(ask(...keys)), bounds)).toEqual(
      wanted(({ code }) => keys.includes(code ?? '')),
    );
    expect(server.calls.length - before).toBe(1);
    expect(await adapter.read(permits(ask('nobody')), bounds)).toEqual([]);
  });

  test('is sent in the connection charset, with its action, values escaped and nothing else', async () => {
    const hostile = `</codes><table>users</table>&x;"']]>㟙𣗋\n`;
    await adapter.read(permits({ kind: 'compare', column: 'chiyourenbm', op: 'eq', value: hostile }), bounds);
    const call = server.calls.at(-1);
    expect(call?.path).toBe('/services/HygieneService');
    expect(call?.soapAction).toBe('"urn:query"');
    expect(call?.contentType).toBe('text/xml; charset=GBK');
    expect(call?.bytes.includes(Buffer.from('e1d3e3f4', 'hex'))).toBe(true);
    expect(call?.bytes.includes('&#x37d9;&#x235cb;')).toBe(true);
    const document = call === undefined ? '' : textIn(call.operation, 'xml');
    expect(document).toContain(
      '<codes kind="holder">&lt;/codes&gt;&lt;table&gt;users&lt;/table&gt;&amp;x;&quot;&apos;]]&gt;㟙𣗋&#10;</codes>',
    );
    expect(document).toContain('<pwd>p&lt;w&gt;d&amp;</pwd>');
  });

  test('a value with a character that XML cannot hold finds nothing and is not sent', async () => {
    const before = server.calls.length;
    const where: Condition = { kind: 'in', column: 'chiyourenbm', values: ['a\0', '\ud800', '\u0001'] };
    expect(await adapter.read(permits(where), bounds)).toEqual([]);
    expect(server.calls.length).toBe(before);
  });

  test('a code of failure is SourceRejected, with the message and without the password', async () => {
    const other = open({ password: 'p<w>d& 错误' });
    const error = await bind(other)
      .read(permits(ALWAYS), bounds)
      .then(
        () => null,
        (cause: unknown) => cause,
      );
    expect(error).toBeInstanceOf(SourceRejected);
    expect(String(error)).toContain('"1"');
    expect(String(error)).toContain('密码 ***');
    await other.close();
  });

  test('explain() shows the request without the password', () => {
    const text = adapter.explain(permits({ kind: 'compare', column: 'chiyourenbm', op: 'eq', value: 'x-1' }));
    expect(text).toContain('POST /services/HygieneService');
    expect(text).toContain('x-1');
    expect(text).toContain('***');
    expect(text).not.toMatch(/p<w>d|p&lt;|p&amp;/);
  });

  test('describe() names the columns that an answer has', async () => {
    const shape = await adapter.describe('health.hygiene-permit', bounds);
    expect(shape.columns.map(({ name }) => name)).toEqual(['@no', 'chiyourenbm', 'comp_name', 'zjzt']);
  });

  test('a connection reads nothing by itself, and serves no other kind of object', async () => {
    await expect(connection.read(permits(ALWAYS), bounds)).rejects.toBeInstanceOf(SourceRejected);
    await expect(connection.probe(bounds)).resolves.toBeUndefined();
    const table = { ...HYGIENE_BINDING, definition: { kind: 'table', table: 't' } } as const;
    expect(() => connection.bind?.(table)).toThrow(SourceRejected);
  });

  test.each<[string, Partial<SoapDefinition>]>([
    ['a placeholder of nothing', { body: '<xml>{request}{nothing}</xml>' }],
    ['a placeholder that objects inherit', { body: '<xml>{request}{constructor}</xml>' }],
    [
      'a parameter that is nowhere in the templates',
      { fixed: new Map([...HYGIENE_PERMITS.fixed, ['x', '1']]) },
    ],
    [
      'a parameter with the name of a secret',
      { fixed: new Map([...HYGIENE_PERMITS.fixed, ['password', '1']]) },
    ],
    ['a request that the body does not use', { body: '<xml>{codes}{table}{pageNo}{pageSize}</xml>' }],
    [
      'a request within the request',
      { request: `${HYGIENE_PERMITS.request?.replace('{user}', '{request}')}` },
    ],
    ['a body that is no XML', { body: '<xml>{request}' }],
    ['a request that is no XML', { request: `<r>${HYGIENE_PERMITS.request}` }],
    ['a placeholder as a name', { body: '<xml>{request}</xml><{table}/>' }],
    ['a placeholder as an attribute without quotes', { body: '<xml a={table}>{request}</xml>' }],
    ['a placeholder in CDATA', { body: '<xml><![CDATA[{request}]]></xml>' }],
    ['an action that is no header', { action: 'urn:a"\r\nx: 1' }],
  ])('refuses %s when it is bound', (_, change) => {
    expect(() => bind(connection, { ...HYGIENE_PERMITS, ...change })).toThrow(SourceRejected);
  });

  test('refuses a user that the connection does not have', () => {
    const anonymous = openSoapConnection({ dialect: 'soap', url: server.url, charset: 'gbk' });
    expect(() => bind(anonymous)).toThrow(SourceRejected);
  });
});

test('a SOAP 1.2 operation has its own envelope and content type, and is read by bounds', async () => {
  const server = await startSoapServer(({ operation }, response) => {
    const rows = ['2026-01-01', '2026-06-30', '2026-12-31']
      .filter((day) => day >= textIn(operation, 'since') && day <= (textIn(operation, 'until') || '9'))
      .map((day, index) => `<m:check m:id="${index}"><when><day>${day}</day></when></m:check>`);
    sendXml(response, soapAnswer(`<m:listResponse>${rows.join('')}</m:listResponse>`, '1.2'), 'UTF-8');
  });
  const connection = openSoapConnection({ dialect: 'soap', url: server.url, charset: 'utf-8' });
  const definition: SoapDefinition = {
    kind: 'soap',
    path: '/checks',
    version: '1.2',
    action: 'urn:list',
    namespace: 'urn:checks',
    operation: 'list',
    body: '<m:since>{since}</m:since><m:until>{until}</m:until>',
    fixed: new Map(),
    ask: [
      { param: 'since', column: 'when.day', by: 'from' },
      { param: 'until', column: 'when.day', by: 'to' },
    ],
    needs: [],
    probe: new Map(),
    rows: ['listResponse.check'],
  };
  const adapter = connection.bind?.({
    interface: 'health.check',
    columns: ['@id', 'when.day'],
    key: ['@id'],
    definition,
  });
  const where: Condition = { kind: 'compare', column: 'when.day', op: 'gte', value: '2026-06-30' };
  const request = { from: { name: 'health.check' }, columns: ['when.day'], where, orderBy: [], limit: 9 };
  expect(await adapter?.read(request, bounds)).toEqual([['2026-06-30'], ['2026-12-31']]);
  expect(server.calls[0]?.contentType).toBe('application/soap+xml; charset=UTF-8; action="urn:list"');
  expect(server.calls[0]?.soapAction).toBeUndefined();
  expect(server.calls[0]?.bytes.toString()).toContain('http://www.w3.org/2003/05/soap-envelope');
  expect(server.calls[0]?.bytes.toString()).toContain(
    '<m:list xmlns:m="urn:checks"><m:since>2026-06-30</m:since><m:until></m:until></m:list>',
  );
  await connection.close();
  await server.close();
});

test.each(['ftp://x', 'http://user:secret@x/', 'http://x/?wsdl', 'nowhere'])(
  'openSoapConnection() refuses the address %s',
  (url) => {
    expect(() => openSoapConnection({ dialect: 'soap', url, charset: 'gbk' })).toThrow(/"url"/);
  },
);
