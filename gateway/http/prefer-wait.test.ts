import { openShopGateway, type ShopGateway } from '../testing/shop-gateway.js';

let shop: ShopGateway;
beforeAll(async () => {
  shop = await openShopGateway({
    // Callers must send fast; answers may take as long as the deadline.
    limits: { deadline: { defaultMs: 500, mostMs: 20_000 }, headersTime: 300, receiveTime: 300 },
  });
});
afterAll(() => shop.gateway.close());

const SLOW = '{ slow(ms: 1500) }';

async function ask(body: object, prefer?: string) {
  const response = await fetch(shop.gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(prefer !== undefined && { prefer }) },
    body: JSON.stringify(body),
  });
  const { data } = (await response.json()) as { readonly data: { readonly slow: string | null } };
  return { slow: data.slow, applied: response.headers.get('preference-applied') };
}

describe.each([
  ['through Apollo Server', { query: SLOW, extensions: {} }],
  ['directly', { query: SLOW }],
])('a request that is answered %s', (_, body) => {
  beforeAll(async () => void (await ask({ query: SLOW, extensions: {} })));

  it('has the default deadline', async () => {
    expect(await ask(body)).toEqual({ slow: null, applied: null });
  });

  it('has the deadline that its caller prefers', async () => {
    expect(await ask(body, 'wait=19')).toEqual({ slow: 'late', applied: 'wait=19' });
  });

  it('has the most that there is when its caller wants more', async () => {
    expect(await ask(body, 'respond-async, wait=600')).toEqual({ slow: 'late', applied: 'wait=20' });
  });

  it('has the default deadline when its caller wants nonsense', async () => {
    expect(await ask(body, 'wait=a while')).toEqual({ slow: null, applied: null });
  });
});
