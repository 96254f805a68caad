import { type ArrayInterface, createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

const inspections: ArrayInterface = {
  name: 'market.inspection',
  kind: 'Inspection',
  rows: [
    {
      key: ['1'],
      subject: null,
      values: { department: 'MARKET', date: '2026-06-01', number: '检〔2026〕1号' },
    },
  ],
};
/** The number is that of cases of several departments; the list's order puts the inspection's own last. */
const DEPARTMENTS = ['HEALTH', 'MARINE', 'FIRE_RESCUE', 'MARKET'];
const cases: ArrayInterface = { name: 'cases.case', kind: 'Case', rows: [] };
const feed = createArrayFeed('county', [inspections, cases]);
const hub = openTestHub([feed], createArrayRegistry([]));

async function caseOf(departments: readonly string[]): Promise<unknown> {
  cases.rows = departments.map((department, index) => ({
    key: [String(index)],
    subject: null,
    values: { department, inspectionNumber: '检[2026]01号' },
  }));
  feed.calls.length = 0;
  const { data, errors } = await hub.ask('{ inspections { nodes { case { id department } } } }');
  expect(errors).toEqual([]);
  return data?.inspections;
}

describe('the case of an inspection whose number several cases bear', () => {
  it('is the one of the same department, wherever it stands among them', async () => {
    for (const departments of [DEPARTMENTS, DEPARTMENTS.toReversed()]) {
      const id = `cases.case:${departments.indexOf('MARKET')}`;
      expect(await caseOf(departments)).toEqual({ nodes: [{ case: { id, department: 'MARKET' } }] });
    }
  });

  it('is none where only other departments bear it, unless there is a single one', async () => {
    expect(await caseOf(['HEALTH', 'MARINE'])).toEqual({ nodes: [{ case: null }] });
    expect(await caseOf(['HEALTH'])).toEqual({
      nodes: [{ case: { id: 'cases.case:0', department: 'HEALTH' } }],
    });
  });
});
