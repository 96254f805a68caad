import { openConfig } from './county-of.js';

describe('openConfig() without a file', () => {
  it.each([
    [{ DEMO_SIZE: 'huge' }, /DEMO_SIZE must be .*, but is "huge"/],
    [{ DEMO_SEED: '1.5' }, /DEMO_SEED must be .*, but is "1\.5"/],
  ])('means the demo county that the environment names: %j is none', async (environment, expected) => {
    await expect(openConfig({ configFile: null }, environment)).rejects.toThrow(expected);
  });

  it('has none where that county was never built', async () => {
    expect(await openConfig({ configFile: null }, { DEMO_SIZE: 'tiny', DEMO_SEED: '987654321' })).toBeNull();
  });
});
