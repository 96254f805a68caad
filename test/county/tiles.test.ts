import { systemContext } from '../../county/system-context.js';
import { canonicalId } from '../../demo/oracle/canonical-id.js';
import { indicatorsOf } from '../../demo/oracle/indicators.js';
import { isValid, remainingDays } from '../../demo/oracle/legal-clocks.js';
import { addYuan } from '../../demo/oracle/money.js';
import type { Inspection } from '../../demo/world/world.js';
import type { InterfaceOutcome } from '../../subgraphs/port/interface-outcome.js';
import { atDepth } from '../deep.js';
import { exampleQuery } from './ask.js';
import { PERSON_KEY } from './open-test-county.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';
import { isWorkingDay } from './working-calendar.js';

type Row = Readonly<Record<string, unknown>>;
interface Buckets {
  readonly buckets: readonly (Row & { readonly key?: readonly (string | null)[]; readonly count: number })[];
}

const OPEN = ['CLUE', 'FILED', 'INVESTIGATING', 'REVIEW', 'NOTICE', 'HEARING', 'COLLECTIVE'];
const JUNE = { from: '2026-06-01', to: '2026-06-30' };

describe.each(atDepth([5], [1, 2, 3, 4, 5]))('the dashboard tiles and question 8, seed %i,', (seed) => {
  let county: StoredCounty;
  beforeAll(async () => {
    county = await openSqliteCounty({ seed, size: 'tiny' });
  }, 120_000);
  afterAll(() => county?.close());

  async function ask<Answer>(name: string, variables: Row = {}): Promise<Answer> {
    const { data, errors } = await county.ask(exampleQuery(name), variables);
    expect(errors).toBeUndefined();
    return data as unknown as Answer;
  }

  const countOf = ({ buckets }: Buckets): number => buckets[0]?.count ?? 0;
  const isIn = (day: string | null, { from, to }: typeof JUNE): boolean =>
    day !== null && from <= day && day <= to;

  it('1, 2 and 4: shares with both their sides', async () => {
    const expected = indicatorsOf(county.world, '2026-06', { isWorkingDay });
    for (const name of ['t01-comprehensive-share', 't02-township-staff', 't04-joint-checks']) {
      const { indicators } = await ask<{ indicators: { nodes: readonly Row[] } }>(name);
      const codes = name.startsWith('t01')
        ? ['COMPREHENSIVE_SHARE']
        : name.startsWith('t02')
          ? ['TOWNSHIP_STAFF']
          : ['JOINT_PLAN_COMPLETION', 'JOINT_SHARE'];
      expect(
        indicators.nodes.map(({ numerator, denominator }) => [Number(numerator), Number(denominator)]),
      ).toEqual(
        codes.map((code) => [Number(expected.get(code)?.numerator), Number(expected.get(code)?.denominator)]),
      );
    }
  });

  it('3: what was done on a day', async () => {
    const { world } = county;
    const days = new Map<string, number>();
    for (const { decidedAt } of world.cases)
      if (decidedAt !== null) days.set(decidedAt, (days.get(decidedAt) ?? 0) + 1);
    const [busiest = ''] = [...days].sort(([, left], [, right]) => right - left)[0] ?? [];
    const day = { from: busiest, to: busiest };
    const { inspections, filed, decided } = await ask<Record<'inspections' | 'filed' | 'decided', Buckets>>(
      't03-today',
      { day: busiest },
    );
    const cases = [...world.cases];
    const ended = cases.filter(({ decidedAt }) => isIn(decidedAt, day));
    expect([countOf(inspections), countOf(filed), countOf(decided), decided.buckets[0]?.fine]).toEqual([
      [...world.inspections].filter(({ date }) => isIn(date, day)).length,
      cases.filter(({ filedAt }) => isIn(filedAt, day)).length,
      ended.length,
      addYuan(ended.map(({ fine }) => fine)),
    ]);
  });

  it('5: open cases by the days that are left', async () => {
    const { today } = county.world;
    const open = [...county.world.cases].filter(
      ({ stage, decidedAt }) => OPEN.includes(stage) && decidedAt === null,
    );
    const answer = await ask<Readonly<Record<string, Buckets>>>('t05-case-clock');
    for (const days of [30, 15, 0]) {
      const expected = open.filter((each) => remainingDays(each, today) <= days).length;
      expect([days, countOf(answer[`within${days}`] ?? { buckets: [] })]).toEqual([days, expected]);
    }
  });

  it('6: complaints, accepted and answered', async () => {
    const { all, accepted, answered } =
      await ask<Record<'all' | 'accepted' | 'answered', Buckets>>('t06-complaint-loop');
    const made = [...county.world.complaints].filter(({ createdAt }) => isIn(createdAt.slice(0, 10), JUNE));
    expect([countOf(all), countOf(accepted), countOf(answered)]).toEqual([
      made.length,
      made.filter(({ acceptedAt }) => acceptedAt !== null).length,
      made.filter(({ repliedAt }) => repliedAt !== null).length,
    ]);
  });

  it('7: the map by township', async () => {
    const { events, complaints, inspections } =
      await ask<Record<'events' | 'complaints' | 'inspections', Buckets>>('t07-map');
    const byTownship = (rows: Iterable<{ readonly township: string }>): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const { township } of rows) counts.set(township, (counts.get(township) ?? 0) + 1);
      return counts;
    };
    const told = ({ buckets }: Buckets) => new Map(buckets.map(({ key, count }) => [key?.[0], count]));
    const created = ({ createdAt }: { readonly createdAt: string }): boolean =>
      isIn(createdAt.slice(0, 10), JUNE);
    expect(told(events)).toEqual(byTownship([...county.world.events].filter(created)));
    expect(told(complaints)).toEqual(byTownship([...county.world.complaints].filter(created)));
    expect(told(inspections)).toEqual(
      byTownship([...county.world.inspections].filter(({ date }) => isIn(date, JUNE))),
    );
  });

  it('9: whom several departments visited, most visits first', async () => {
    const { top } = await ask<{
      top: { edges: readonly { node: { id: string }; match: { inspectionCount: number } }[] };
    }>('t09-repeat-visits');
    const counts = top.edges.map(({ match }) => match.inspectionCount);
    expect(counts.length).toBeGreaterThan(0);
    expect(counts).toEqual([...counts].sort((left, right) => right - left));
    for (const { node, match } of top.edges)
      expect([node.id, match.inspectionCount]).toEqual([node.id, visitsTo(node.id).length]);
  });

  /** Visits within the tile's year that were no joint check. */
  function visitsTo(id: string): readonly Inspection[] {
    const year = { from: '2025-07-01', to: '2026-06-30' };
    return [...county.world.inspections].filter(
      ({ subject, date, jointCheck, kind }) =>
        subject !== null &&
        !jointCheck &&
        kind !== 'JOINT' &&
        isIn(date, year) &&
        canonicalId(county.world, subject, PERSON_KEY) === id,
    );
  }

  it('10: how the data are, from the last look and without another one', async () => {
    const before = await look();
    const health = await ask<{ dataHealth: Row }>('t10-data-health');
    expect(health).toEqual(expectedHealth(before));
    expect(health.dataHealth).toMatchObject({ missing: 0, unknown: 0 });
    const server = county.servers.get('hotline');
    await server?.inject({ status: 503 });
    try {
      county.sourceCalls.splice(0);
      expect(await ask('t10-data-health')).toEqual(health);
      expect(county.sourceCalls).toEqual([]);
      const found = await look();
      expect(await ask('t10-data-health')).toEqual(expectedHealth(found));
      expect(expectedHealth(found).dataHealth.missing).toBe(1);
      const { interfaces } = (await county.ask('{ interfaces { name standing { state } } }'))
        .data as unknown as { interfaces: readonly Row[] };
      expect(interfaces).toContainEqual({ name: 'hotline.ticket', standing: { state: 'MISSING' } });
    } finally {
      await server?.inject(null);
      await look();
    }
  }, 60_000);

  function look(): Promise<readonly InterfaceOutcome[]> {
    return county.county.refreshFreshness(systemContext(county.clock, 'look', 20_000));
  }

  /** What the tile says of what a look found, in words of its own. */
  function expectedHealth(found: readonly InterfaceOutcome[]) {
    const of = (state: string) => found.filter((one) => one.state === state);
    const serving = [...of('LIVE'), ...of('STALE')];
    const dated = serving
      .flatMap(({ interface: name, asOf, state, department }) =>
        asOf === null ? [] : [{ name, department, time: Date.parse(asOf), standing: { state, asOf } }],
      )
      .sort((left, right) => (left.name < right.name ? -1 : 1));
    const times = dated.map(({ time }) => time);
    const at = (wanted: number) => {
      const { time: _time, ...shown } = dated.find(({ time }) => time === wanted) ?? { time: Number.NaN };
      return { ...shown, title: expect.any(String) };
    };
    return {
      dataHealth: {
        interfaces: found.length,
        live: of('LIVE').length,
        stale: of('STALE').length,
        missing: of('MISSING').length,
        denied: 0,
        unknown: 0,
        undated: serving.length - dated.length,
        lookedAt: expect.stringMatching(/^2026-06-30T/),
        oldest: at(Math.min(...times)),
        freshest: at(Math.max(...times)),
      },
    };
  }

  it('question 8: licensed for hazardous chemicals, and inspected by everybody but the emergency bureau', async () => {
    const { world } = county;
    const since = '2025-06-30';
    const idOf = (subject: Inspection['subject']): string | null =>
      subject === null ? null : canonicalId(world, subject, PERSON_KEY);
    const recent = [...world.inspections].filter(({ date }) => date >= since);
    const own = new Set(
      recent.flatMap(({ department, subject }) => (department === 'EMERGENCY' ? [idOf(subject)] : [])),
    );
    const others = new Set(
      recent.flatMap(({ department, subject }) => (department === 'EMERGENCY' ? [] : [idOf(subject)])),
    );
    const holders = world.licences
      .filter((licence) => licence.type === 'HAZARDOUS_CHEMICALS' && isValid(licence, world.today))
      .map(({ holder }) => idOf(holder));
    const expected = [...new Set(holders)].filter((id) => !own.has(id) && others.has(id));
    const { subjects } = await ask<{ subjects: { nodes: readonly { id: string }[] } }>(
      'q08-hazchem-not-inspected',
      { since },
    );
    expect(holders.length).toBeGreaterThan(0);
    expect(subjects.nodes.map(({ id }) => id).sort()).toEqual(expected.sort());
  });
});
