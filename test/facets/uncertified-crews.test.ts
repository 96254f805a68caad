import { uncertifiedCrews } from '../../demo/oracle/uncertified-crews.js';
import { askExample } from '../county/ask.js';
import { PERSON_KEY } from '../county/open-test-county.js';
import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';
import { atDepth } from '../deep.js';

interface Answer {
  readonly subjects: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly id: string;
      readonly name: string;
      readonly marine: {
        readonly vessel: { readonly lengthM: string };
        readonly crew: readonly { readonly certified: boolean }[];
      };
    }[];
    readonly coverage: readonly {
      readonly interface: string;
      readonly state: string;
      readonly rows: number;
    }[];
  };
}

describe.each(atDepth([5], [1, 2, 3, 4, 5]))('vessels with an uncertified crew, seed %i,', (seed) => {
  let county: StoredCounty;
  beforeAll(async () => {
    county = await openSqliteCounty({ seed, size: 'tiny' });
  }, 120_000);
  afterAll(() => county?.close());

  it.each([24, 12])('are those of the world, from %i metres on', async (lengthM) => {
    const { subjects } = (await askExample(county, 'uncertified-crews', {
      lengthM: String(lengthM),
      first: 500,
    })) as Answer;
    const expected = uncertifiedCrews(county.world, { personKey: PERSON_KEY, lengthM });
    expect(expected.length).toBeGreaterThan(0);
    expect(
      subjects.nodes.map(({ id, name, marine }) => ({
        vessel: id,
        name,
        lengthM: Number(marine.vessel.lengthM),
        uncertified: marine.crew.filter(({ certified }) => !certified).length,
      })),
    ).toEqual(expected.map((one) => ({ ...one, lengthM: Number(one.lengthM) })));
    expect(subjects.totalCount).toBe(expected.length);
    expect(subjects.coverage.map(({ interface: name, state }) => [name, state])).toEqual(
      expect.arrayContaining([
        ['marine.crew-certificate', 'LIVE'],
        ['marine.vessel', 'LIVE'],
      ]),
    );
  });
});
