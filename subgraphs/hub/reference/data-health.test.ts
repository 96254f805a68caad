import type { FeedStanding, InterfaceInfo } from '../../feed/feed.js';
import { dataHealth } from './data-health.js';

const info = (name: string): InterfaceInfo => ({
  name,
  title: name,
  department: 'market',
  kind: null,
  departments: null,
  fields: [],
  warnAfterSeconds: null,
  failAfterSeconds: null,
  lookupOnly: false,
});

type State = FeedStanding['state'];

const NOON = '2026-06-30T12:00:00+08:00';

function standing(state: State, day: string | null, lookedAt: string | null = NOON): FeedStanding {
  const asOf = day === null ? null : `${day}T03:00:00+08:00`;
  return { interface: '', department: 'market', state, asOf, tookMs: 1, reason: null, lookedAt };
}

function healthOf(...all: readonly (readonly [string, FeedStanding | null])[]) {
  const known = all.flatMap(([name, one]) => (one === null ? [] : [[name, one] as const]));
  const { oldest, freshest, ...counts } = dataHealth(
    all.map(([name]) => info(name)),
    new Map(known),
  );
  return { ...counts, oldest: oldest?.name, freshest: freshest?.name };
}

describe('dataHealth()', () => {
  it('counts every interface once, also those that nobody looked at', () => {
    const health = healthOf(
      ['a', standing('LIVE', '2026-06-29')],
      ['b', standing('LIVE', null)],
      ['c', standing('STALE', '2026-05-01', '2026-06-30T11:59:30+08:00')],
      ['d', standing('MISSING', '2020-01-01', null)],
      ['e', standing('DENIED', null)],
      ['f', null],
    );
    expect(health).toEqual({
      interfaces: 6,
      live: 2,
      stale: 1,
      missing: 1,
      denied: 1,
      unknown: 1,
      undated: 1,
      lookedAt: '2026-06-30T11:59:30+08:00',
      // What is missing gives no data, however old.
      oldest: 'c',
      freshest: 'a',
    });
  });

  it('names the first of those whose data are of one moment', () => {
    const day = '2026-06-29';
    expect(
      healthOf(['a', standing('LIVE', day)], ['b', standing('LIVE', day)], ['c', standing('STALE', day)]),
    ).toMatchObject({ oldest: 'a', freshest: 'a' });
  });

  it('names none where nobody looked, or no data have a time', () => {
    expect(healthOf(['a', null], ['b', standing('LIVE', null)])).toMatchObject({
      unknown: 1,
      undated: 1,
      oldest: undefined,
      freshest: undefined,
    });
    expect(healthOf().lookedAt).toBeNull();
  });
});
