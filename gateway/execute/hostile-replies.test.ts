import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import { CARRIERS } from '../bytes/carrier.js';
import { askExecutor } from '../testing/ask-executor.js';
import { bytesPort } from '../testing/bytes-port.js';
import { type OpenedShop, openShop } from '../testing/open-shop.js';
import { type Execute, openShopSubgraph } from '../testing/shop-graph.js';

type Reply = Record<string, unknown>;

function entity(of: unknown): Reply {
  return of as Reply;
}

/** The same subgraph, whose replies are bytes. */
function spoken(port: SubgraphPort): SubgraphPort {
  return bytesPort(port.name, async (asked, context) =>
    Buffer.from(JSON.stringify(await port.execute(asked, context))),
  );
}

describe.each(CARRIERS)('over %s', (carrier) => {
  let shop: OpenedShop;
  /** What becomes of a subgraph's reply in the running test. */
  let changes: Readonly<Record<string, (own: Execute) => Execute>>;

  beforeAll(async () => {
    const changeable =
      (name: string) =>
      (own: Execute): Execute =>
      (request, context) =>
        (changes[name]?.(own) ?? own)(request, context);
    const around: Readonly<Record<string, (own: Execute) => Execute>> = {
      products: changeable('products'),
      stock: changeable('stock'),
    };
    shop = await openShop(
      {},
      { carrier, subgraph: ({ name }) => spoken(openShopSubgraph(name, around[name])) },
    );
  });
  beforeEach(() => {
    changes = {};
  });
  afterAll(() => shop.executor.close());

  /** Asks for the stock of all products while the subgraph's reply is changed on its way. */
  async function askWith(change: (entities: unknown[]) => unknown) {
    const changed =
      (own: Execute): Execute =>
      async (request, context) => {
        const result = await own(request, context);
        const data = JSON.parse(JSON.stringify(result.data)) as Reply;
        return { data: { ...data, _entities: change(data._entities as unknown[]) } };
      };
    changes = { stock: changed };
    const result = await askExecutor(shop.executor, { query: '{ products { id title inStock } }' });
    const products = result.data?.products as readonly (Reply | null)[];
    return {
      stock: products.map((product) => product?.inStock),
      titles: products.map((product) => product?.title),
      codes: result.errors?.map(({ extensions }) => extensions?.code),
      text: JSON.stringify(result),
    };
  }

  const NOTHING = { stock: [null, null, undefined, null], codes: ['SUBGRAPH_MALFORMED'] };

  describe('a hostile reply', () => {
    it.each<[string, (entities: unknown[]) => unknown]>([
      ['shuffled entities', (all) => [...all].reverse()],
      ['one entity twice', ([first, , ...others]) => [first, first, ...others]],
      ['a short list', (all) => all.slice(1)],
      ['a long list', (all) => [...all, ...all]],
      ['an object in the place of the list', (all) => ({ ...all, length: all.length })],
      ['a text in the place of the list', () => 'entities'],
      ['no list', () => undefined],
      ['lists in the place of entities', (all) => all.map((one) => [one])],
      ['numbers in the place of entities', (all) => all.map(() => 7)],
      ['entities of another type', (all) => all.map((one) => ({ ...entity(one), __typename: 'Seller' }))],
      ['a type that nobody has', (all) => all.map((one) => ({ ...entity(one), __typename: '__proto__' }))],
      [
        'entities without the key that was asked back',
        (all) => all.map((one) => ({ inStock: entity(one).inStock })),
      ],
    ])('is not used: %s', async (_, change) => {
      const { stock, titles, codes } = await askWith(change);
      expect({ stock, codes }).toEqual(NOTHING);
      expect(titles).toEqual(['Net', 'Rope', undefined, 'Buoy']);
    });

    it('does not reach Object.prototype, nor the answer, with names of its own', async () => {
      const { text } = await askWith((all) =>
        all.map((one) =>
          JSON.parse(
            `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"secret":"x",${JSON.stringify(one).slice(1)}`,
          ),
        ),
      );
      expect(({} as Reply).polluted).toBeUndefined();
      expect(text).not.toMatch(/polluted|secret/);
      expect(JSON.parse(text).data.products[0]).toEqual({ id: '1', title: 'Net', inStock: 10 });
    });

    it.each<[string, unknown, readonly unknown[]]>([
      ['a list where an object belongs', [{ id: '1', title: 'x' }], []],
      ['an object where a text belongs', { id: '1', title: { toString: 1 } }, ['product', 'title']],
      ['a list where a text belongs', { id: '1', title: ['Net'] }, ['product', 'title']],
      ['a number where a text belongs', { id: '1', title: 5 }, ['product', 'title']],
    ])('gives null and an error for %s', async (_, product, path) => {
      changes = { products: () => () => Promise.resolve({ data: { product } }) };
      const result = await askExecutor(shop.executor, { query: '{ product(id: "1") { id title } }' });
      expect(result.errors).toMatchObject([
        { path: path.length === 0 ? ['product'] : path, extensions: { code: 'SUBGRAPH_MALFORMED' } },
      ]);
      expect(result.data).toEqual({ product: path.length === 0 ? null : { id: '1', title: null } });
    });

    it('cannot make one entity of an object that is shown under two questions', async () => {
      // Both places show seller s1, and both call different things `x`.
      const result = await askExecutor(shop.executor, {
        query: `{ a: product(id: "1") { reviews { seller { x: rating } } } b: product(id: "1") { reviews { seller { x: name } } } }`,
      });
      expect(result).toEqual({
        data: {
          a: { reviews: [{ seller: { x: 5 } }] },
          b: { reviews: [{ seller: { x: 'Wang' } }] },
        },
      });
    });
  });
});
