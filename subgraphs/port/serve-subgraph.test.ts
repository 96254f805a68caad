import type { FastifyInstance } from 'fastify';
import { CALLER_HEADER, type Caller, encodeCaller } from '../../runtime/call/caller.js';
import { systemClock } from '../../runtime/clock.js';
import { Secret } from '../../runtime/config/secret.js';
import { createSubgraphServer } from './serve-subgraph.js';
import { buildSubgraph } from './subgraph-schema.js';

const KEY = new Secret('a key of both machines, long enough');
const CALLER: Caller = {
  name: 'idp/wang',
  role: 'analyst',
  scope: { townships: ['330922101'], departments: null },
};
const ENTITIES =
  '{ _entities(representations: [{ __typename: "Person", id: "1" }]) { ... on Person { name } } }';

let app: FastifyInstance;
const asked: Caller[] = [];
beforeAll(async () => {
  const schema = buildSubgraph(
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])
     type Query { open: String } type Person @key(fields: "id") { id: ID! name: String }`,
    {
      Query: { open: () => 'yes' },
      Person: {
        __resolveReference: (key: object, { caller }: { readonly caller: Caller }) => {
          asked.push(caller);
          return { ...key, name: '王五' };
        },
      },
    },
  );
  app = await createSubgraphServer(schema, systemClock, { callerKey: KEY });
});
afterAll(() => app.close());
beforeEach(() => {
  asked.length = 0;
});

const ask = (query: string, headers: Readonly<Record<string, string>>) =>
  app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    payload: { query },
  });

/** Signed a quarter of an hour ago. */
const OLD = encodeCaller(CALLER, KEY, Date.now() - 900_000);
const [body = '', mac = ''] = encodeCaller(CALLER, KEY).split('.');
const WIDENED = Buffer.from(
  JSON.stringify(['idp/wang', 'analyst', null, null, Date.now() + 60_000]),
).toString('base64url');

describe('a subgraph on another machine', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['nobody', {}],
    ['somebody who is not signed', { [CALLER_HEADER]: encodeCaller(CALLER) }],
    [
      'a signature by another key',
      { [CALLER_HEADER]: encodeCaller(CALLER, new Secret('another key of somebody')) },
    ],
    ['a signature that is too old', { [CALLER_HEADER]: OLD }],
    ['rows that were widened under the signature', { [CALLER_HEADER]: `${WIDENED}.${mac}` }],
    ['a caller without his signature', { [CALLER_HEADER]: body }],
    ['two signatures', { [CALLER_HEADER]: `${body}.${mac}.${mac}` }],
    ['a token of the gateway’s callers', { authorization: 'Bearer x', [CALLER_HEADER]: 'x' }],
  ])('gives no entity to %s', async (_, headers) => {
    for (const query of [ENTITIES, '{ open }', '{ _service { sdl } }']) {
      const { body: text } = await ask(query, headers);
      expect(text).toContain(CALLER_HEADER);
      expect(text).not.toMatch(/王五|yes|type Person/);
    }
    expect(asked).toEqual([]);
  });

  it('answers whom the gateway names, with his rows', async () => {
    const response = await ask(ENTITIES, { [CALLER_HEADER]: encodeCaller(CALLER, KEY) });
    expect(response.json()).toMatchObject({ data: { _entities: [{ name: '王五' }] } });
    expect(asked).toMatchObject([CALLER]);
  });
});

describe('a caller who may change something, as the other machine says', () => {
  const MAY: Caller = { ...CALLER, hands: true };
  const OFFER = new Secret('key of the hub above');
  it.each([
    ['may so where he is signed', { callerKey: KEY }, encodeCaller(MAY, KEY), true],
    ['may not where nobody is', {}, encodeCaller(MAY), undefined],
    ['may not with the key of an offer alone', { key: OFFER }, encodeCaller(MAY), undefined],
    ['may so where the offer says it', { key: OFFER, takesHands: true }, encodeCaller(MAY), true],
  ] as const)('%s', async (_, options, header, may) => {
    const seen: Caller[] = [];
    const schema = buildSubgraph('type Query { open: String }', {
      Query: {
        open: (_parent: unknown, _args: unknown, { caller }: { readonly caller: Caller }) => {
          seen.push(caller);
          return 'yes';
        },
      },
    });
    const server = await createSubgraphServer(schema, systemClock, options);
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${OFFER.reveal()}`,
      [CALLER_HEADER]: header,
    };
    await server.inject({ method: 'POST', url: '/graphql', headers, payload: { query: '{ open }' } });
    await server.close();
    expect(seen).toEqual([may === true ? MAY : CALLER]);
  });
});
