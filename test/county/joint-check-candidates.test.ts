import { candidatesOfMonth } from '../../demo/oracle/joint-check-candidates.js';
import { atDepth } from '../deep.js';
import { exampleQuery } from './ask.js';
import { PERSON_KEY } from './open-test-county.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';

interface Node {
  readonly subject: { readonly id: string };
  readonly departments: readonly string[];
  readonly visits: number;
  readonly avoidable: number;
  readonly items: readonly string[];
  readonly officers: readonly string[];
  readonly equipment: readonly string[];
}

interface Answer {
  readonly jointCheckCandidates: {
    readonly totalCount: number;
    readonly nodes: readonly Node[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const MONTHS = Array.from({ length: 12 }, (_, place) => {
  const month = 2025 * 12 + 6 + place;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
});
const QUERY = exampleQuery('joint-check-candidates');

describe.each(atDepth([5], [1, 2, 3, 4, 5]))('candidates for joint checks, seed %i,', (seed) => {
  let county: StoredCounty;
  beforeAll(async () => {
    county = await openSqliteCounty({ seed, size: 'tiny' });
  }, 120_000);
  afterAll(() => county?.close());

  async function candidates(variables: Readonly<Record<string, unknown>>) {
    const { data, errors } = await county.ask(QUERY, variables);
    expect(errors).toBeUndefined();
    return (data as unknown as Answer).jointCheckCandidates;
  }

  const shown = ({ nodes }: { readonly nodes: readonly Node[] }) =>
    nodes.map(({ subject, departments, visits, items, equipment }) => ({
      id: subject.id,
      departments: [...departments].sort(),
      visits,
      items,
      equipment,
    }));

  const expectedIn = (month: string) => candidatesOfMonth(county.world, month, 2, { personKey: PERSON_KEY });
  const busiest = (): string => {
    const [month = ''] = [...MONTHS].sort((a, b) => expectedIn(b).length - expectedIn(a).length);
    return month;
  };

  it('are those of the world, month by month', async () => {
    let count = 0;
    for (const month of MONTHS) {
      const expected = expectedIn(month);
      const found = await candidates({ month, first: 500 });
      expect({ month, found: shown(found) }).toEqual({ month, found: expected });
      expect(found.totalCount).toBe(expected.length);
      for (const { visits, avoidable, officers } of found.nodes) {
        expect(avoidable).toBe(visits - 1);
        expect(officers.length).toBeGreaterThan(0);
      }
      count += expected.length;
    }
    expect(count).toBeGreaterThan(5);
  });

  it('come page by page, each once', async () => {
    const month = busiest();
    expect(expectedIn(month).length).toBeGreaterThan(1);
    const walked: Node[] = [];
    for (let after: string | null = null; ; ) {
      const { nodes, pageInfo } = await candidates({ month, first: 1, after });
      walked.push(...nodes);
      after = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) break;
    }
    expect(shown({ nodes: walked })).toEqual(expectedIn(month));
  });

  it('are narrowed by the filter of subjects', async () => {
    const query = `query ($month: String!, $where: SubjectFilter) {
      jointCheckCandidates(month: $month, where: $where, first: 500) { nodes { subject { id kind } } }
    }`;
    const ask = async (where: unknown) => {
      const { data, errors } = await county.ask(query, { month: busiest(), where });
      expect(errors).toBeUndefined();
      return (
        data as unknown as {
          jointCheckCandidates: { nodes: readonly { subject: { id: string; kind: string } }[] };
        }
      ).jointCheckCandidates.nodes.map(({ subject }) => subject);
    };
    const all = await ask(null);
    const vessels = all.filter(({ kind }) => kind === 'VESSEL');
    expect(await ask({ kind: ['VESSEL'] })).toEqual(vessels);
    const punished = await ask({ cases: { count: { gte: 1 } } });
    expect(await ask({ not: { cases: { count: { gte: 1 } } } })).toEqual(
      all.filter(({ id }) => !punished.some((one) => one.id === id)),
    );
  });

  it.each([
    ['no month', { month: '2026-13' }, 'month'],
    ['a month ahead', { month: '2026-07' }, 'month'],
    ['one department', { minDepartments: 1 }, 'minDepartments'],
  ])('refuse %s', async (_what, variables, path) => {
    const { errors } = await county.ask(QUERY, variables);
    expect(errors?.[0]?.message).toContain(path);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
