import { randomFor } from '../../demo/random.js';
import { CATALOGUE } from '../../demo/world/catalogue/make-items.js';
import { TOWNSHIPS } from '../../demo/world/townships.js';
import { decideRoute } from '../../subgraphs/hub/route/decide-route.js';
import type { TestCounty } from '../county/open-test-county.js';
import { openSqliteCounty } from '../county/stored-county.js';
import { AT_SEA, FACTS, ITEMS, inTownship, knowledgeOf, question } from './known-lists.js';

const QUERY = `query ($item: String, $place: RoutePlaceInput, $asOf: Date, $powerKind: PowerKind!) {
  route(item: $item, place: $place, asOf: $asOf, powerKind: $powerKind) {
    determinate authority nameOf team station rule rules paused steps { kind by } reasons { code } warnings { code words }
    catalogue { list edition validFrom } asOf coverage { interface state }
  }
}`;

let county: TestCounty;
beforeAll(async () => {
  county = await openSqliteCounty({ seed: 5, size: 'tiny' });
}, 120_000);
afterAll(() => county?.close());

async function ask(variables: Readonly<Record<string, unknown>>) {
  const { data, errors } = await county.ask(QUERY, { powerKind: 'PENALTY', ...variables });
  expect(errors).toBeUndefined();
  return (data as unknown as { readonly route: Readonly<Record<string, unknown>> }).route;
}

it('says of the demo county’s own lists what the rules say of the lists themselves', async () => {
  const random = randomFor(5, 'routes');
  for (let index = 0; index < 40; index += 1) {
    const { code } = random.pick(CATALOGUE);
    const township = random.pick(TOWNSHIPS);
    const asOf = random.pick([
      '2021-11-30',
      '2021-12-01',
      '2022-11-01',
      '2023-12-31',
      '2024-01-01',
      '2026-06-30',
    ]);
    const atSea = random.chance(0.2);
    const place = atSea ? { seaArea: '152海区' } : { township: random.pick([township.code, township.name]) };
    const known = knowledgeOf(code, asOf);
    const asked = question(code, atSea ? AT_SEA : inTownship(township.code), { asOf });
    const { reasons, warnings, ...expected } = decideRoute(asked, known, FACTS);
    expect(await ask({ item: code, place, asOf })).toMatchObject({
      ...expected,
      reasons: reasons.map((code) => ({ code })),
      warnings: warnings.map((code) => ({ code })),
      catalogue: expect.arrayContaining([...known.versions]),
    });
  }
}, 60_000);

it('finds an item and a place in any spelling, and tells what it rests on', async () => {
  const wide = ITEMS.YS01.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const route = await ask({ item: wide, place: { name: '小洋山' } });
  expect(route).toMatchObject({
    rule: 'TOWNSHIP_OWN',
    nameOf: '洋山镇人民政府',
    asOf: '2026-06-30',
    warnings: [
      { code: 'PLACE_BY_ALIAS', words: expect.stringMatching(/^地点按别名.* The place/) },
      { code: 'PLACE_UNDER_REVIEW' },
    ],
  });
  expect(route.coverage).toEqual(
    ['catalogue.comprehensive-item', 'catalogue.item', 'catalogue.township-item', 'people.team'].map(
      (name) => ({
        interface: name,
        state: 'LIVE',
      }),
    ),
  );
});

it('refuses a place that the county has not, and a day that is none', async () => {
  for (const variables of [
    { place: { name: '普陀山' } },
    { place: { township: '330922102', name: '洋山' } },
    { asOf: '2026-02-30' },
  ]) {
    const { errors } = await county.ask(QUERY, { item: ITEMS.YS01, powerKind: 'PENALTY', ...variables });
    expect(errors?.[0]?.extensions?.code).toMatch(/BAD_USER_INPUT/);
  }
});
