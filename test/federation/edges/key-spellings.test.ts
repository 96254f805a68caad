import { schemaOf } from '../../../gateway/testing/open-graph.js';
import { createLocalSubgraph } from '../../../subgraphs/port/local-subgraph.js';
import { type Graph, openGraph, type Part } from '../open-graph.js';

type Reference = Readonly<Record<string, string>>;

/** What the subgraph of names makes of the references, in the running test. */
let answer: (all: readonly Reference[]) => readonly unknown[];
let sent: readonly unknown[] = [];

const people: Part = {
  sdl: `type Query { people: [Person] ships: [Ship] }
    type Person @key(fields: "id") { id: ID! }
    type Ship @key(fields: "no port { code }") { no: Int! port: Port } type Port @shareable { code: String }`,
  resolvers: { Query: { people: () => sent, ships: () => sent } },
};
const names: Part = {
  sdl: `type Person @key(fields: "id") { id: ID! name: String }
    type Ship @key(fields: "no port { code }") { no: Int! port: Port name: String } type Port @shareable { code: String }`,
};

describe('a key that comes back in another spelling', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ people, names }, (name, part) => {
      const local = createLocalSubgraph(name, schemaOf(part));
      if (name === 'people') return local;
      return {
        ...local,
        execute: async ({ query, variables }) => {
          const aliases = [...query.matchAll(/(\w+):(id|no|port)\b/g)].map(([, alias, field]) => [
            field,
            alias,
          ]);
          const all = (variables?.representations ?? []) as Reference[];
          const entities = answer(all).map((one) =>
            one === null
              ? null
              : {
                  __typename: all[0]?.__typename,
                  name: `name of ${JSON.stringify((one as Reference).id ?? (one as Reference).no)}`,
                  ...Object.fromEntries(
                    aliases.map(([field = '', alias]) => [alias, (one as Reference)[field]]),
                  ),
                },
          );
          return { data: { _entities: entities } };
        },
      };
    });
  });
  afterAll(() => graph.close());

  const ask = async (ids: readonly string[], change: (id: string, index: number) => unknown) => {
    sent = ids.map((id) => ({ id }));
    answer = (all) => all.map(({ id = '' }, index) => ({ id: change(id, index) }));
    return graph.ask('{ people { name } }');
  };
  const REFUSED = [{ extensions: { code: 'SUBGRAPH_MALFORMED' } }];

  it.each<[string, readonly string[], (id: string) => unknown]>([
    ['lower case', ['6F9619FF-8B86-D011-B42D-00C04FC964FF', 'AB'], (id) => id.toLowerCase()],
    ['numbers', ['7', '10'], Number],
    ['numbers without their zeros', ['007', '010'], Number],
    ['blanks', ['A', 'B'], (id) => `${id}   `],
    ['one of them', ['A', 'b'], (id) => id.toLowerCase()],
    ['two spellings, both kept', ['a', 'A'], (id) => id],
  ])('is the same key: %s', async (_, ids, change) => {
    const { data, errors } = await ask(ids, change);
    expect(errors).toBeUndefined();
    expect(data?.people).toEqual(ids.map((id) => ({ name: `name of ${JSON.stringify(change(id))}` })));
  });

  it.each<[string, readonly string[], readonly unknown[]]>([
    ['shuffled', ['A', 'B'], ['b', 'a']],
    ['shuffled, and other entities in another case', ['aB', 'Ab'], ['Ab', 'aB']],
    ['shifted', ['A', 'B', 'C'], ['b', 'c', 'd']],
    ['one entity twice', ['A', 'B'], ['a', 'a']],
    ['one entity twice, of two in another case', ['a', 'A'], ['a', 'a']],
    ['another key', ['A-1', 'B'], ['A1', 'B']],
  ])('is still not somebody else’s: %s', async (_, ids, given) => {
    const { data, errors } = await ask(ids, (_id, index) => given[index]);
    expect(errors).toMatchObject(REFUSED);
    expect(data?.people).toEqual(ids.map(() => ({ name: null })));
  });

  it('is found in keys of several fields, within each other', async () => {
    sent = [
      { no: 1, port: { code: 'SJM' } },
      { no: 1, port: { code: 'sjm2' } },
    ];
    const query = '{ ships { name } }';
    answer = (all) =>
      all.map(({ no, port }) => ({
        no: `0${no}`,
        port: { code: (port as unknown as Reference).code?.toLowerCase() },
      }));
    expect((await graph.ask(query)).errors).toBeUndefined();
    answer = (all) => all.map(({ no, port }) => ({ no, port })).reverse();
    expect((await graph.ask(query)).errors).toMatchObject(REFUSED);
  });
});
