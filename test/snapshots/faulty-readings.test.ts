import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '../../demo/servers/faults.js';
import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';
import { atDepth } from '../deep.js';
import { FAULTS, type NamedFault, SYSTEMS } from '../faults/fault-catalogue.js';
import { TurnedClock } from './turned-clock.js';

const HOUR = 3600;
/** A source that kept failing is left alone for a while. */
const MENDING_MS = 40_000;

const QUERY = `{
  inspections(first: 500) {
    totalCount nodes { id date result health { placeName findings } } coverage { interface state asOf reason }
  }
  complaints(first: 500) { totalCount nodes { id state content } coverage { interface state asOf reason } }
  subjects(where: { kind: [ORGANISATION, VESSEL], townshipPresent: true }, first: 500) {
    nodes { id register { legalPerson { name state } } marine { latestPosition { at longitude latitude } } }
  }
  cases(where: { interface: ["cases.case"] }, first: 500) { nodes { id caseDetail { executionResult paidAmount } } }
}`;
/** Read whole; the other three systems answer for keys alone, and their facets tell no coverage of a list. */
const LISTED = ['health.inspection', 'hotline.ticket'];

interface Covered {
  readonly interface: string;
  readonly state: string;
  readonly asOf: string;
  readonly reason: string | null;
}

let folder: string;
let clock: TurnedClock;
let county: StoredCounty;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eg-faulty-'));
  const opened = { seed: 1, size: 'tiny' } as const;
  clock = new TurnedClock('2026-06-30');
  county = await openSqliteCounty(opened, { snapshotFolder: folder, clock });
  await county.county.keepSnapshots();
}, 120_000);

afterAll(async () => {
  await county?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function injectAll(fault: Fault | null): Promise<void> {
  for (const system of SYSTEMS) await county.servers.get(system)?.inject(fault);
}

async function look(): Promise<{ readonly values: unknown; readonly covered: readonly Covered[] }> {
  const { data, errors } = await county.ask(QUERY);
  const covered: Covered[] = [];
  const values = JSON.parse(
    JSON.stringify({ data, errors: errors ?? [] }, (key, value: unknown) => {
      if (key !== 'coverage') return value;
      covered.push(...(value as readonly Covered[]).filter((one) => LISTED.includes(one.interface)));
      return null;
    }),
  );
  return { values, covered };
}

/** Whether no system failed when it was read last, one that answers for keys alone when it was asked. */
async function areRead(): Promise<boolean> {
  const { data } = await county.ask('{ interfaces { snapshot { lastFailure } } }');
  const { interfaces } = data as {
    interfaces: readonly { readonly snapshot: { readonly lastFailure: string | null } | null }[];
  };
  return interfaces.every(({ snapshot }) => snapshot === null || snapshot.lastFailure === null);
}

/** A new reading of everything that is due, until all of them have succeeded. */
async function mend(): Promise<void> {
  await injectAll(null);
  const started = performance.now();
  for (;;) {
    clock.turn(60);
    await county.county.keepSnapshots();
    if ((await look()).covered.every(({ state }) => state === 'LIVE') && (await areRead())) return;
    if (performance.now() - started > MENDING_MS)
      throw new Error('Snapshots must be LIVE again, but are not');
    await delay(200);
  }
}

/** Those that every call waits for until its time is up are for long runs. */
const isSlow = ({ expected }: NamedFault): boolean => {
  const codes = expected('health');
  return codes !== 'exact' && codes.some((code) => code === 'SOURCE_TIMEOUT');
};
/** So many that readings stay within what a minute grants them. */
const QUICK = FAULTS.filter((fault) => !isSlow(fault)).filter((_, index) => index % 2 === 0);
const TRIED = atDepth(QUICK, FAULTS);

it.each(TRIED.map((fault) => [fault.name, fault] as const))(
  'readings that meet “%s” in every system change no value, and what serves tells its age',
  async (_, { fault, expected }) => {
    const before = await look();
    expect(before.covered.map(({ state }) => state)).toEqual(['LIVE', 'LIVE']);
    await injectAll(fault);
    clock.turn(7 * HOUR);
    const due = clock.now().getTime();
    await county.county.keepSnapshots();
    const after = await look();
    expect(after.values).toEqual(before.values);
    for (const one of after.covered) {
      const isRead = expected(one.interface === 'health.inspection' ? 'health' : 'hotline') === 'exact';
      expect({ state: one.state, isYoung: Date.parse(one.asOf) >= due - 1000 }).toEqual({
        state: isRead ? 'LIVE' : 'STALE',
        isYoung: isRead,
      });
      if (!isRead) expect(one.reason).toMatch(/快照已有 7 小时.*来源读取失败/);
    }
    await mend();
    expect((await look()).values).toEqual(before.values);
  },
  atDepth(120_000, 600_000),
);
