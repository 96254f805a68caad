import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';
import { atDepth } from '../deep.js';
import { casesOf, type Row } from './field-cases.js';
import { type GraphRowFacet, rowFacetsOfGraph } from './row-facets-of-graph.js';

const FACETS = rowFacetsOfGraph();

interface Page {
  readonly nodes: readonly ({ readonly id: string } & Readonly<Record<string, Row | null>>)[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly coverage: readonly { readonly interface: string; readonly state: string }[];
}

describe.each(atDepth([1], [1, 2, 3, 4, 5]))('the filters by facets of rows, seed %i,', (seed) => {
  let county: StoredCounty;
  let tried = 0;
  beforeAll(async () => {
    county = await openSqliteCounty({ seed, size: 'tiny' });
  }, 120_000);
  afterAll(() => county?.close());

  async function walk(list: string, selection: string, where: string): Promise<Page['nodes']> {
    const found: Page['nodes'][number][] = [];
    for (let after = ''; ; ) {
      const { data, errors } = await county.ask(
        `{ list: ${list}(${where === '' ? '' : `where: ${where}, `}first: 500${after}) { nodes { id ${selection} } pageInfo { hasNextPage endCursor } } }`,
        {},
        60_000,
      );
      expect({ where, errors }).toEqual({ where, errors: undefined });
      const page = (data as unknown as { readonly list: Page }).list;
      found.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) return found;
      after = `, after: ${JSON.stringify(page.pageInfo.endCursor)}`;
    }
  }

  async function idsOf(list: string, where: string): Promise<readonly string[]> {
    return (await walk(list, '', where)).map(({ id }) => id).sort();
  }

  it.each(FACETS.map((facet) => [`${facet.list}.${facet.holder}`, facet] as const))(
    '%s: give the rows that the values shown give',
    async (_path, facet: GraphRowFacet) => {
      const { list, holder, fields } = facet;
      const nodes = await walk(list, `${holder} { ${[...fields.keys()].join(' ')} }`, '');
      const rows = new Map(
        nodes.flatMap((node) => (node[holder] == null ? [] : [[node.id, node[holder]] as const])),
      );
      // A small county has none of some kinds.
      if (rows.size === 0) return;
      tried += 1;
      const expected = (accepts: (row: Row) => boolean): readonly string[] =>
        [...rows].flatMap(([id, row]) => (accepts(row) ? [id] : [])).sort();
      const cases = [...fields].flatMap(([name, type]) => casesOf(facet, name, type, [...rows.values()]));
      expect(cases.length).toBeGreaterThan(0);
      for (const { where, accepts } of cases)
        expect({ where, ids: await idsOf(list, `{${holder}: ${where}}`) }).toEqual({
          where,
          ids: expected(accepts),
        });
      const [one] = cases;
      if (one === undefined) return;
      // Rows of everybody else have no such field.
      const others = nodes.map(({ id }) => id).filter((id) => !expected(one.accepts).includes(id));
      expect(await idsOf(list, `{not: {${holder}: ${one.where}}}`)).toEqual(others.sort());
    },
    120_000,
  );

  it('nearly all of them have rows', () => {
    expect(FACETS.length).toBeGreaterThan(40);
    expect(tried).toBeGreaterThan(FACETS.length - 4);
  });
});
