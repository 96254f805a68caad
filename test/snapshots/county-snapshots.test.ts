import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ExecutionResult, parse } from 'graphql';
import { systemContext } from '../../county/system-context.js';
import { EXAMPLES_OF_ROWS, exampleQuery } from '../county/ask.js';
import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';
import { TurnedClock } from './turned-clock.js';

const COUNTY = { seed: 1, size: 'tiny' } as const;
/** Interfaces of which the demo county keeps snapshots, by the connection that they are read from. */
const KEPT = new Map([
  ['health', ['health.hygiene-permit', 'health.inspection', 'health.medical-institution']],
  ['hotline', ['hotline.ticket']],
  ['grassroots', ['grassroots.event']],
  ['city', ['city.event']],
  ['comprehensive-cases', ['comprehensive.old-case']],
  ['emergency-licence', ['emergency.hazchem-licence']],
  ['water-transport', ['transport.passenger-trip']],
]);
/** … and those that answer for keys alone, by the connection that they are asked by. */
const KEYED = new Map([
  ['legal-person', 'registry.legal-person'],
  ['positions', 'marine.latest-position'],
  ['case-detail', 'cases.case-detail'],
  ['credit-grade', 'credit.grade'],
]);
/** … and those that hang at subjects alone, in no list. */
const KEPT_FACETS = [
  'environment.monitoring',
  'grassroots.event-step',
  'health.hazard-declaration',
  'health.water-test',
];
const MINUTE = 60;

let folder: string;
let clock: TurnedClock;
let live: StoredCounty;
let kept: StoredCounty;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eg-snapshots-'));
  live = await openSqliteCounty(COUNTY);
  clock = new TurnedClock(live.world.today);
  kept = await openSqliteCounty(COUNTY, { snapshotFolder: folder, clock });
});

afterAll(async () => {
  await kept.close();
  await live.close();
  rmSync(folder, { recursive: true, force: true });
});

const isKeyed = (name: string): boolean => [...KEYED.values()].includes(name);

/** An answer without what differs from one moment to the next. */
function comparable({ data, errors }: ExecutionResult): unknown {
  const text = JSON.stringify({ data, errors: errors ?? [] }, (key, value: unknown) =>
    ['tookMs', 'asOf', 'endCursor', 'startCursor', 'cursor', 'reason', 'state'].includes(key) ? null : value,
  );
  return JSON.parse(text);
}

const COVERED = `{
  inspections(first: 500) { totalCount nodes { id date subject { name } health { placeName findings } } coverage { interface state asOf reason } }
  complaints(first: 500) { totalCount nodes { id state content } coverage { interface state asOf reason } }
  cases(first: 500) { totalCount nodes { id stage } coverage { interface state asOf reason } }
  events(first: 500) { totalCount nodes { id state content grassroots { handler } city { outcome } } coverage { interface state asOf reason } }
  portCalls(first: 500, where: { department: [TRANSPORT] }) { totalCount nodes { reportedAt subject { name } passengerTrip { passengers } } coverage { interface state asOf reason } }
  licences(first: 500, where: { department: [HEALTH, EMERGENCY] }) { totalCount nodes { number subject { name } } coverage { interface state asOf reason } }
}`;

interface Covered {
  readonly interface: string;
  readonly state: string;
  readonly asOf: string;
  readonly reason: string | null;
}

async function askCovered(county: StoredCounty) {
  const answer = await county.ask(COVERED);
  const lists = Object.values((answer.data ?? {}) as Record<string, { coverage: readonly Covered[] }>);
  const names = [...KEPT.values()].flat();
  const covered = lists
    .flatMap((list) => list?.coverage ?? [])
    .filter((one) => names.includes(one.interface));
  return { answer, covered };
}

it.each(EXAMPLES_OF_ROWS)('%s has the same answer from snapshots as from the sources', async (name) => {
  const query = exampleQuery(name);
  expect(comparable(await kept.ask(query))).toEqual(comparable(await live.ask(query)));
});

it('asks no source of which a snapshot is kept, however many ask', async () => {
  kept.sourceCalls.splice(0);
  const { covered } = await askCovered(kept);
  await Promise.all(EXAMPLES_OF_ROWS.map((name) => kept.ask(exampleQuery(name))));
  const names = new Set([...KEPT.values()].flat());
  const asked = kept.sourceCalls.filter(({ interface: name }) => names.has(name) || isKeyed(name));
  expect(asked).toEqual([]);
  expect(covered).toHaveLength(names.size);
  expect(new Set(covered.map(({ state }) => state))).toEqual(new Set(['LIVE']));
});

it('keeps no personal number in the clear', () => {
  const citizens = [...new Set(live.world.persons.map(({ idNo }) => idNo))];
  expect(citizens.length).toBeGreaterThan(50);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.sqlite'),
  );
  expect(files.length).toBeGreaterThanOrEqual(7);
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'latin1');
    expect(citizens.filter((citizen) => text.includes(citizen))).toEqual([]);
  }
});

it('serves on while a source is dead, tells its age, and gives it up when it is too old', async () => {
  const before = await askCovered(kept);
  for (const connection of KEPT.keys()) await kept.servers.get(connection)?.inject({ status: 503 });
  clock.turn(6 * MINUTE);
  await kept.county.keepSnapshots();
  const stale = await askCovered(kept);
  expect(comparable(stale.answer)).toEqual(comparable(before.answer));
  for (const one of stale.covered) {
    expect(one.state).toBe('STALE');
    expect(one.reason).toMatch(/快照已有 6 分钟.*The snapshot is 6 minutes/);
    expect(one.asOf).toBe(before.covered.find((known) => known.interface === one.interface)?.asOf);
  }
  clock.turn(24 * 60 * MINUTE);
  await kept.county.keepSnapshots();
  const missing = await askCovered(kept);
  expect(new Set(missing.covered.map(({ state }) => state))).toEqual(new Set(['MISSING']));
  for (const connection of KEPT.keys()) await kept.servers.get(connection)?.inject(null);
  clock.turn(MINUTE);
  await kept.county.keepSnapshots();
  const mended = await askCovered(kept);
  expect(comparable(mended.answer)).toEqual(comparable(before.answer));
  expect(new Set(mended.covered.map(({ state }) => state))).toEqual(new Set(['LIVE']));
});

/** Of the hotline's tickets, as one who says how old they may be hears it. */
async function askAged(maxAge: number, otherwise: string) {
  const query = `{ complaints(first: 500, where: { department: [MARKET] }, maxAge: ${maxAge}, else: ${otherwise}) {
    totalCount coverage { interface state asOf reason } } }`;
  const { data } = await kept.ask(query);
  const { complaints } = data as { complaints: { totalCount: number | null; coverage: readonly Covered[] } };
  const hotline = complaints.coverage.find((one) => one.interface === 'hotline.ticket');
  if (hotline === undefined) throw new Error('The hotline must take part');
  return { totalCount: complaints.totalCount, ...hotline };
}

/** Ferries are left out: no register says their township, and none whose keys are kept has them. */
const FACETS = `{
  subjects(where: { kind: [ORGANISATION, VESSEL], townshipPresent: true }, first: 500) {
    nodes {
      id
      register { legalPerson { name legalRepresentative registeredCapital state updatedAt } }
      marine { latestPosition { at longitude latitude signal } }
    }
  }
  cases(where: { interface: ["cases.case"] }, first: 500) { nodes { id caseDetail { hearingDate executionResult paidAmount } } }
}`;

it('asks for whatever hangs at subjects and cases as it asks the sources, and costs these no call', async () => {
  const wanted = await live.ask(FACETS);
  expect(JSON.stringify(wanted.data)).toMatch(/"legalPerson":\{.*"latestPosition":\{.*"caseDetail":\{/);
  kept.sourceCalls.splice(0);
  expect(comparable(await kept.ask(FACETS))).toEqual(comparable(wanted));
  expect(kept.sourceCalls.filter(({ interface: name }) => isKeyed(name))).toEqual([]);
});

it('answers for known keys while their source is dead, and says so; and asks it again when it is not', async () => {
  const before = await kept.ask(FACETS);
  for (const connection of KEYED.keys()) await kept.servers.get(connection)?.inject({ status: 503 });
  clock.turn(7 * 60 * MINUTE);
  await kept.county.keepSnapshots();
  expect(comparable(await kept.ask(FACETS))).toEqual(comparable(before));
  const context = systemContext(clock, 'test', 10_000);
  const answer = await kept.executor.execute(
    { document: parse(FACETS), documentId: FACETS, operationName: undefined, variables: {} },
    context,
  );
  expect('coverage' in answer ? answer.coverage?.interfaces : null).toContainEqual(
    expect.objectContaining({
      interface: 'cases.case-detail',
      state: 'STALE',
      reason: expect.stringMatching(/^STALE: 快照已有 /),
    }),
  );
  const outcomes = await kept.county.refreshFreshness(context);
  // Legal persons are read every other day.
  for (const name of ['marine.latest-position', 'cases.case-detail']) {
    expect(outcomes.find((one) => one.interface === name)).toMatchObject({ state: 'STALE' });
  }
  for (const connection of KEYED.keys()) await kept.servers.get(connection)?.inject(null);
  clock.turn(MINUTE);
  await kept.county.keepSnapshots();
  expect(comparable(await kept.ask(FACETS))).toEqual(comparable(before));
});

it('reads the source anew for whom a snapshot is too old, once for all who ask', async () => {
  const before = await askAged(10 * MINUTE, 'STALE');
  clock.turn(2 * MINUTE);
  expect((await askAged(10 * MINUTE, 'STALE')).asOf).toBe(before.asOf);
  kept.sourceCalls.splice(0);
  const answers = await Promise.all(Array.from({ length: 20 }, () => askAged(MINUTE, 'MISSING')));
  for (const answer of answers) {
    expect(answer).toMatchObject({ state: 'LIVE', totalCount: before.totalCount });
    expect(Date.parse(answer.asOf) - Date.parse(before.asOf)).toBeGreaterThan(MINUTE * 1000);
  }
  expect(kept.sourceCalls.filter((call) => call.interface === 'hotline.ticket')).toHaveLength(1);
});

it('does what the caller says where a snapshot is too old and its source is dead', async () => {
  await kept.servers.get('hotline')?.inject({ status: 503 });
  clock.turn(2 * MINUTE);
  const stale = await askAged(MINUTE, 'STALE');
  expect(stale).toMatchObject({
    state: 'STALE',
    reason: expect.stringContaining('at most 1 minute was asked for'),
  });
  expect(stale.totalCount).toBeGreaterThan(0);
  expect(await askAged(MINUTE, 'MISSING')).toMatchObject({
    state: 'MISSING',
    totalCount: null,
    reason: expect.stringContaining('超过所要求的 1 分钟'),
  });
  expect(await askAged(MINUTE, 'SOURCE')).toMatchObject({ state: 'MISSING', totalCount: null });
  await kept.servers.get('hotline')?.inject(null);
  clock.turn(MINUTE);
  // A source that kept failing is left alone for a while.
  let mended = await askAged(MINUTE, 'SOURCE');
  for (let tries = 0; tries < 100 && mended.state === 'MISSING'; tries += 1) {
    await delay(200);
    mended = await askAged(MINUTE, 'SOURCE');
  }
  expect(mended).toMatchObject({ state: 'LIVE', totalCount: stale.totalCount });
});

it('tells how each snapshot stands', async () => {
  const { data } = await kept.ask(
    '{ interfaces { name snapshot { version rows readAt wholeAt readings failures lastFailure } } }',
  );
  const { interfaces } = data as { interfaces: readonly { name: string; snapshot: unknown }[] };
  const names = [...KEPT.values(), ...KEYED.values(), ...KEPT_FACETS].flat();
  expect(
    interfaces
      .filter(({ snapshot }) => snapshot !== null)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(names.sort());
  expect(interfaces.find(({ name }) => name === 'hotline.ticket')?.snapshot).toMatchObject({
    version: expect.stringMatching(/^\d{8}T\d{9}-[0-9a-f]{12}$/),
    rows: expect.any(Number),
    readAt: expect.stringMatching(/\+08:00$/),
    lastFailure: null,
  });
});

it('serves after a restart what was kept before, though its sources are dead', async () => {
  const before = await askCovered(kept);
  const facets = await kept.ask(FACETS);
  await kept.close();
  const dead = await openSqliteCounty(COUNTY, { snapshotFolder: folder, clock });
  try {
    for (const connection of [...KEPT.keys(), ...KEYED.keys()]) await dead.servers.get(connection)?.close();
    clock.turn(6 * MINUTE);
    await dead.county.keepSnapshots();
    const after = await askCovered(dead);
    expect(comparable(after.answer)).toEqual(comparable(before.answer));
    expect(new Set(after.covered.map(({ state }) => state))).toEqual(new Set(['STALE']));
    expect(comparable(await dead.ask(FACETS))).toEqual(comparable(facets));
  } finally {
    await dead.close();
    kept = await openSqliteCounty(COUNTY, { snapshotFolder: folder, clock });
  }
});
