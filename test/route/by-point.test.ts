import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateWorld } from '../../demo/world/generate-world.js';
import { TOWNSHIPS } from '../../demo/world/townships.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { parseAreas } from '../../subgraphs/hub/route/areas.js';
import { placeOfPoint } from '../../subgraphs/hub/route/place-of-point.js';
import { parseTownships } from '../../subgraphs/values/places/townships.js';
import type { TestCounty } from '../county/open-test-county.js';
import { openSqliteCounty } from '../county/stored-county.js';
import { FACTS, ITEMS } from './known-lists.js';

const QUERY = `query ($item: String = "${ITEMS.ZH07}", $place: RoutePlaceInput, $criminal: Boolean! = false) {
  route(item: $item, place: $place, powerKind: PENALTY, criminalSuspicion: $criminal) {
    determinate nameOf team place { township seaArea } steps { kind } reasons { code words } warnings { code }
  }
}`;

let county: TestCounty;
beforeAll(async () => {
  county = await openSqliteCounty({ seed: 5, size: 'tiny' });
}, 120_000);
afterAll(() => county?.close());

type Route = Readonly<Record<string, unknown>>;

async function ask(place: object, more: object = {}): Promise<Route> {
  const { data, errors } = await county.ask(QUERY, { place, ...more });
  expect(errors).toBeUndefined();
  return (data as unknown as { readonly route: Route }).route;
}

const point = (longitude: number, latitude: number, datum = 'WGS84') => ({
  longitude: longitude.toFixed(6),
  latitude: latitude.toFixed(6),
  datum,
});

it.each(TOWNSHIPS)(
  'where the people of $name live is $name, in every datum that is on record',
  async (town) => {
    const byName = await ask({ township: town.code });
    for (const datum of ['WGS84', 'CGCS2000', 'GCJ02']) {
      const at = point(town.centre.lonE6 / 1e6, town.centre.latE6 / 1e6, datum);
      const route = await ask(at);
      expect({ datum, ...route }).toEqual({
        datum,
        ...byName,
        place: { township: town.code, seaArea: null },
        warnings: [{ code: 'AREA_UNCONFIRMED' }, ...(byName.warnings as readonly object[])],
      });
    }
  },
);

it('at sea the marine team is told, as by the name of the area', async () => {
  const item = ITEMS.HY01;
  const route = await ask(point(122.95, 30.55), { item });
  const { warnings: _none, ...byName } = await ask({ seaArea: '152海区' }, { item });
  expect(byName).toMatchObject({ determinate: true, place: { township: null, seaArea: '152' } });
  expect(route).toMatchObject(byName);
});

it.each([
  ['on the border of two townships', point(122.4722, 30.72), 'PLACE_NEAR_BORDER'],
  ['so near to it that a commercial map cannot tell', point(122.468, 30.72, 'GCJ02'), 'PLACE_NEAR_BORDER'],
  ['known to some hundred metres alone', { ...point(122.468, 30.72), accuracyM: 500 }, 'PLACE_NEAR_BORDER'],
  ['in no outline', point(121.6, 30.1), 'PLACE_OUTSIDE'],
  ['changed over', point(30.7, 72.4), 'PLACE_OUTSIDE'],
  ['of a datum that nobody labelled', point(122.4515, 30.7275, 'UNKNOWN'), 'DATUM_UNKNOWN'],
])('a point %s is INDETERMINATE: %j, %s', async (_where, place, code) => {
  const route = await ask(place, { criminal: true });
  expect(route).toMatchObject({ determinate: false, nameOf: null, team: null, place: null });
  expect(route.reasons).toEqual([{ code, words: expect.stringMatching(/^\p{Script=Han}/u) }]);
  // Whose police it is depends on the place.
  expect(route.steps).toEqual([]);
});

it('the same point as near as GPS knows it is told', async () => {
  expect(await ask(point(122.468, 30.72))).toMatchObject({
    determinate: true,
    place: { township: '330922100' },
  });
});

it.each([
  [{ longitude: '122.4', latitude: '30.7' }, 'place.datum'],
  [{ longitude: '122.4', datum: 'WGS84' }, 'place.latitude'],
  [{ latitude: '30.7', datum: 'WGS84' }, 'place.longitude'],
  [{ datum: 'WGS84' }, 'place.longitude'],
  [{ ...point(122.4, 30.7), township: '菜园镇' }, 'place'],
  [{ ...point(122.4, 30.7), accuracyM: -1 }, 'place.accuracyM'],
  [point(182.4, 30.7), 'place.longitude'],
  [point(122.4, 90.5), 'place.latitude'],
])('%j is refused with its place: %s', async (place, argument) => {
  const { errors } = await county.ask(QUERY, { place });
  expect(
    errors?.map(({ extensions, message }) => [extensions.code, message.includes(`${argument}：`)]),
  ).toEqual([['BAD_USER_INPUT', true]]);
});

describe('every event of the demo county', () => {
  const read = (file: string): string => readFileSync(join(findProjectRoot(), 'schema', file), 'utf8');
  const parsed = parseTownships(read('codes/county/townships.yaml'), 'townships.yaml');
  if (parsed.kind === 'problems') throw new Error('townships.yaml');
  const areas = parseAreas(read('areas.geojson'), 'areas.geojson', parsed.townships, FACTS);

  it.each([1, 2, 3, 4, 5])('lies in its township, by its point, seed %i', (seed) => {
    const { events } = generateWorld({ seed, size: 'tiny' });
    let count = 0;
    for (const { lon, lat, township } of events) {
      const place = placeOfPoint(areas, { at: [lon, lat], withinM: 0 });
      // Some were drawn nearer to a border than that is known: of those nothing is said.
      if (place === 'PLACE_NEAR_BORDER') continue;
      count += 1;
      expect(place).toMatchObject({ township });
    }
    expect(count).toBeGreaterThan(50);
  });
});
