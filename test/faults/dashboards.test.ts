import type { ExecutionResult } from 'graphql';
import { randomFor } from '../../demo/random.js';
import type { Fault } from '../../demo/servers/faults.js';
import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';

const SEED = 20_260_701;
const ROUNDS = 24;
const BUDGET_MS = 20_000;
const FAULTS: readonly Fault[] = [
  { transport: 'refused' },
  { transport: 'reset' },
  { status: 500 },
  { content: 'html' },
];
const SYSTEMS = ['positions', 'case-detail', 'health', 'hotline', 'legal-person'] as const;

/** What dashboards show; none of them reads `coverage`. */
const DASHBOARDS = [
  '{ complaintStats(by: [TOWNSHIP], measures: [TO_INSPECTION, TO_CASE]) { buckets { key count toInspectionRate toCaseRate } } }',
  '{ inspections(first: 20) { totalCount nodes { id result case { id } complaint { id } } } inspectionStats(by: [DEPARTMENT]) { buckets { key count } } }',
  '{ subjects(where: { kind: [ORGANISATION], inspections: { none: true } }, first: 20) { totalCount nodes { id } } }',
  '{ subjects(where: { licences: { some: true }, complaints: { count: { lte: 0 } } }, first: 10) { totalCount nodes { id licences { totalCount nodes { number state } } complaints { totalCount } } } }',
  '{ licenceStats(by: [STATE]) { buckets { key count } } repeatVisits(by: SUBJECT_TOWNSHIP) { buckets { key repeated repeatRate } } }',
];

let county: StoredCounty;

beforeAll(async () => {
  county = await openSqliteCounty({ seed: 1, size: 'tiny' });
}, 120_000);
afterAll(async () => {
  await county?.close();
});

const ask = (query: string): Promise<ExecutionResult> => county.ask(query, {}, BUDGET_MS);

it('five dashboards that poll while systems come and go never show less than there is without a word', async () => {
  const well = await Promise.all(DASHBOARDS.map(ask));
  expect(well.flatMap(({ errors = [] }) => errors)).toEqual([]);
  const random = randomFor(SEED, 'dashboards');
  let told = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const polling = DASHBOARDS.map(ask);
    // In the middle of the polls, systems break and are mended.
    await Promise.all(
      SYSTEMS.map((system) =>
        county.servers.get(system)?.inject(random.chance(0.5) ? random.pick(FAULTS) : null),
      ),
    );
    for (const [index, answer] of (await Promise.all(polling)).entries()) {
      if (answer.errors === undefined) expect(answer.data).toEqual(well[index]?.data);
      else told++;
    }
  }
  expect(told).toBeGreaterThan(ROUNDS / 4);
}, 300_000);
