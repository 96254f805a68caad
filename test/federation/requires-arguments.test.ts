import { type Graph, openGraph, type Part } from './open-graph.js';

interface FineRef {
  readonly id: string;
  readonly amount?: number;
  readonly payments?: readonly { readonly id: string; readonly sum?: number }[];
}
interface Money {
  readonly currency: string;
}

const RATES: Readonly<Record<string, number>> = { CNY: 1, USD: 7, EUR: 8 };

const courts: Part = {
  sdl: `
    type Query { fines: [Fine!]! }
    type Fine @key(fields: "id") {
      id: ID!
      amount(currency: String!, rounded: Boolean = true): Int
      payments(first: Int!): [Payment!]!
    }
    type Payment @key(fields: "id") { id: ID! sum(currency: String!): Int @shareable }`,
  resolvers: {
    Query: { fines: () => [{ id: '1' }, { id: '2' }] },
    Fine: {
      amount: ({ id }: FineRef, { currency, rounded }: Money & { rounded: boolean }) =>
        Number(id) * 100 * (RATES[currency] ?? 0) + (rounded ? 0 : 1),
      payments: ({ id }: FineRef, { first }: { first: number }) =>
        ['a', 'b', 'c'].slice(0, first).map((letter) => ({ id: letter + id })),
    },
    Payment: { sum: ({ id }: FineRef, { currency }: Money) => id.length * (RATES[currency] ?? 0) },
  },
};

const accounts: Part = {
  sdl: `
    type Fine @key(fields: "id") {
      id: ID!
      amount(currency: String!, rounded: Boolean = true): Int @external
      payments(first: Int!): [Payment!]! @external
      inDollars: String @requires(fields: "amount(currency: \\"USD\\")")
      inEuros: String @requires(fields: "amount(currency: \\"EUR\\", rounded: false)")
      firstTwo: String @requires(fields: "payments(first: 2) { id }")
      firstOne: String @requires(fields: "payments(first: 1) { sum(currency: \\"EUR\\") }")
    }
    type Payment @key(fields: "id") { id: ID! sum(currency: String!): Int @external }`,
  resolvers: {
    Fine: {
      inDollars: ({ amount }: FineRef) => `$${amount}`,
      inEuros: ({ amount }: FineRef) => `€${amount}`,
      firstTwo: ({ payments }: FineRef) => String(payments?.map(({ id }) => id)),
      firstOne: ({ payments }: FineRef) => String(payments?.map(({ sum }) => sum)),
    },
  },
};

const appeals: Part = {
  sdl: `type Fine @key(fields: "id") {
      id: ID! amount(currency: String!, rounded: Boolean = true): Int @external
      deposit: String @requires(fields: "amount(currency: \\"CNY\\")") }`,
  resolvers: { Fine: { deposit: ({ amount }: FineRef) => `¥${amount}` } },
};

describe('@requires with arguments', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ courts, accounts });
  });
  afterAll(() => graph.close());

  const readFirst = async (selection: string, variables?: Readonly<Record<string, unknown>>) => {
    const head = variables === undefined ? '' : 'query ($currency: String!, $first: Int = 3)';
    const data = await graph.read(`${head} { fines { ${selection} } }`, variables);
    return (data.fines as readonly unknown[])[0];
  };

  it('asks with the arguments of the requirement', async () => {
    expect(await readFirst('inDollars')).toEqual({ inDollars: '$700' });
    expect(await readFirst('inEuros')).toEqual({ inEuros: '€801' });
  });

  it('keeps two requirements of one field apart in one query', async () => {
    expect(await readFirst('inDollars inEuros')).toEqual({ inDollars: '$700', inEuros: '€801' });
    expect(await readFirst('firstOne firstTwo')).toEqual({ firstOne: '16', firstTwo: 'a1,b1' });
  });

  it("is not disturbed by the caller's other arguments", async () => {
    expect(await readFirst('amount(currency: "CNY") inDollars')).toEqual({ amount: 100, inDollars: '$700' });
    expect(await readFirst('inEuros amount(currency: "USD")')).toEqual({ inEuros: '€801', amount: 700 });
    expect(await readFirst('payments(first: 1) { id } firstTwo')).toEqual({
      payments: [{ id: 'a1' }],
      firstTwo: 'a1,b1',
    });
    expect(await readFirst('payments(first: 3) { sum(currency: "USD") } firstOne')).toEqual({
      payments: [{ sum: 14 }, { sum: 14 }, { sum: 14 }],
      firstOne: '16',
    });
  });

  it("is not disturbed by the caller's variables and aliases", async () => {
    expect(
      await readFirst('amount(currency: $currency) inDollars payments(first: $first) { id } firstTwo', {
        currency: 'EUR',
      }),
    ).toEqual({
      amount: 800,
      inDollars: '$700',
      payments: [{ id: 'a1' }, { id: 'b1' }, { id: 'c1' }],
      firstTwo: 'a1,b1',
    });
    expect(
      await readFirst('a: amount(currency: "USD") b: amount(currency: "EUR") amount: id inDollars inEuros'),
    ).toEqual({ a: 700, b: 800, amount: '1', inDollars: '$700', inEuros: '€801' });
    expect(await readFirst('payments: amount(currency: "CNY") two: firstTwo one: firstOne')).toEqual({
      payments: 100,
      two: 'a1,b1',
      one: '16',
    });
  });

  it('takes the same arguments in other spellings for what they are', async () => {
    expect(await readFirst('amount(rounded: true, currency: "USD") inDollars')).toEqual({
      amount: 700,
      inDollars: '$700',
    });
  });

  it('serves every entity of a list', async () => {
    expect(await graph.read('{ fines { inDollars inEuros amount(currency: "CNY") } }')).toEqual({
      fines: [
        { inDollars: '$700', inEuros: '€801', amount: 100 },
        { inDollars: '$1400', inEuros: '€1601', amount: 200 },
      ],
    });
  });

  it('keeps requirements of several subgraphs apart', async () => {
    const wider = await openGraph({ courts, accounts, appeals });
    try {
      expect(await wider.read('{ fines { inEuros deposit inDollars } }')).toEqual({
        fines: [
          { inEuros: '€801', deposit: '¥100', inDollars: '$700' },
          { inEuros: '€1601', deposit: '¥200', inDollars: '$1400' },
        ],
      });
      expect(await wider.read('{ fines { deposit amount(currency: "EUR") } }')).toEqual({
        fines: [
          { deposit: '¥100', amount: 800 },
          { deposit: '¥200', amount: 1600 },
        ],
      });
    } finally {
      await wider.close();
    }
  });
});
