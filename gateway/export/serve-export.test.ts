import { openShopGateway, type ShopGateway } from '../testing/shop-gateway.js';

let shop: ShopGateway;
beforeAll(async () => {
  shop = await openShopGateway();
});
afterAll(() => shop.gateway.close());

function ask(init: RequestInit, path = '/export') {
  return fetch(new URL(path, shop.gateway.url), init);
}

function post(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return ask({
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'exp-1', ...headers },
    body: JSON.stringify(body),
  });
}

describe('POST /export', () => {
  it.each([
    [{ query: '{ products { id } }' }, 400, 'EXPORT_NOT_ONE_LIST'],
    [{ query: '{ products { id } reviews { id } }' }, 400, 'EXPORT_NOT_ONE_LIST'],
    [{ query: '{ products { id } }', format: 'pdf' }, 400, 'EXPORT_FORMAT_UNKNOWN'],
    [{ query: '{ products { nope } }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [{ query: '{ products {' }, 400, 'GRAPHQL_PARSE_FAILED'],
    [{ query: 7 }, 400, 'BAD_REQUEST'],
    [[], 400, 'BAD_REQUEST'],
  ])('refuses %j as everything is refused', async (body, status, code) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    const { errors, ...others } = (await response.json()) as {
      readonly errors: readonly { readonly message: string; readonly extensions: object }[];
    };
    expect(others).toEqual({});
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(/^\p{Script=Han}/u);
    expect(errors[0]?.extensions).toEqual({ code, retryable: false, requestId: 'exp-1' });
  });

  it('cannot give a page of a browser', async () => {
    expect((await post({ query: '{ products { id } }' }, { accept: 'text/html' })).status).toBe(406);
  });

  it('is the one method of its address', async () => {
    const response = await ask({ method: 'GET' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    const options = await ask({ method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  });

  it('is logged like any other request', async () => {
    await post({ query: '{ products { id } }' }, { 'x-request-id': 'exp-logged' });
    const logged = shop.log.filter(({ requestId }) => requestId === 'exp-logged');
    expect(logged).toEqual([
      expect.objectContaining({ outcome: 'refused', errors: ['EXPORT_NOT_ONE_LIST'] }),
    ]);
  });
});

describe('GET /export/<id>', () => {
  it('knows nothing of an export that there was not', async () => {
    expect((await ask({ method: 'GET' }, '/export/0')).status).toBe(404);
  });
});
