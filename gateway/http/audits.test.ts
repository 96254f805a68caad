import { serverAudits } from 'graphql-http';
import { openShopGateway, type ShopGateway } from '../testing/shop-gateway.js';

let shop: ShopGateway;
beforeAll(async () => {
  shop = await openShopGateway();
});
afterAll(() => shop.gateway.close());

/** As clients do: a GET has a header that a page of another origin cannot send. */
function ask(url: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
  const isPost = init.method === 'POST';
  return fetch(url, {
    ...init,
    headers: { ...(isPost ? {} : { 'apollo-require-preflight': 'true' }), ...headers },
  });
}

const audits = serverAudits({ url: () => shop.gateway.url, fetchFn: ask });

it('has all audits of the specification for GraphQL over HTTP', () => {
  expect(audits).toHaveLength(61);
});

it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (_, __, audit) => {
  const result = await audit.fn();
  expect('reason' in result ? `${result.status}: ${result.reason}` : result.status).toBe('ok');
});
