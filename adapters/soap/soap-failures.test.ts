import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startOwnTime } from '../../test/own-time.js';
import { ALWAYS } from '../condition.js';
import type { CallBounds, SourceAdapter } from '../source-adapter.js';
import { SourceError } from '../source-error.js';
import { openSoapConnection } from './open-soap-connection.js';
import type { SoapDefinition } from './soap-definition.js';
import { SOAP_FAILURES } from './testing/soap-failures.js';
import { type SoapServer, sendXml, soapAnswer, startSoapServer } from './testing/soap-server.js';

const TIMEOUT_MS = 5000;
const GOOD = soapAnswer('<r><list><row><id>嵊泗</id></row></list></r>');
const names = [...SOAP_FAILURES.keys()];

describe('a SOAP source that fails', () => {
  let server: SoapServer;
  let connection: SourceAdapter;

  beforeAll(async () => {
    server = await startSoapServer(({ path }, response) => {
      const failure = SOAP_FAILURES.get(decodeURIComponent(path.slice(1)));
      if (failure === undefined) sendXml(response, GOOD);
      else failure.answer(response);
    });
    connection = openSoapConnection({ dialect: 'soap', url: server.url, charset: 'gb18030' });
  });
  afterAll(async () => {
    await connection.close();
    await server.close();
  });

  const read = async (path: string, source = connection) => {
    const definition: SoapDefinition = {
      kind: 'soap',
      path: `/${encodeURIComponent(path)}`,
      version: '1.1',
      action: '',
      namespace: 'urn:test',
      operation: 'list',
      body: '',
      fixed: new Map(),
      ask: [],
      needs: [],
      probe: new Map(),
      rows: ['r.list.row'],
    };
    const adapter = source.bind?.({
      interface: 'health.test',
      columns: ['id'],
      key: ['id'],
      definition,
    });
    const bounds: CallBounds = {
      signal: new AbortController().signal,
      timeoutMs: TIMEOUT_MS,
      maxBytes: 4 * 1024 * 1024,
    };
    const request = { from: { name: 'health.test' }, columns: ['id'], where: ALWAYS, orderBy: [], limit: 9 };
    const time = startOwnTime();
    const outcome = await adapter?.read(request, bounds).then(
      (rows) => rows,
      (error: unknown) => (error instanceof SourceError ? error.code : error),
    );
    return { outcome, tookMs: time.stop() };
  };

  const expectGood = async () => expect((await read('good')).outcome).toEqual([['嵊泗']]);

  test.each(names)('%s: the right error within the deadline, and the next call is right', async (name) => {
    const { outcome, tookMs } = await read(name);
    expect(outcome).toBe(SOAP_FAILURES.get(name)?.code);
    expect(tookMs).toBeLessThan(TIMEOUT_MS + 1500);
    await expectGood();
  });

  test('in all ways at once: every caller gets its own error, and the good ones their rows', async () => {
    const before = process.memoryUsage().rss;
    const outcomes = await Promise.all([...names, 'good', 'good'].map((name) => read(name)));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      ...names.map((name) => SOAP_FAILURES.get(name)?.code),
      [['嵊泗']],
      [['嵊泗']],
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
    await expectGood();
  });

  test('by refusing connections: SourceUnavailable, well again when it is up, and nothing after close()', async () => {
    const other = await startSoapServer((_, response) => sendXml(response, GOOD));
    const dead = openSoapConnection({ dialect: 'soap', url: other.url, charset: 'gb18030' });
    await other.close();
    expect((await read('good', dead)).outcome).toBe('SOURCE_UNAVAILABLE');
    const again = await startSoapServer(
      (_, response) => sendXml(response, GOOD),
      Number(new URL(other.url).port),
    );
    expect((await read('good', dead)).outcome).toEqual([['嵊泗']]);
    await again.close();
    await dead.close();
    expect((await read('good', dead)).outcome).toBe('SOURCE_UNAVAILABLE');
  });

  test('by entities: neither a file nor another server is ever asked for one', async () => {
    let asked = 0;
    const victim = createServer((_, response) => {
      asked += 1;
      response.end('secret');
    });
    await new Promise<void>((resolve) => victim.listen(0, '127.0.0.1', resolve));
    const { port } = victim.address() as AddressInfo;
    const entities = [
      `<!ENTITY x SYSTEM "http://127.0.0.1:${port}/x">`,
      '<!ENTITY x SYSTEM "file:///etc/hostname">',
      `<!ENTITY % p SYSTEM "http://127.0.0.1:${port}/dtd"> %p;`,
      `<!ENTITY a "aaaaaaaaaa">${[...'bcdefghij'].map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghi'[index]};`.repeat(10)}">`).join('')}<!ENTITY x "&j;">`,
    ];
    const inner = GOOD.replace('<?xml version="1.0"?>', '').replace('嵊泗', '&x;');
    const documents = [
      ...entities.map((entity) => `<!DOCTYPE r [${entity}]>${inner}`),
      `<!DOCTYPE r SYSTEM "http://127.0.0.1:${port}/r.dtd">${GOOD.slice('<?xml version="1.0"?>'.length)}`,
      inner,
    ];
    server.handle((_, response) => sendXml(response, documents[0] ?? ''));
    while (documents.length > 0) {
      const { outcome, tookMs } = await read('good');
      expect(outcome).toBe('SOURCE_MALFORMED');
      expect(tookMs).toBeLessThan(TIMEOUT_MS);
      documents.shift();
    }
    expect(asked).toBe(0);
    server.handle((_, response) => sendXml(response, GOOD));
    await expectGood();
    await new Promise((resolve) => victim.close(resolve));
  });
});
