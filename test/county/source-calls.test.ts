import { exampleQuery } from './ask.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';

const FACETS = 'marine { vesselName }\n      market { disposal }';
const PLAIN = exampleQuery('recent-inspections')
  .replace('    totalCount\n', '')
  .replace(/ {6}marine \{\s+vesselName\s+\}\s+market \{\s+disposal\s+\}\n/, '');
const WITH_FACETS = PLAIN.replace('      department\n', `      department\n      ${FACETS}\n`);

let county: StoredCounty;

beforeAll(async () => {
  county = await openSqliteCounty({ seed: 1, size: 'small' });
}, 120_000);

afterAll(async () => {
  await county?.close();
});

/** Source calls by interface, and plan steps, of one request. */
async function count(
  query: string,
): Promise<{ readonly calls: readonly string[]; readonly steps: readonly string[] }> {
  county.sourceCalls.splice(0);
  county.subgraphCalls.splice(0);
  const { errors } = await county.ask(query, { first: 20 });
  expect(errors).toBeUndefined();
  return {
    calls: county.sourceCalls.map((call) => `${call.operation} ${call.interface}`).sort(),
    steps: [...county.subgraphCalls].sort(),
  };
}

describe('a page of 20', () => {
  it('reads each interface once, and one subject look-up for all', async () => {
    expect(PLAIN).not.toContain('disposal');
    const { calls, steps } = await count(PLAIN);
    expect(calls).toEqual([
      // Fewer rows than a page has: those without a day could follow, and are asked for.
      'read agriculture.inspection',
      'read agriculture.inspection',
      'read comprehensive.inspection',
      'read emergency.inspection',
      'read environment.inspection',
      'read health.inspection',
      'read marine.inspection',
      'read market.inspection',
      'read supervision.inspection',
      'read transport.inspection',
    ]);
    expect(steps).toEqual(['hub', 'registry']);
  });

  it('with facets makes at most one more source call per facet step', async () => {
    const plain = await count(PLAIN);
    const { calls, steps } = await count(WITH_FACETS);
    expect(steps).toEqual(['hub', 'marine', 'market', 'registry']);
    const further = [...calls];
    for (const call of plain.calls) further.splice(further.indexOf(call), 1);
    expect(further).toContain('read market.inspection');
    // A department without a row on the page is not asked at all.
    expect(new Set(further).size).toBe(further.length);
    expect(further.length).toBeLessThanOrEqual(steps.length - plain.steps.length);
  });

  it('with a total counts each interface once', async () => {
    const { calls } = await count(exampleQuery('recent-inspections'));
    expect(calls.filter((call) => call.startsWith('tally'))).toEqual([
      'tally agriculture.inspection',
      'tally comprehensive.inspection',
      'tally emergency.inspection',
      'tally environment.inspection',
      'tally marine.inspection',
      'tally market.inspection',
      'tally supervision.inspection',
      'tally transport.inspection',
    ]);
  });
});
