import { type Asked, openAskedHub, SHOP } from '../testing/asked-hub.js';

const { ask } = openAskedHub();

/** Rows of all interfaces in the default order, which have one day and so stand by interface and key, last first. */
const NODES = ['market', 'market', 'marine', 'marine'].map(
  (name, index) => `${name}.case:${2 - (index % 2)}`,
);

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: Readonly<Record<string, unknown>>;
}

async function cases(args: Readonly<Record<string, unknown>>): Promise<Page> {
  const { data, refused } = await askCases(args);
  expect(refused).toEqual([]);
  return data?.cases as Page;
}

function askCases(args: Readonly<Record<string, unknown>>): Promise<Asked> {
  return ask(
    `query ($where: CaseFilter, $orderBy: [CaseOrder!], $first: Int, $after: String, $last: Int, $before: String) {
      cases(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
        nodes { id } edges { cursor } totalCount
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`,
    args,
  );
}

const ids = ({ nodes }: Page): readonly string[] => nodes.map(({ id }) => id);

describe('arguments of a merged list', () => {
  it('may all be null', async () => {
    const without = await askCases({});
    for (const name of ['where', 'orderBy', 'first', 'after', 'last', 'before']) {
      expect({ name, ...(await askCases({ [name]: null })) }).toEqual({ name, ...without });
    }
    const page = await cases({
      where: null,
      orderBy: null,
      first: null,
      after: null,
      last: null,
      before: null,
    });
    expect(ids(page)).toEqual(NODES);
  });

  it('of the other direction may be null', async () => {
    const { edges } = await cases({});
    const [first, second, third] = edges.map(({ cursor }) => cursor);
    expect(ids(await cases({ first: 2, after: first, last: null, before: null }))).toEqual(NODES.slice(1, 3));
    expect(ids(await cases({ last: 2, before: third, first: null, after: null }))).toEqual(NODES.slice(0, 2));
    expect(ids(await cases({ last: 1, before: third }))).toEqual(NODES.slice(1, 2));
    expect(ids(await cases({ before: second }))).toEqual(NODES.slice(0, 1));
    expect(ids(await cases({ last: 3 }))).toEqual(NODES.slice(1));
  });

  it('may ask for no row, and learn whether there are any', async () => {
    const { edges } = await cases({});
    const [start, end] = [edges[0]?.cursor, edges.at(-1)?.cursor];
    const empty = { startCursor: null, endCursor: null };
    for (const [args, flags] of [
      [{ first: 0 }, { hasNextPage: true, hasPreviousPage: false }],
      [
        { first: 0, after: start },
        { hasNextPage: true, hasPreviousPage: true },
      ],
      [
        { first: 0, after: end },
        { hasNextPage: false, hasPreviousPage: true },
      ],
      [{ last: 0 }, { hasNextPage: false, hasPreviousPage: true }],
      [
        { last: 0, before: start },
        { hasNextPage: true, hasPreviousPage: false },
      ],
    ] as const) {
      const page = await cases(args);
      expect({ args, ...page }).toMatchObject({
        args,
        nodes: [],
        edges: [],
        pageInfo: { ...empty, ...flags },
      });
    }
  });

  it('ask for one row more than a page holds: 20 when nothing says how many, 500 at most', async () => {
    for (const [args, limit] of [
      [{}, 21],
      [{ first: 500 }, 501],
      [{ last: 500 }, 501],
      [{ first: 0 }, 1],
    ] as const) {
      const { calls } = await askCases(args);
      const limits = calls.flatMap(({ request }) => ('limit' in request ? [request.limit] : []));
      expect({ args, limits }).toEqual({ args, limits: [limit, limit] });
    }
    for (const [args, argument] of [
      [{ first: 501 }, 'first'],
      [{ last: 501 }, 'last'],
      [{ last: -1 }, 'last'],
      [{ first: 0, last: 0 }, 'last'],
    ] as const) {
      expect((await askCases(args)).refused).toMatchObject([{ code: 'BAD_USER_INPUT', argument }]);
    }
  });

  it('order by several fields in their order, each in its own direction, nulls passed over', async () => {
    for (const [orderBy, expected] of [
      [
        [{ filedAt: 'ASC' }, { decidedAt: 'DESC' }],
        ['filedAt asc', 'decidedAt desc'],
      ],
      [
        [{ decidedAt: 'DESC' }, { filedAt: 'ASC' }],
        ['decidedAt desc', 'filedAt asc'],
      ],
      [[{ filedAt: null, decidedAt: 'ASC' }], ['decidedAt asc']],
      [
        [
          { filedAt: 'DESC', decidedAt: null },
          { filedAt: null, decidedAt: 'DESC' },
        ],
        ['filedAt desc', 'decidedAt desc'],
      ],
    ] as const) {
      const { calls, refused } = await askCases({ orderBy });
      expect(refused).toEqual([]);
      for (const { request } of calls) {
        if (!('orderBy' in request)) continue;
        const sent = request.orderBy.map(({ field, direction }) => `${field} ${direction}`);
        expect({ orderBy, sent }).toEqual({ orderBy, sent: expected });
      }
      expect(calls.length).toBeGreaterThan(0);
    }
    expect((await askCases({ orderBy: [{ filedAt: null }] })).refused).toMatchObject([
      { argument: 'orderBy[0]' },
    ]);
  });

  it.each([
    ['inspections', 'date'],
    ['cases', 'filedAt'],
    ['licences', 'validTo'],
    ['complaints', 'date'],
  ])('%s stand newest first by %s when nothing says how', async (list, field) => {
    const { calls } = await ask(`{ ${list} { nodes { id } } }`, {});
    const orders = calls.map(({ request }) => ('orderBy' in request ? request.orderBy : null));
    const expected = [{ field, direction: 'desc' }];
    expect(orders).toEqual([expected, expected]);
  });
});

describe('arguments of subjects', () => {
  const subjects = (args: Readonly<Record<string, unknown>>): Promise<Asked> =>
    ask(
      `query ($where: SubjectFilter, $orderBy: [SubjectOrder!], $first: Int, $after: String, $last: Int, $before: String) {
        subjects(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
          nodes { ref } totalCount pageInfo { hasNextPage hasPreviousPage }
        }
      }`,
      args,
    );

  it('may all be null', async () => {
    const without = await subjects({});
    expect(without.data?.subjects).toMatchObject({ totalCount: 2, nodes: { length: 2 } });
    for (const name of ['where', 'orderBy', 'first', 'after', 'last', 'before']) {
      expect({ name, ...(await subjects({ [name]: null })) }).toEqual({ name, ...without });
    }
    expect(await subjects({ orderBy: [{ name: null, id: 'DESC' }] })).toEqual(
      await subjects({ orderBy: [{ id: 'DESC' }] }),
    );
  });

  it('may ask for no subject', async () => {
    const { data } = await subjects({ first: 0 });
    expect(data?.subjects).toMatchObject({ nodes: [], totalCount: 2, pageInfo: { hasNextPage: true } });
    const { data: last } = await subjects({ last: 1 });
    expect(last?.subjects).toMatchObject({ nodes: [{ ref: SHOP }], pageInfo: { hasPreviousPage: true } });
  });
});

describe('arguments of statistics', () => {
  it.each([
    ['inspectionStats', 'where: null, measures: null, by: []'],
    ['caseStats', 'where: null, measures: null, by: []'],
    ['complaintStats', 'where: null, measures: null, inspectedWithinDays: null, by: []'],
  ])('%s may be null: %s', async (field, args) => {
    const query = (given: string): string => `{ ${field}(${given}) { buckets { key count } } }`;
    const asked = await ask(query(args), {});
    expect(asked.data?.[field]).toEqual({ buckets: [{ key: [], count: 4 }] });
    expect(asked).toEqual(await ask(query('by: []'), {}));
  });

  it('repeatVisits counts within 30 days when the number of days is null', async () => {
    const query = (given: string): string =>
      `{ repeatVisits(${given} by: SUBJECT_KIND) { buckets { key subjects repeated visits } } }`;
    const asked = await ask(query('where: null, withinDays: null,'), {});
    const buckets = [{ key: 'ORGANISATION', subjects: 1, repeated: 1, visits: 2 }];
    expect(asked.data?.repeatVisits).toEqual({ buckets });
    const { data } = await ask(query('withinDays: 29,'), {});
    expect(data?.repeatVisits).toMatchObject({ buckets: [{ repeated: 0, visits: 2 }] });
  });
});
