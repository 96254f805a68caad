import { getIntrospectionQuery } from 'graphql';
import { openShopGateway, type ShopGateway } from '../testing/shop-gateway.js';

/** Valid operations of every outcome: data, nulls, errors of fields, of subgraphs, of everything. */
const CORPUS: readonly {
  readonly query: string;
  readonly variables?: object;
  readonly operationName?: string;
}[] = [
  { query: '{ __typename }' },
  { query: '{ products { id title inStock shipping seller { name rating } reviews { text } } }' },
  { query: '{ all: products { id stock: inStock } items { __typename id ... on Gift { wrapping } } }' },
  { query: 'query Mine($id: ID!) { product(id: $id) { title weight } }', variables: { id: '1' } },
  { query: 'query Mine($id: ID!) { product(id: $id) { title weight } }', variables: { id: 'none' } },
  { query: 'query Mine($id: ID!) { product(id: $id) { title } }' },
  { query: 'query Mine($id: ID!) { product(id: $id) { title } }', variables: { id: { a: 1 } } },
  { query: 'query ($yes: Boolean = true) { products { id @include(if: $yes) title @skip(if: $yes) } }' },
  { query: '{ broken }' },
  { query: '{ brokenPublicly(text: "改日\\"再试\\\\。\\u0001") reviews { id } }' },
  { query: 'query A { reviews { text } } query B { products { id } }', operationName: 'B' },
  { query: getIntrospectionQuery() },
  { query: '{ __type(name: "Product") { name fields { name } } products { title } }' },
];

let shop: ShopGateway;
beforeAll(async () => {
  shop = await openShopGateway();
});
afterAll(() => shop.gateway.close());

async function send(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(shop.gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'same', ...headers },
    body: JSON.stringify(body),
  });
  const shown = [...response.headers].filter(([name]) => !['date', 'keep-alive'].includes(name)).sort();
  return { status: response.status, headers: shown, bytes: await response.text() };
}

function requestsLogged(): readonly unknown[] {
  return shop.log.filter(({ msg }) => msg === 'request').map(({ time, tookMs, ...rest }) => rest);
}

describe('a request that does not need Apollo Server', () => {
  it.each(CORPUS.map((body) => [body.query.slice(0, 60), body] as const))(
    'is answered and told of like one that goes through it: %s',
    async (_, body) => {
      // An empty object of extensions is enough to go the long way.
      const before = requestsLogged().length;
      const first = await send({ ...body, extensions: {} });
      const direct = await send(body);
      const again = await send({ ...body, extensions: {} });
      expect(direct).toEqual(first);
      expect(again).toEqual(first);
      const [firstEvent, directEvent] = requestsLogged().slice(before);
      expect(directEvent).toEqual(firstEvent);
    },
  );

  it.each([
    ['*/*'],
    ['application/json'],
    ['application/graphql-response+json'],
    ['application/graphql-response+json,application/json;q=0.9'],
    ['application/json, text/plain, */*'],
    ['application/graphql-response+json, application/json'],
    ['text/html'],
  ])('has the content type that accept: %s asks for', async (accept) => {
    const body = { query: '{ products { id } }' };
    const long = await send({ ...body, extensions: {} }, { accept });
    expect(await send(body, { accept })).toEqual(long);
  });

  it('is refused like any other when its document is not valid', async () => {
    for (let time = 0; time < 2; time++) {
      const { status, bytes } = await send({ query: '{ nope }' });
      expect(status).toBe(400);
      expect(bytes).toContain('GRAPHQL_VALIDATION_FAILED');
    }
  });
});
