import { ANONYMOUS } from '../../runtime/call/caller.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import { openTestCounty, type TestCounty } from './open-test-county.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';

let whole: StoredCounty;
/** A hub that reaches departments and registry through their GraphQL faces alone, as on other machines. */
let apart: TestCounty;

beforeAll(async () => {
  whole = await openSqliteCounty({ seed: 6, size: 'tiny' });
  const overText = (port: SubgraphPort): SubgraphPort => ({
    name: port.name,
    // What goes over a wire is text: nothing but JSON may pass.
    execute: async (request, context) =>
      JSON.parse(JSON.stringify(await port.execute(JSON.parse(JSON.stringify(request)), context))),
    close: () => Promise.resolve(),
  });
  apart = await openTestCounty({
    connections: new Map(),
    today: whole.world.today,
    elsewhere: (name) => {
      const port = name === 'hub' ? undefined : whole.county.subgraphs.get(name);
      return port === undefined ? null : overText(port);
    },
  });
}, 120_000);

afterAll(async () => {
  await apart?.close();
  await whole?.close();
});

/** The hub's own answer; facets and names come from other subgraphs in both counties. */
async function hubAnswer(county: TestCounty, query: string): Promise<string> {
  const hub = county.county.subgraphs.get('hub');
  const { data, errors } = (await hub?.execute(
    { query },
    {
      requestId: 'test',
      caller: ANONYMOUS,
      signal: new AbortController().signal,
      deadline: Date.now() + 20_000,
      today: whole.world.today,
    },
  )) ?? { data: null };
  expect(errors).toBeUndefined();
  return JSON.stringify(data, (key, value: unknown) => (key === 'tookMs' ? 0 : value));
}

describe('a hub whose departments and registry run elsewhere', () => {
  it.each([
    '{ inspections(first: 30) { totalCount nodes { id date result subject { ref } } coverage { interface state asOf rows } } }',
    '{ cases(where: {unpaid: true}) { totalCount nodes { id fine paid unpaid } coverage { interface state } } }',
    '{ caseStats(by: [DEPARTMENT, SUBJECT_KIND], measures: [COUNT, SUBJECTS, FINE]) { buckets { key count subjects fine } } }',
    '{ subjects(where: {inspections: {departments: {gte: 2}}}, first: 50) { totalCount edges { node { ref } match { inspectedBy inspectionCount } } } }',
    '{ inspections(where: {number: "JC330922202026051200000000"}) { totalCount nodes { id number case { id } complaint { id } } coverage { interface state rows } } }',
    '{ cases(first: 40, where: {decided: true}) { nodes { id inspection { id number } complaint { id } } } }',
  ])('answers %s as the one beside them', async (query) => {
    const expected = await hubAnswer(whole, query);
    expect(expected.length).toBeGreaterThan(60);
    expect(await hubAnswer(apart, query)).toBe(expected);
  });
});
