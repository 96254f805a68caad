import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { type GuardedCounty, openGuardedCounty, type Reply } from './open-guarded-county.js';

const PURPOSE = '许可-00225-001';
const NAMED = { headers: { 'x-purpose': encodeURIComponent(PURPOSE) } };
const TOWNSHIPS = '{ complaintStats(by: [TOWNSHIP]) { buckets { key count } roundedTo } }';

let guarded: GuardedCounty;
beforeAll(async () => {
  // Whoever asks what he likes finds more than registered operations could.
  guarded = await openGuardedCounty(7, {
    changePolicy: (text) => text.replace('Dashboard\n    may: []', 'Dashboard\n    may: [query]'),
  });
}, 120_000);
afterAll(() => guarded?.close());

interface Stats {
  readonly buckets: readonly { readonly key: readonly string[]; readonly count: number }[];
  readonly roundedTo: number | null;
}
interface Answer {
  readonly data: Readonly<Record<string, Stats | null>>;
  readonly errors?: readonly {
    readonly message: string;
    readonly path: readonly string[];
    readonly extensions: { readonly code: string };
  }[];
}
const read = ({ text }: Reply): Answer => JSON.parse(text) as Answer;

const dashboard = () => guarded.token({ role: 'dashboard' });
const analyst = () => guarded.token({ role: 'analyst', purposes: [PURPOSE] });

async function statsOf(token: string, named?: typeof NAMED): Promise<Stats> {
  const { data, errors } = read(await guarded.ask(token, TOWNSHIPS, named));
  expect(errors).toBeUndefined();
  const { complaintStats: stats } = data;
  if (stats === null || stats === undefined) throw new Error('no statistics');
  return stats;
}

describe('counts of persons', () => {
  it('are exact for an analyst who names a matter, and rounded for one who does not and for a dashboard', async () => {
    const exact = await statsOf(await analyst(), NAMED);
    expect(exact.roundedTo).toBeNull();
    expect(exact.buckets.some(({ count }) => count % 10 !== 0)).toBe(true);
    const shown = exact.buckets
      .map(({ key, count }) => ({ key, count: 10 * Math.floor((count + 5) / 10) }))
      .filter(({ count }) => count > 0);
    for (const token of [await analyst(), await dashboard()])
      expect(await statsOf(token)).toEqual({ buckets: shown, roundedTo: 10 });
  });

  it('are exact for a township’s analyst with a matter, within his township', async () => {
    const [busiest] = [...(await statsOf(await analyst(), NAMED)).buckets]
      .filter(({ key }) => key[0] !== null)
      .sort((left, right) => right.count - left.count);
    const [township = ''] = busiest?.key ?? [];
    const token = await guarded.token({
      role: 'township-analyst',
      townships: [township],
      purposes: [PURPOSE],
    });
    expect(await statsOf(token, NAMED)).toEqual({ buckets: [busiest], roundedTo: null });
    expect((await statsOf(token)).roundedTo).toBe(10);
  });

  it('say that they are rounded where nobody asks', async () => {
    const { data, errors } = read(
      await guarded.ask(await dashboard(), '{ complaintStats(by: []) { buckets { count } } }'),
    );
    expect((data.complaintStats?.buckets[0]?.count ?? 1) % 10).toBe(0);
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['complaintStats'], 'COUNTS_ROUNDED'],
    ]);
    expect(errors?.[0]?.message).toContain('multiples of 10');
  });

  it('cannot be picked apart by what a dashboard can list, which is told why', async () => {
    const { data, errors } = read(
      await guarded.ask(
        await dashboard(),
        '{ caseStats(where: { or: [{ officer: ["x"] }, { decidedAt: { from: "2026-01-01" } }] }, by: []) { buckets { count } } }',
      ),
    );
    expect(data).toEqual({ caseStats: null });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(errors?.[0]?.message).toContain('x-purpose');
  });

  it.each(['t06-complaint-loop', 't07-map'])(
    'of tile %s are told to a dashboard without errors',
    async (tile) => {
      const query = readFileSync(join(findProjectRoot(), `examples/queries/${tile}.graphql`), 'utf8');
      const { errors, data } = read(await guarded.ask(await dashboard(), query));
      expect(errors).toBeUndefined();
      const rounded = Object.values(data).filter((one) => one?.roundedTo === 10);
      expect(rounded.length).toBeGreaterThan(0);
      for (const one of rounded) for (const { count } of one?.buckets ?? []) expect(count % 10).toBe(0);
    },
  );
});
