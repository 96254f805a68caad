import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { VERSION_CAPABILITIES } from '../../../adapters/versions/version-adapter.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import { whoAsks } from './who-asks.js';

function asks(
  processes: number,
  {
    kind = 'table',
    exchanges = false,
    ...limits
  }: { kind?: string; exchanges?: boolean; concurrent?: number; perMinute?: number; perDay?: number } = {},
) {
  const adapter = { capabilities: { ...VERSION_CAPABILITIES, exchanges } } as SourceAdapter;
  const mapping = {
    limits: { concurrent: 8, ...limits },
    source: { object: { kind } },
  } as unknown as InterfaceMapping;
  return whoAsks({ adapter, mapping }, processes);
}

describe('whoAsks()', () => {
  it.each([2, 3, 4, 5, 8])('never gives %d processes more places than the mapping has', (processes) => {
    const said = asks(processes);
    expect(said.who).toBe('each');
    if (said.who === 'each') expect(said.places * processes).toBeLessThanOrEqual(8);
  });

  it.each([
    ['a quota of the minute', { perMinute: 100_000 }],
    ['a quota of the day', { perDay: 100_000 }],
    ['a session', { exchanges: true }],
    ['fewer places than processes', { concurrent: 3 }],
  ])('leaves a source with %s to one process', (_, limits) => {
    expect(asks(4, limits)).toEqual({ who: 'keeper' });
    expect(asks(1, limits)).toMatchObject({ who: 'each' });
  });

  it('divides nothing of files that are this program’s own', () => {
    expect(asks(9, { kind: 'file', concurrent: 4 })).toEqual({ who: 'each', places: 4 });
  });
});
