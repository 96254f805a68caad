import { composeServices } from '@apollo/composition';
import { GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { publicError } from '../../runtime/errors.js';
import { buildSubgraph, type SubgraphResolvers } from '../../subgraphs/port/subgraph-schema.js';
import { CATEGORIES, PRODUCTS, REVIEWS, USERS } from './benchmark-data.js';
import { ACCOUNTS_SDL, INVENTORY_SDL, PRODUCTS_SDL, REVIEWS_SDL } from './benchmark-schemas.js';

type Ref<Key extends string> = { readonly [key in Key]: string };
type WithRequired = Ref<'upc'> & { readonly name?: string | null; readonly weight?: number | null };
interface StockOptions {
  readonly warehouse?: string;
  readonly least?: number | null;
  readonly but?: readonly string[] | null;
  readonly also?: StockOptions | null;
}
interface ReviewFilter {
  readonly minScore?: number | null;
  readonly authors?: readonly string[] | null;
}

/** A new object each time: the caller may write on it. */
const userOf = (id: string) => copyOf(USERS.find((user) => user.id === id));
const productOf = (upc: string) => copyOf(PRODUCTS.find((product) => product.upc === upc));
const categoryOf = (id: string | null) => copyOf(CATEGORIES.find((category) => category.id === id));
const copyOf = <T extends object>(row: T | undefined): T | null => (row === undefined ? null : { ...row });
const take = <T>(rows: readonly T[], first: number | null | undefined): readonly T[] =>
  rows.slice(0, first ?? rows.length);

const accountsResolvers: SubgraphResolvers = {
  Query: {
    me: () => userOf('1'),
    user: (_: unknown, { id }: Ref<'id'>) => userOf(id),
    users: () => [...USERS.map(({ id }) => userOf(id)), null],
  },
  User: {
    // Async: one that throws at once fails all entities of its request.
    __resolveReference: async ({ id }: Ref<'id'>) => {
      if (id === '8') throw publicError('SOURCE_UNAVAILABLE');
      return userOf(id);
    },
    email: ({ id }: Ref<'id'>) => {
      if (id === '4') throw publicError('SOURCE_TIMEOUT');
      return id === '2' ? null : `${id}@example.org`;
    },
    contacts: ({ id }: Ref<'id'>, { kinds, limit }: { kinds: readonly string[] | null; limit: number }) =>
      kinds === null ? null : kinds.slice(0, limit).map((kind) => ({ kind, text: `${kind} of ${id}` })),
  },
};

const stockOf = (upc: string, options: StockOptions | null | undefined): number | null => {
  const { warehouse = 'none', least, but, also } = options ?? {};
  if (but?.includes(upc)) return null;
  const own = Number(upc) * (warehouse === 'NORTH' ? 10 : 7);
  if (least !== undefined && least !== null && own < least) throw publicError('BAD_USER_INPUT');
  return own + (also === undefined || also === null ? 0 : (stockOf(upc, also) ?? 0));
};

const KEEPERS: Readonly<Record<string, string>> = { '1': '6', '2': '3', '4': '8', '5': '99', '6': '6' };

const inventoryResolvers: SubgraphResolvers = {
  Query: {
    stockOf: (_: unknown, { upcs, options }: { upcs: readonly string[]; options: StockOptions | null }) =>
      upcs.map((upc) => (stockOf(upc, options) === null ? null : { upc })),
    audit: (_: unknown, { strict }: { strict: boolean }) => {
      if (strict) throw new Error('the auditors at 10.0.0.7 are out');
      return 42;
    },
  },
  Product: {
    __resolveReference: (reference: WithRequired) =>
      productOf(reference.upc) === null ? null : { ...reference },
    inStock: ({ upc }: Ref<'upc'>) => productOf(upc)?.inStock ?? null,
    shippingEstimate: ({ price, weight }: { price?: number | null; weight?: number | null }) => {
      if (price === undefined || weight === undefined) throw new Error('price and weight are required');
      if (price !== null && price > 1000) return 0;
      return weight === null ? null : Math.floor(weight / 2);
    },
    shippingLabel: ({ upc, name, weight }: WithRequired, { prefix }: { prefix: string | null }) => {
      if (name === undefined || weight === undefined) throw new Error('name and weight are required');
      if (upc === '2') throw new GraphQLError('no label', { extensions: { code: 'CUSTOM' } });
      return `${prefix} ${name} (${weight})`;
    },
    stockLevel: ({ upc }: Ref<'upc'>) => {
      if (upc === '3') throw publicError('SOURCE_REJECTED');
      return upc === '6' ? null : Number(upc) * 3;
    },
    stock: ({ upc }: Ref<'upc'>, { options }: { options?: StockOptions | null }) => stockOf(upc, options),
    lots: ({ upc }: Ref<'upc'>, { first }: { first: number | null }) => {
      const lots = ['a', 'b', 'c'].map((letter) => ({ code: `${upc}${letter}`, upc }));
      return upc === '5' ? [lots[0], null] : take(lots, first);
    },
    keeper: ({ upc }: Ref<'upc'>) => (KEEPERS[upc] === undefined ? null : { id: KEEPERS[upc] }),
  },
  Lot: {
    warehouse: ({ code }: Ref<'code'>) => (code.endsWith('b') ? 'NORTH' : 'SOUTH'),
    sizes: ({ upc }: Ref<'upc'>) => [[Number(upc), null], null, [], [0.5]],
    product: ({ upc }: Ref<'upc'>) => ({ upc }),
    inspectedBy: async ({ code }: Ref<'code'>) => {
      if (code === '1b') throw publicError('SOURCE_MALFORMED');
      return { id: '1' };
    },
  },
};

const found = (typeName: 'Product' | 'Category', row: object | null) =>
  row === null ? null : { __typename: typeName, ...row };

const productsResolvers: SubgraphResolvers = {
  Query: {
    topProducts: (_: unknown, { first }: { first: number | null }) =>
      take(PRODUCTS, first ?? 5).map(({ upc }) => productOf(upc)),
    search: (_: unknown, { text, first }: { text: string; first: number | null }) => {
      if (text === '') throw publicError('BAD_USER_INPUT');
      const hits = [
        ...PRODUCTS.map((row) => found('Product', { ...row })),
        ...CATEGORIES.map((row) => found('Category', { ...row })),
      ].filter((row) => JSON.stringify(row).includes(text));
      return take(hits, first);
    },
    named: (_: unknown, { ids }: { ids?: readonly (string | null)[] | null }) =>
      (ids ?? ['1', 'c1', null, 'c0']).map(
        (id) => found('Product', productOf(id ?? '')) ?? found('Category', categoryOf(id)),
      ),
  },
  Product: {
    __resolveReference: async ({ upc }: Ref<'upc'>) => productOf(upc),
    price: ({ upc, price }: { upc: string; price: number }) => {
      if (upc === '8') throw publicError('SOURCE_TOO_LARGE');
      return price;
    },
    category: ({ category }: { category: string | null }) => categoryOf(category),
  },
  Category: {
    parent: async ({ parent }: { parent: string | null }) => categoryOf(parent),
    products: ({ id }: Ref<'id'>, { first }: { first: number | null }) =>
      take(
        PRODUCTS.filter(({ category }) => category === id),
        first,
      ).map(({ upc }) => productOf(upc)),
  },
};

const reviewOf = (id: string) => copyOf(REVIEWS.find((review) => review.id === id));
const reviewsWhere = (test: (review: (typeof REVIEWS)[number]) => boolean) =>
  REVIEWS.filter(test).map(({ id }) => reviewOf(id));
const filtered = ({ minScore, authors }: ReviewFilter) => {
  const least = minScore ?? 0;
  return reviewsWhere(
    ({ score, author }) => (score ?? 9) >= least && (!authors || authors.includes(author ?? '')),
  );
};
/** Known under any name, as the benchmark has it. */
const meanScore = (reviews: readonly ({ readonly score: number | null } | null)[]): number | null => {
  const scores = reviews.flatMap((review) => review?.score ?? []);
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
};

const reviewsResolvers: SubgraphResolvers = {
  Query: {
    reviewed: (_: unknown, { ids }: { ids: readonly string[] | null }) =>
      (ids ?? []).map((id) => {
        if (id === '0') throw publicError('BAD_USER_INPUT');
        return Number(id) % 2 === 0
          ? { __typename: 'User', ...authorOf(id) }
          : { __typename: 'Product', upc: id };
      }),
    latestReview: (_: unknown, { of }: { of?: ReviewFilter | null }) => filtered(of ?? {}).at(-1),
  },
  Review: {
    __resolveReference: ({ id }: Ref<'id'>) => reviewOf(id),
    body: ({ id }: Ref<'id'>) => `Review "${id}"\n\u2028 \\ 好`,
    product: ({ product }: Ref<'product'>) => ({ upc: product }),
    author: ({ author }: { author: string | null }) => (author === null ? null : authorOf(author)),
    about: ({ id, product, author }: { id: string; product: string; author: string | null }) =>
      Number(id) % 3 === 0 && author !== null
        ? { __typename: 'User', ...authorOf(author) }
        : { __typename: 'Product', upc: product },
    translated: async ({ id }: Ref<'id'>, { to }: { to: string }) => {
      if (id === '5') throw publicError('SOURCE_UNAVAILABLE');
      return `${to} ${id}`;
    },
  },
  User: {
    __resolveReference: ({ id }: Ref<'id'>) => ({ id }),
    reviews: ({ id }: Ref<'id'>) => reviewsWhere(({ author }) => author === id).slice(0, 2),
    rating: ({ id }: Ref<'id'>) => meanScore(reviewsWhere(({ author }) => author === id)),
  },
  Product: {
    __resolveReference: async ({ upc }: Ref<'upc'>) => {
      if (upc === '9') throw publicError('SOURCE_TIMEOUT');
      return { upc };
    },
    reviews: ({ upc }: Ref<'upc'>) => [...reviewsWhere(({ product }) => product === upc), null],
    rating: ({ upc }: Ref<'upc'>) => meanScore(reviewsWhere(({ product }) => product === upc)),
    newestReviews: ({ upc }: Ref<'upc'>, { where, first }: { where?: ReviewFilter | null; first: number }) =>
      filtered(where ?? {})
        .filter((review) => review?.product === upc)
        .slice(-first),
  },
};

/** What `@provides` tells of an author is what accounts say. */
function authorOf(id: string) {
  return { id, username: userOf(id)?.username ?? null };
}

const SUBGRAPHS = [
  { name: 'accounts', sdl: ACCOUNTS_SDL, resolvers: accountsResolvers },
  { name: 'inventory', sdl: INVENTORY_SDL, resolvers: inventoryResolvers },
  { name: 'products', sdl: PRODUCTS_SDL, resolvers: productsResolvers },
  { name: 'reviews', sdl: REVIEWS_SDL, resolvers: reviewsResolvers },
];

interface BenchmarkGraph {
  readonly supergraphSdl: string;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
}

/** Both the schemas and what they resolve to are described in `benchmark-schemas.ts`. */
export function buildBenchmarkGraph(): BenchmarkGraph {
  const composed = composeServices(
    SUBGRAPHS.map(({ name, sdl }) => ({ name, url: '', typeDefs: parse(sdl) })),
  );
  if (composed.supergraphSdl === undefined) {
    throw new Error(composed.errors?.map(({ message }) => message).join('\n'));
  }
  return {
    supergraphSdl: composed.supergraphSdl,
    schemas: new Map(SUBGRAPHS.map(({ name, sdl, resolvers }) => [name, buildSubgraph(sdl, resolvers)])),
  };
}
