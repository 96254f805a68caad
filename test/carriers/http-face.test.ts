import { CARRIERS } from '../../gateway/bytes/carrier.js';
import { openRemoteGateway, type RemoteGateway } from '../../gateway/testing/remote-gateway.js';

const AS_OF = '2026-06-30T12:00:00+08:00';
const SAID = { interface: 'all.rows', department: 'all', state: 'LIVE', asOf: AS_OF, reason: null };
const WHOLE = '{"data":{"rows":[{"id":"1","name":"宁波"}]}}';
const TOLD = `${WHOLE.slice(0, -1)},"extensions":{"coverage":[${JSON.stringify(SAID)}]}}`;

describe.each(CARRIERS)('a gateway whose answers go by %s', (carrier) => {
  let remote: RemoteGateway;
  let reply = WHOLE;
  beforeAll(async () => {
    const sdl = 'type Query { rows: [Row!] } type Row { id: ID! name: String }';
    remote = await openRemoteGateway(
      { all: { sdl, answer: () => reply } },
      { carrier, standing: () => new Map([['all.rows', { state: 'LIVE', asOf: AS_OF }]]) },
    );
  });
  afterAll(() => remote.close());

  const ask = (query = '{ rows { id name } }', headers: Readonly<Record<string, string>> = {}) =>
    remote.post(JSON.stringify({ query }), headers);

  it('sends what a subgraph sent, through Apollo Server and without', async () => {
    reply = WHOLE;
    for (let time = 0; time < 3; time++) {
      const response = await ask();
      expect([response.status, (await response.text()).trim()]).toEqual([200, WHOLE]);
      expect(response.headers.get('content-length')).not.toBeNull();
    }
  });

  it('gives each of many callers at once an answer of his own', async () => {
    reply = WHOLE;
    const queries = ['{ rows { id name } }', '{ rows { name id } }', '{ a: rows { id } }'];
    const asked = Array.from({ length: 30 }, (_, index) => queries[index % queries.length] ?? '');
    const texts = await Promise.all(asked.map(async (query) => (await ask(query)).text()));
    const [direct, turned] = [texts[0], texts[1]];
    for (const [index, text] of texts.entries()) {
      if (index % 3 === 0) expect(text).toBe(direct);
      if (index % 3 === 1) expect(text).toBe(turned);
    }
    expect(JSON.parse(turned ?? '').data).toEqual({ rows: [{ name: '宁波', id: '1' }] });
  });

  it('tells what the answer rests on, and gives it again under its tag', async () => {
    reply = TOLD;
    const query = '{ rows { name } }';
    await ask(query);
    const first = await ask(query);
    const etag = first.headers.get('etag');
    expect(await first.json()).toEqual({
      data: { rows: [{ name: '宁波' }] },
      extensions: { coverage: { complete: true, interfaces: [SAID] } },
    });
    reply = WHOLE;
    expect((await ask(query, { 'if-none-match': String(etag) })).status).toBe(304);
  });

  it('says what is wrong with a reply', async () => {
    reply = '{"data":{"rows":[{"id":null,"name":1}]}}';
    const response = await ask();
    expect(await response.json()).toMatchObject({
      data: { rows: null },
      errors: [{ path: ['rows', 0, 'id'], extensions: { code: 'SUBGRAPH_MALFORMED' } }],
    });
  });
});
