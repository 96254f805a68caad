import { type Fraction, indicatorsOf } from '../../demo/oracle/indicators.js';
import { INDICATORS } from '../../subgraphs/hub/indicators/declarations.js';
import { openTestCounty } from '../county/open-test-county.js';
import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';
import { isWorkingDay } from '../county/working-calendar.js';
import { atDepth } from '../deep.js';

const QUERY = `query ($from: String!, $to: String, $codes: [IndicatorCode!], $byDepartment: Boolean! = false) {
  indicators(from: $from, to: $to, codes: $codes, byDepartment: $byDepartment) {
    nodes { code family unit period asOf department value numerator denominator target met reason }
    coverage { interface state }
  }
}`;

interface Node extends Partial<Fraction> {
  readonly code: string;
  readonly period: string;
  readonly department: string | null;
  readonly value: string | null;
  readonly met: boolean | null;
  readonly reason: string | null;
}

const TODAY_MONTH = '2026-06';
const ofToday = INDICATORS.flatMap(({ code, todayOnly }) => (todayOnly === true ? [code] : []));

describe.each(atDepth([5], [1, 2, 3, 4, 5]))('the indicators of seed %i', (seed) => {
  let county: StoredCounty;
  beforeAll(async () => {
    county = await openSqliteCounty({ seed, size: 'tiny' });
  }, 120_000);
  afterAll(() => county?.close());

  async function ask(variables: Readonly<Record<string, unknown>>): Promise<readonly Node[]> {
    const { data, errors } = await county.ask(QUERY, variables);
    expect(errors).toBeUndefined();
    return (data as unknown as { readonly indicators: { readonly nodes: readonly Node[] } }).indicators.nodes;
  }

  const amounts = ({ numerator, denominator }: Partial<Fraction>): readonly number[] => [
    Number(numerator),
    Number(denominator),
  ];

  it('are what the world says, month by month', async () => {
    const nodes = await ask({ from: '2023-12', to: TODAY_MONTH });
    const months = [...new Set(nodes.map(({ period }) => period))];
    expect(months).toHaveLength(31);
    expect(nodes).toHaveLength(31 * INDICATORS.length);
    for (const month of months) {
      const expected = indicatorsOf(county.world, month, { isWorkingDay });
      for (const [code, fraction] of expected) {
        const node = nodes.find((each) => each.code === code && each.period === month);
        if (node === undefined) throw new Error(`no ${code} of ${month}`);
        if (ofToday.includes(code) && month !== TODAY_MONTH) {
          expect(node).toMatchObject({ value: null, reason: 'NO_HISTORY' });
          continue;
        }
        expect([code, month, amounts(node)]).toEqual([code, month, amounts(fraction)]);
        expectValue(node, fraction);
      }
    }
  });

  // Equality says nothing of months in which there is nothing: this county is known to have some of each.
  if (seed === 5) {
    it.each(['APP_USE', 'LEGAL_REVIEW', 'REMEDIES_LOST'])('tell a part of %s, not all', async (code) => {
      const nodes = await ask({ from: '2023-12', to: TODAY_MONTH, codes: [code] });
      const [over, under] = nodes
        .map(amounts)
        .reduce(([left = 0, right = 0], [more = 0, of = 0]) => [left + more, right + of], [0, 0]);
      expect(over).toBeGreaterThan(0);
      expect(over).toBeLessThan(under ?? 0);
    });
  }

  function expectValue({ value, reason, code }: Node, { numerator, denominator }: Fraction): void {
    if (Number(denominator) === 0) {
      expect([code, value, reason]).toEqual([code, null, 'NOTHING_TO_COUNT']);
      return;
    }
    const factor = code === 'CASES_PER_OFFICER' ? 1 : 100;
    expect(Math.abs(Number(value) - (factor * Number(numerator)) / Number(denominator))).toBeLessThan(
      0.005001,
    );
  }

  it('tell by department what adds up to the county, and compare the county alone with its target', async () => {
    const codes = ['JOINT_SHARE', 'APP_USE', 'TOWNSHIP_STAFF', 'FINES_COLLECTED'];
    const nodes = await ask({ from: TODAY_MONTH, codes, byDepartment: true });
    for (const code of codes) {
      const own = nodes.filter((node) => node.code === code);
      const whole = own.find(({ department }) => department === null);
      const parts = own.filter(({ department }) => department !== null);
      expect(parts.length).toBeGreaterThan(seed === 5 ? 1 : 0);
      const sum = (side: 'numerator' | 'denominator'): number =>
        parts.reduce((total, part) => total + Number(part[side]), 0);
      expect([sum('numerator'), sum('denominator')]).toEqual(amounts(whole ?? {}));
      expect(parts.every(({ met }) => met === null)).toBe(true);
    }
    const staff = nodes.find(({ code, department }) => code === 'TOWNSHIP_STAFF' && department === null);
    expect(staff?.met).toBe(Number(staff?.value) >= 50);
  });

  it('cross the line of a fifth with the second edition of the county list', async () => {
    const nodes = await ask({ from: '2023-11', to: '2024-02', codes: ['COMPREHENSIVE_SHARE'] });
    expect(nodes.map(({ value, met }) => [value, met])).toEqual([
      ['22.59', true],
      ['22.59', true],
      ['27.52', true],
      ['27.52', true],
    ]);
  });

  it('have no value where the app’s source is away, and name it; others stay whole', async () => {
    const connections = new Map([...county.connections].filter(([name]) => name !== 'mobile'));
    const without = await openTestCounty({ connections, today: county.world.today });
    try {
      const { data, errors } = await without.ask(QUERY, {
        from: TODAY_MONTH,
        codes: ['APP_USE', 'JOINT_SHARE'],
      });
      expect(errors).toBeUndefined();
      expect(data?.indicators).toMatchObject({
        nodes: [
          { code: 'JOINT_SHARE', reason: null },
          { code: 'APP_USE', value: null, numerator: null, reason: 'INCOMPLETE' },
        ],
        coverage: expect.arrayContaining([{ interface: 'mobile.session', state: 'MISSING' }]),
      });
    } finally {
      await without.close();
    }
  }, 60_000);

  it.each([
    [{ from: '2026-13' }, 'from'],
    [{ from: '2026-07' }, 'from'],
    [{ from: '2026-03', to: '2026-02' }, 'to'],
    [{ from: '2020-01', to: '2026-01' }, 'to'],
  ])('refuse %j', async (variables, argument) => {
    const { errors } = await county.ask(QUERY, variables);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain(`${argument}：`);
  });
});
