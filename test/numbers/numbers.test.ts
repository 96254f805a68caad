import type { ExecutionResult } from 'graphql';
import { atDepth } from '../deep.js';
import { type NumberedCounty, openNumberedCounty } from './numbered-county.js';

const INSPECTIONS = `query ($number: String) { inspections(where: { number: $number }, first: 20) {
  totalCount nodes { id number caseNumber case { id caseCode } complaint { id } } coverage { interface state rows }
} }`;
const CASES = `query ($number: String) { cases(where: { or: [{ caseCode: $number }, { decisionNo: $number }] }, first: 20) {
  totalCount nodes { id caseCode decisionNo inspection { id number } complaint { id } } coverage { interface state rows }
} }`;
const ALL = `{
  inspections(first: 400) { nodes { id number caseNumber case { id } complaint { id } } }
  cases(first: 400) { nodes { id caseCode decisionNo inspectionNumber inspection { id } complaint { id } } }
  complaints(first: 400) { nodes { id number inspection { id } case { id } } }
}`;

let county: NumberedCounty;

beforeAll(async () => {
  county = await openNumberedCounty(4);
}, 120_000);

afterAll(async () => {
  await county?.close();
});

interface Found {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string; readonly inspection?: { readonly id: string } | null }[];
}

async function find(query: string, number: string): Promise<Found> {
  const { indexed, plain } = await county.askBoth(query, { number });
  expect(indexed).toBe(plain);
  const { data } = JSON.parse(indexed) as ExecutionResult;
  return Object.values(data as Record<string, Found>)[0] as Found;
}

async function someNumbers(): Promise<{
  readonly inspections: readonly string[];
  readonly cases: readonly string[];
}> {
  const { data } = JSON.parse((await county.askBoth(ALL)).indexed) as {
    data: {
      inspections: { nodes: readonly { number: string | null }[] };
      cases: { nodes: readonly { caseCode: string | null; decisionNo: string | null }[] };
    };
  };
  return {
    inspections: data.inspections.nodes.flatMap(({ number }) => number ?? []),
    cases: data.cases.nodes.flatMap(({ caseCode, decisionNo }) =>
      [caseCode, decisionNo].flatMap((no) => no ?? []),
    ),
  };
}

/** Calls to sources since the last look, those that brought rows apart. */
function sourceReads(): { readonly all: readonly string[]; readonly withRows: readonly string[] } {
  const calls = county.indexed().sourceCalls.splice(0);
  return {
    all: calls.map((call) => `${call.operation} ${call.interface}`).sort(),
    withRows: [...new Set(calls.filter(({ rows }) => rows > 0).map((call) => call.interface))].sort(),
  };
}

/** Of every part of a list, so that each department has its turn. */
function spread(numbers: readonly string[]): readonly string[] {
  const every = Math.ceil(numbers.length / atDepth(12, 80));
  return numbers.filter((_, place) => place % every === 0);
}

it('finds every row by its number, and its links, as a search of all sources does', async () => {
  const { indexed, plain } = await county.askBoth(ALL);
  expect(indexed).toBe(plain);
  const { inspections, cases } = await someNumbers();
  expect(inspections.length).toBeGreaterThan(100);
  expect(cases.length).toBeGreaterThan(30);
  for (const number of spread(inspections))
    expect((await find(INSPECTIONS, number)).totalCount).toBeGreaterThan(0);
  for (const number of spread(cases)) expect((await find(CASES, number)).totalCount).toBeGreaterThan(0);
}, 120_000);

it('asks each source once, and reads rows only where the number is', async () => {
  const { cases } = await someNumbers();
  const number = cases.find((no) => no.includes('罚决')) ?? '';
  await county.indexed().ask('{ cases(first: 1) { nodes { id } } }');
  sourceReads();
  await county
    .indexed()
    .ask('query ($number: String) { cases(where: { decisionNo: $number }, first: 5) { nodes { id } } }', {
      number,
    });
  const { all, withRows } = sourceReads();
  // What cannot be asked by number is searched whole, unless it is kept as a snapshot.
  const isAskable = (call: string): boolean => !call.endsWith('comprehensive.old-case');
  expect(all.filter(isAskable)).toEqual([
    'read cases.case',
    'read marine.case',
    'read market.penalty',
    'read planning.case',
    'read transport.case',
  ]);
  expect(withRows.filter(isAskable)).toHaveLength(1);
});

describe('a row that is newer than the index', () => {
  it('is found by its number at once', async () => {
    county.insert('yz_dljc', { jcid: 'NEW1', jcbh: 'JC-NEW-1', ajbh: 'AJ-NEW-1' });
    const found = await find(INSPECTIONS, 'jc－new－1');
    expect(found.nodes.map(({ id }) => id)).toEqual(['marine.inspection:NEW1']);
    county.insert('yz_aj', {
      ajbh: 'AJ-NEW-1',
      bbh: 1,
      jdswh: '嵊渔罚决字〔2026〕第901号',
      jcbh: 'JC-NEW-1',
    });
    const [linked] = (await find(CASES, '嵊渔罚决字[2026]901号')).nodes;
    expect(linked?.inspection?.id).toBe('marine.inspection:NEW1');
  });

  it('is found beside an older row of the same number, of its own interface and of another', async () => {
    const { inspections } = await someNumbers();
    const numbers = inspections.slice(0, 3);
    for (const [index, number] of numbers.entries()) {
      const before = await find(INSPECTIONS, number);
      county.insert('yz_dljc', { jcid: `TWIN${index}`, jcbh: number });
      expect((await find(INSPECTIONS, number)).totalCount).toBe(before.totalCount + 1);
    }
  });

  it('is not found by the number that it bore before, but by its new one', async () => {
    county.update('yz_dljc', 'NEW1', { jcbh: 'JC-NEW-2' });
    expect((await find(INSPECTIONS, 'JC-NEW-1')).totalCount).toBe(0);
    expect((await find(INSPECTIONS, 'JC-NEW-2')).totalCount).toBe(1);
    await county.indexed().county.registry.renew();
    expect((await find(INSPECTIONS, 'JC-NEW-1')).totalCount).toBe(0);
    county.update('yz_dljc', 'NEW1', { jcbh: 'JC-NEW-1' });
    expect((await find(INSPECTIONS, 'JC-NEW-2')).totalCount).toBe(0);
    expect((await find(INSPECTIONS, 'JC-NEW-1')).totalCount).toBe(1);
  });

  it('is gone when it is deleted', async () => {
    await county.indexed().county.registry.renew();
    county.remove('yz_dljc', 'NEW1');
    expect((await find(INSPECTIONS, 'JC-NEW-1')).totalCount).toBe(0);
  });

  it('is found although it has no watermark', async () => {
    county.insert('yz_dljc', { jcid: 'NOMARK', jcbh: 'JC-NOMARK', gxsj: null });
    county.insert('yz_aj', { ajbh: 'AJ-NOMARK', bbh: 1, jcbh: 'JC-NOMARK' });
    const [linked] = (await find(CASES, 'AJ-NOMARK')).nodes;
    expect(linked?.inspection?.id).toBe('marine.inspection:NOMARK');
  });
});

it('finds the same after a restart, with the index of before', async () => {
  const { registry } = county.indexed().county;
  const builtAt = registry.asOf();
  county.insert('yz_dljc', { jcid: 'BEFORE', jcbh: 'JC-BEFORE' });
  await registry.renew();
  county.insert('yz_dljc', { jcid: 'AFTER', jcbh: 'JC-AFTER' });
  await county.restart();
  expect(county.indexed().county.registry.asOf()).toBe(builtAt);
  expect((await find(INSPECTIONS, 'JC-BEFORE')).totalCount).toBe(1);
  expect((await find(INSPECTIONS, 'JC-AFTER')).totalCount).toBe(1);
}, 60_000);

it('finds rows of an interface that was dead when the index was built, and takes it in when it is back', async () => {
  const { registry } = county.indexed().county;
  const health = county.systems.servers.get('hotline');
  const stateOf = async (): Promise<string | undefined> => {
    const context = { signal: new AbortController().signal } as Parameters<typeof registry.coverage>[0];
    return (await registry.coverage(context)).find((one) => one.interface === 'hotline.ticket')?.state;
  };
  const { data } = await county.indexed().ask('{ complaints(first: 3) { nodes { number } } }');
  const numbers = (data as { complaints: { nodes: { number: string }[] } }).complaints.nodes.map(
    ({ number }) => number,
  );
  const COMPLAINTS = `query ($number: String) { complaints(where: { number: $number }) { totalCount nodes { id case { id } inspection { id } } coverage { interface state } } }`;
  await health?.inject({ status: 503 });
  await registry.refresh();
  expect(await stateOf()).toBe('STALE');
  await health?.inject(null);
  for (const number of numbers) expect((await find(COMPLAINTS, number)).totalCount).toBe(1);
  const { indexed, plain } = await county.askBoth(ALL);
  expect(indexed).toBe(plain);
}, 120_000);
