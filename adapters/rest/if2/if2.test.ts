import { createHmac } from 'node:crypto';
import { sendJson, startTestServer, type TestServer } from '../../web/testing/test-server.js';
import { openEndpoint, type TestEndpoint } from '../testing/open-endpoint.js';

const PATH = '/restapi/prod/IC33000020220228000002/demo';
const TOLERANCE_MS = 90_000;

let server: TestServer;
let endpoint: TestEndpoint;
let offsetMs: number;
let requests: string[];
let refusal: string | null;

/** The gateway as the domain reference describes it, on a clock of its own. */
beforeEach(async () => {
  [offsetMs, requests, refusal] = [0, [], null];
  server = await startTestServer((request, response) => {
    const now = Date.now() + offsetMs;
    response.setHeader('date', new Date(now).toUTCString());
    requests.push(request.url ?? '');
    const refused = refusal ?? refuse(request.method ?? '', request.url ?? '', request.headers, now);
    if (refused === null) sendJson(response, '[{"shipCode":"浙嵊渔05885","lon":122.45000}]');
    else sendJson(response, JSON.stringify({ message: refused }), 401);
  });
  endpoint = openEndpoint(
    { dialect: 'if2', url: `${server.url}/restapi/prod`, accessKey: 'AK-DEMO', secretKey: 'SK-DEMO' },
    {
      path: '/IC33000020220228000002/demo',
      rows: ['$'],
      fixed: new Map([['b', '2']]),
      ask: [{ param: 'a', column: 'shipCode', by: 'keys' }],
    },
    ['shipCode', 'lon'],
  );
});
afterEach(async () => {
  await endpoint.connection.close();
  await server.close();
});

function refuse(
  method: string,
  url: string,
  headers: NodeJS.Dict<string | string[]>,
  now: number,
): string | null {
  const [path = '', query = ''] = url.split('?');
  const date = String(headers['x-bg-date-time']);
  if (headers['x-bg-hmac-access-key'] !== 'AK-DEMO') return 'Invalid access key';
  if (Math.abs(Date.parse(date) - now) > TOLERANCE_MS) return 'Clock skew exceeded';
  const text = [method, path, query.split('&').sort().join('&'), 'AK-DEMO', date, ''].join('\n');
  const signature = createHmac('sha256', 'SK-DEMO').update(text).digest('base64');
  return headers['x-bg-hmac-signature'] === signature ? null : 'Invalid signature';
}

const WHERE = { kind: 'compare', column: 'shipCode', op: 'eq', value: '浙嵊渔05885' } as const;
const ROW = [['浙嵊渔05885', '122.45']];

describe('an IF-2 connection', () => {
  it('signs the sorted query and the whole path, and reads numbers by their value', async () => {
    expect(await endpoint.read(WHERE)).toEqual(ROW);
    expect(requests).toEqual([`${PATH}?a=${encodeURIComponent('浙嵊渔05885')}&b=2`]);
  });

  it.each([-300_000, 300_000])(
    'signs by the gateway when our clock is %i ms off, and says how far',
    async (off) => {
      offsetMs = off;
      expect(await endpoint.read(WHERE)).toEqual(ROW);
      expect(requests).toHaveLength(2);
      expect(await endpoint.read(WHERE)).toEqual(ROW);
      expect(requests).toHaveLength(3);
      const skew = endpoint.connection.stats?.().clockSkewMs ?? 0;
      expect(Math.abs(skew - off)).toBeLessThan(5000);
      offsetMs = 0;
      expect(await endpoint.read(WHERE)).toEqual(ROW);
    },
  );

  it('gives up on a clock that stays wrong', async () => {
    refusal = 'Clock skew exceeded';
    await expect(endpoint.read(WHERE)).rejects.toMatchObject({ code: 'SOURCE_REJECTED' });
    expect(requests).toHaveLength(2);
  });

  it.each(['Invalid signature', 'Invalid access key', 'The route_id is forbidden.'])(
    'reports %j as CredentialsRefused, once',
    async (message) => {
      refusal = message;
      await expect(endpoint.read(WHERE)).rejects.toMatchObject({
        code: 'SOURCE_CREDENTIALS_REFUSED',
        message: expect.stringContaining(message),
      });
      expect(requests).toHaveLength(1);
    },
  );

  it('explains the request without its keys', () => {
    const text = endpoint.adapter.explain({
      from: { name: 'test.rows' },
      columns: ['lon'],
      where: WHERE,
      orderBy: [],
      limit: 5,
    });
    expect(text).toContain(`GET ${PATH}?a=`);
    expect(text).not.toMatch(/AK-DEMO|SK-DEMO/);
  });
});
