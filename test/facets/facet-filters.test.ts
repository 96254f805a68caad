import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';
import { atDepth } from '../deep.js';
import { facetsOfGraph, type GraphFacet } from './facets-of-graph.js';
import { casesOf, type Row } from './field-cases.js';

const FACETS = facetsOfGraph();
/** Of whom sources have to be told that answer for keys alone. */
const BY_KEYS: ReadonlyMap<string, string> = new Map([
  ['marine.latestPosition', 'VESSEL'],
  ['register.legalPerson', 'ORGANISATION'],
]);

/** A source may have a quota. */
const MOST_ASKED = 3;

const pathOf = ({ holder, field }: GraphFacet): string => `${holder}.${field}`;
describe.each(atDepth([1], [1, 2, 3, 4, 5]))('the filters by facets of subjects, seed %i,', (seed) => {
  let county: StoredCounty;
  let everybody: readonly { readonly id: string; readonly kind: string }[];
  beforeAll(async () => {
    county = await openSqliteCounty({ seed, size: 'tiny' });
    everybody = (await walk('kind', '')) as never;
  }, 120_000);
  afterAll(() => county?.close());

  async function ask(query: string): Promise<Readonly<Record<string, unknown>>> {
    const { data, errors } = await county.ask(query, {}, 60_000);
    expect({ query, errors }).toEqual({ query, errors: undefined });
    return data as Readonly<Record<string, unknown>>;
  }

  /** Every subject that satisfies a filter, page by page. */
  async function walk(selection: string, where: string): Promise<readonly { readonly id: string }[]> {
    const found: { readonly id: string }[] = [];
    for (let after = ''; ; ) {
      const { subjects } = (await ask(
        `{ subjects(${where === '' ? '' : `where: ${where}, `}first: 500${after}) { nodes { id ${selection} } pageInfo { hasNextPage endCursor } } }`,
      )) as {
        subjects: {
          nodes: readonly { readonly id: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      };
      found.push(...subjects.nodes);
      if (!subjects.pageInfo.hasNextPage) return found;
      after = `, after: ${JSON.stringify(subjects.pageInfo.endCursor)}`;
    }
  }

  const idsOf = async (where: string): Promise<readonly string[]> =>
    (await walk('', where)).map(({ id }) => id).sort();

  /** Rows that are shown, by subject. */
  async function shownRows(
    { holder, field, isList, fields }: GraphFacet,
    where: string,
  ): Promise<ReadonlyMap<string, readonly Row[]>> {
    const nodes = (await walk(
      `${holder} { ${field}${isList ? '(first: 500)' : ''} { ${[...fields.keys()].join(' ')} } }`,
      where,
    )) as readonly ({ readonly id: string } & Record<
      string,
      Record<string, Row | readonly Row[] | null> | null
    >)[];
    return new Map(
      nodes.map((node) => {
        const rows = node[holder]?.[field] ?? [];
        return [node.id, (Array.isArray(rows) ? rows : [rows]) as readonly Row[]];
      }),
    );
  }

  it.each(FACETS.map((facet) => [pathOf(facet), facet] as const))(
    '%s: give whom the values shown give',
    async (path, facet) => {
      const kindAsked = BY_KEYS.get(path);
      const asked =
        kindAsked === undefined
          ? null
          : everybody.flatMap(({ id, kind }) => (kind === kindAsked ? [id] : [])).slice(0, MOST_ASKED);
      const beside = asked === null ? '' : `id: ${JSON.stringify(asked)}, `;
      const rows = await shownRows(facet, asked === null ? '' : `{${beside}}`);
      const clause = (inner: string): string => `{${beside}${facet.holder}: {${facet.field}: {${inner}}}}`;
      const expected = (accepts: (rows: readonly Row[]) => boolean): readonly string[] =>
        [...rows].flatMap(([id, own]) => (accepts(own) ? [id] : [])).sort();
      const all = [...rows.values()].flat();
      expect(all.length).toBeGreaterThan(0);
      const cases = [...facet.fields].flatMap(([name, type]) => casesOf(facet, name, type, all));
      expect(cases.length).toBeGreaterThan(0);
      for (const { where, accepts } of cases) {
        expect({ where, ids: await idsOf(clause(`where: ${where}`)) }).toEqual({
          where,
          ids: expected((own) => own.some(accepts)),
        });
      }
      const [one] = cases;
      if (one !== undefined) {
        const [, other = one] = cases.filter(({ where }) => where !== one.where);
        expect(await idsOf(clause(`where: {or: [${one.where}, {not: ${other.where}}]}`))).toEqual(
          expected((own) => own.some((row) => one.accepts(row) || !other.accepts(row))),
        );
        if (asked === null) {
          const kinds = '[ORGANISATION, INDIVIDUAL_BUSINESS, PERSON, VESSEL, VEHICLE, SITE, UNKNOWN]';
          expect(
            await idsOf(
              `{kind: ${kinds}, ${facet.holder}: {${facet.field}: {where: ${one.where}, none: true}}}`,
            ),
          ).toEqual(expected((own) => !own.some(one.accepts)));
        }
      }
      if (facet.isList)
        expect(await idsOf(clause('count: {gte: 2, lte: 3}'))).toEqual(
          expected((own) => own.length >= 2 && own.length <= 3),
        );
    },
    120_000,
  );
});
