import iconv from 'iconv-lite';
import { healthStore } from '../../stores/health/health.js';
import { SOAP_PASSWORD, SOAP_USER } from '../demo-credentials.js';
import type { DemoServer } from '../demo-server.js';
import { openStoreFile } from '../store-file.js';
import { type ServedStore, writeServedStore } from '../testing/served-store.js';
import { HEALTH_NAMESPACE, HEALTH_PATH, startHealthService } from './health-service.js';
import { escapeXml } from './soap/soap-envelope.js';

let store: ServedStore;
let server: DemoServer;

beforeAll(async () => {
  store = await writeServedStore(healthStore);
  server = await startHealthService({ file: store.file });
});
afterAll(async () => {
  await server.close();
  store.remove();
});

const NAMESPACES = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

async function post(
  version: '1.1' | '1.2',
  body: string,
): Promise<{ status: number; type: string; text: string }> {
  const type = version === '1.1' ? 'text/xml' : 'application/soap+xml';
  const response = await fetch(server.url + HEALTH_PATH, {
    method: 'POST',
    headers: { 'content-type': `${type};charset=GBK` },
    body: iconv.encode(
      `<?xml version="1.0" encoding="GBK"?><s:Envelope xmlns:s="${NAMESPACES[version]}"><s:Body>${body}</s:Body></s:Envelope>`,
      'gbk',
    ),
  });
  const text = iconv.decode(Buffer.from(await response.arrayBuffer()), 'gbk');
  return { status: response.status, type: response.headers.get('content-type') ?? '', text };
}

const credentials = { user: SOAP_USER, password: SOAP_PASSWORD };

/** The document within the answer, one level of escapes taken off by hand. */
async function query(
  parts: Readonly<Record<string, string>>,
  version: '1.1' | '1.2' = '1.1',
): Promise<string> {
  const elements = Object.entries({ ...credentials, ...parts }).map(
    ([name, text]) => `<${name}>${text}</${name}>`,
  );
  const xml = `<?xml version="1.0" encoding="GBK"?><request>${elements.join('')}</request>`;
  const { status, text } = await post(
    version,
    `<q:query xmlns:q="${HEALTH_NAMESPACE}"><xml>${escapeXml(xml)}</xml></q:query>`,
  );
  expect(status).toBe(200);
  const inside = /<return>([^<]*)<\/return>/.exec(text)?.[1] ?? '';
  return inside
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/&#(\d+);/g, (_reference, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&amp;', '&');
}

const countOf = (document: string, word: string): number => document.split(word).length - 1;
const valuesOf = (document: string, name: string): string[] =>
  [...document.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);

describe('the health service', () => {
  it.each(['wsxk', 'yljg', 'jcxx', 'szjc', 'zybsb'])(
    'gives every row of %s once, page by page',
    async (table) => {
      const file = openStoreFile(store.file);
      const total = file.count(`SELECT count(*) FROM ${table}`);
      file.close();
      let seen = 0;
      for (let page = 1; seen < total; page += 1) {
        const document = await query({ cxlx: table, page: String(page), pagesize: '7' });
        expect(document).toContain(`<resultcode>0</resultcode>`);
        expect(document).toContain(`<total>${total}</total>`);
        const rows = countOf(document, '<row>');
        expect(rows).toBe(Math.min(7, total - seen));
        seen += rows;
      }
      expect(seen).toBe(total);
    },
  );

  it('writes what GBK lacks as numeric references within the document', async () => {
    const document = await query({ cxlx: 'wsxk', pagesize: '200' });
    expect(document).toContain('嵊泗县卫生健康局');
    expect(document).toContain('&#14297;头村口');
  });

  it('narrows to holders and days', async () => {
    const document = await query({ cxlx: 'jcxx', pagesize: '200' });
    const [first = '', second = ''] = [...new Set(valuesOf(document, 'bjcdwbm'))].filter(
      (code) => code.length === 18,
    );
    const two = await query({ cxlx: 'jcxx', cyrbm: `${first},${second}`, pagesize: '200' });
    expect(new Set(valuesOf(two, 'bjcdwbm'))).toEqual(new Set([first, second]));
    const days = valuesOf(document, 'jcrq').sort();
    const [from = '', to = ''] = [days[3], days[9]];
    const between = await query({ cxlx: 'jcxx', ksrq: from, jsrq: to, pagesize: '200' });
    expect(valuesOf(between, 'jcrq').sort()).toEqual(days.filter((day) => day >= from && day <= to));
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['2', 'nobody', { cxlx: 'wsxk', cyrbm: 'nobody' }],
    ['1', 'a wrong password', { cxlx: 'wsxk', password: 'x' }],
    ['1', 'a listing that it does not have', { cxlx: 'xxx' }],
    ['1', 'too large a page', { cxlx: 'wsxk', pagesize: '201' }],
    ['1', 'a day that is none', { cxlx: 'wsxk', ksrq: '2026/1/1' }],
    ['1', 'too many holders', { cxlx: 'wsxk', cyrbm: 'x,'.repeat(51) }],
  ])('answers with resultcode %s to %s', async (code, _what, parts) => {
    expect(await query(parts)).toContain(`<resultcode>${code}</resultcode>`);
  });

  it('speaks SOAP 1.2 to whoever does', async () => {
    expect(await query({ cxlx: 'yljg' }, '1.2')).toContain('<resultcode>0</resultcode>');
    const { status, type, text } = await post('1.2', '<other/>');
    expect([status, type]).toEqual([500, 'application/soap+xml;charset=GBK']);
    expect(text).toContain('soap:Sender');
  });

  it('answers with a fault to what is no call of its method', async () => {
    const { status, type, text } = await post('1.1', '<broken>');
    expect([status, type]).toEqual([500, 'text/xml;charset=GBK']);
    expect(text).toContain('<faultcode>soap:Client</faultcode>');
  });
});
