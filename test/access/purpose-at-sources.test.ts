import type { World } from '../../demo/world/world.js';
import { type GuardedCounty, openGuardedCounty } from './open-guarded-county.js';

const [MATTER, OTHER] = ['许可-00225-002', '处罚-00100-000'];
/** What the mapping names. */
const CONFIGURED = '许可-00225-001';

let guarded: GuardedCounty;
beforeAll(async () => {
  guarded = await openGuardedCounty(6);
}, 120_000);
afterAll(() => guarded?.close());

const firmOf = ({ organisations }: World): string =>
  organisations.find(({ uscc }) => uscc !== null)?.uscc ?? '';

const QUERY = 'query ($uscc: String!) { subject(by: { uscc: $uscc }) { register { legalPerson { name } } } }';

/** Matters that the provincial gateway was told while something was asked. */
async function toldBy(work: () => Promise<unknown>): Promise<readonly string[]> {
  const server = guarded.county.servers.get('legal-person');
  const before = server?.stated().length ?? 0;
  await work();
  const stated = (server?.stated() ?? []).slice(before);
  return stated.map((text) => (JSON.parse(text) as { readonly powerMatters: string }).powerMatters);
}

async function ask(token: string, purpose?: string): Promise<void> {
  const { text } = await guarded.ask(token, QUERY, {
    variables: { uscc: firmOf(guarded.county.world) },
    ...(purpose !== undefined && { headers: { 'x-purpose': encodeURIComponent(purpose) } }),
  });
  expect(text).toMatch(/"legalPerson":\{"name":".+"\}/);
}

describe('a source that asks for the legal matter', () => {
  it('is told the one that the caller names, or the configured one where he names none', async () => {
    const token = await guarded.token({ role: 'analyst', purposes: [MATTER, OTHER] });
    expect(await toldBy(() => ask(token, MATTER))).toEqual([MATTER]);
    expect(await toldBy(() => ask(token, OTHER))).toEqual([OTHER]);
    expect(await toldBy(() => ask(token))).toEqual([CONFIGURED]);
  });

  it('is asked once for each matter by one caller who asks for several at the same time', async () => {
    const token = await guarded.token({ role: 'analyst', purposes: [MATTER, OTHER] });
    const told = await toldBy(() => Promise.all([MATTER, OTHER, undefined].map((one) => ask(token, one))));
    expect([...told].sort()).toEqual([OTHER, CONFIGURED, MATTER].sort());
  });
});
