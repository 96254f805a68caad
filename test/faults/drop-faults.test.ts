import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { FileConnection } from '../../adapters/file/open-file.js';
import type { SourceAdapter } from '../../adapters/source-adapter.js';
import { cultureStore } from '../../demo/drops/culture.js';
import { writeDrops } from '../../demo/drops/write-drops.js';
import { generateWorld } from '../../demo/world/generate-world.js';
import type { World } from '../../demo/world/world.js';
import { startOwnTime } from '../own-time.js';
import { FAULTS, type NamedFault, type SystemName } from './fault-catalogue.js';
import { FaultCounty } from './fault-county.js';

const BUDGET_MS = 2000;
/** Of an answer from the version before, in this process's own time: nobody waits for the next one. */
const LATE_MS = 3500;
/** For what is well: nobody is told here that it is late. */
const PATIENT_MS = 20_000;
/** A drop is read when it has stood still for two seconds; a busy machine may take longer to read it. */
const SOON_MS = 30_000;

const HOMESTAYS = `query {
  licences(where: { interface: ["culture.homestay"] }, first: 100) {
    nodes { number name validFrom validTo state township }
    coverage { state }
  }
}`;
const SPOTS = `query {
  subjects(where: { kind: [ORGANISATION] }, first: 100) {
    nodes { id culture { scenicSpots { spotName grade capacity visitors township } } }
  }
}`;

let faulty: FaultCounty;
let folder: string;
let drops: FileConnection;
/** Of the first world, as the county was opened with it. */
let homestays: string;
let spots: string;

beforeAll(async () => {
  faulty = await FaultCounty.open();
  const culture = faulty.stored.connections.get('culture');
  if (culture?.dialect !== 'files')
    throw new Error('Cannot drop files: culture must be handed over as files');
  folder = culture.folder;
  drops = fileConnectionOf(faulty.stored.county.adapters.get('culture'));
  homestays = await ask(HOMESTAYS);
  spots = await ask(SPOTS);
  expect(numbersIn(homestays)).toEqual(permitsOf(faulty.stored.world));
  expect(spots).toContain('"spotName":"');
}, 120_000);

afterAll(async () => {
  await faulty?.close();
});

function fileConnectionOf(adapter: SourceAdapter | undefined): FileConnection {
  if (adapter === undefined || !('states' in adapter)) {
    throw new Error('Cannot drop files: the adapter must be one of files, but is not');
  }
  return adapter as FileConnection;
}

/** The answer's data as text. */
async function ask(query: string): Promise<string> {
  const time = startOwnTime();
  const { data, errors } = await faulty.stored.ask(query, {}, PATIENT_MS);
  expect(errors).toBeUndefined();
  expect(time.stop()).toBeLessThan(LATE_MS);
  return JSON.stringify(data);
}

const licences = z.object({ licences: z.object({ nodes: z.array(z.object({ number: z.string() })) }) });

function numbersIn(answer: string): readonly string[] {
  return licences
    .parse(JSON.parse(answer))
    .licences.nodes.map(({ number }) => number)
    .sort();
}

function permitsOf({ homestays: known }: World): readonly string[] {
  return known.map(({ permitNumber }) => permitNumber).sort();
}

/** Asks for both lists until `isOver`; every answer must be one of those that are allowed. */
async function watch(allowed: readonly string[], isOver: () => Promise<boolean>): Promise<void> {
  const started = performance.now();
  const seen = new Set<string>();
  while (!(await isOver())) {
    if (performance.now() - started > SOON_MS)
      throw new Error('Cannot go on: the drop must be judged, but is not');
    for (const answer of await Promise.all([ask(HOMESTAYS), ask(SPOTS)])) seen.add(answer);
    await wait(50);
  }
  expect([...seen].filter((answer) => !allowed.includes(answer))).toEqual([]);
}

/** A file of its department's next delivery, by the beginning of its name. */
function fileOf(world: World, name: string): Promise<Buffer> {
  const other = mkdtempSync(join(tmpdir(), 'eg-next-drop-'));
  return writeDrops(cultureStore(world), other, world.today)
    .then((files) => readFileSync(join(other, files.find((file) => file.startsWith(name)) ?? name)))
    .finally(() => rmSync(other, { recursive: true, force: true }));
}

async function isRejected(file: string): Promise<boolean> {
  return (await drops.states()).some(({ rejection }) => rejection?.drop.name === file);
}

const nextWorld = generateWorld({ seed: 2, size: 'tiny' });

describe('a county whose drops go wrong', () => {
  it('serves the version before while a workbook that was cut short is refused', async () => {
    const whole = await fileOf(nextWorld, '民宿台账');
    writeFileSync(join(folder, '民宿台账20260630.xlsx'), whole.subarray(0, Math.floor(whole.length * 0.6)));
    await watch([homestays, spots], () => isRejected('民宿台账20260630.xlsx'));
    expect(await ask(HOMESTAYS)).toBe(homestays);
  }, 60_000);

  it('serves the version before while a list in another charset is refused', async () => {
    const list = new TextDecoder('gb18030').decode(await fileOf(nextWorld, 'A级景区'));
    writeFileSync(join(folder, 'A级景区20260630.csv'), list, 'utf8');
    await watch([homestays, spots], () => isRejected('A级景区20260630.csv'));
    expect(await ask(SPOTS)).toBe(spots);
  }, 60_000);

  it('answers out of one version or the next while a drop is replaced, whatever else is down', async () => {
    const troubles: readonly (readonly [SystemName, NamedFault | undefined])[] = [
      ['hotline', FAULTS.find(({ name }) => name === 'reset mid-body')],
      ['health', FAULTS.find(({ name }) => name === 'half-open')],
    ];
    for (const [system, fault] of troubles) await faulty.inject(system, fault?.fault ?? null);
    const whole = await fileOf(nextWorld, '民宿台账');
    const started = performance.now();
    const seen: string[] = [];
    for (let part = 1; part <= 4; part++) {
      // As a slow upload: longer each time, and whole at last.
      writeFileSync(
        join(folder, '民宿台账20260701.xlsx'),
        whole.subarray(0, Math.ceil((whole.length * part) / 4)),
      );
      seen.push(await ask(HOMESTAYS));
    }
    const complaints = troubles.map(async ([system, fault]) =>
      fault === undefined
        ? [`no fault for ${system}`]
        : faulty.complain(system, fault, await faulty.ask(system, BUDGET_MS), BUDGET_MS),
    );
    const expected = permitsOf(nextWorld);
    while (JSON.stringify(numbersIn(seen.at(-1) ?? '')) !== JSON.stringify(expected)) {
      expect(performance.now() - started).toBeLessThan(SOON_MS);
      seen.push(await ask(HOMESTAYS));
      await wait(20);
    }
    const next = await ask(HOMESTAYS);
    const change = seen.findIndex((answer) => answer !== homestays);
    expect(seen.slice(0, change).every((answer) => answer === homestays)).toBe(true);
    expect(seen.slice(change).every((answer) => answer === next)).toBe(true);
    expect((await Promise.all(complaints)).flat()).toEqual([]);
    for (const [system] of troubles) expect(await faulty.recover(system)).toEqual([]);
  }, 60_000);

  it('goes on serving when the drops are gone and a system is refused', async () => {
    const before = await ask(HOMESTAYS);
    for (const file of readdirSync(folder)) rmSync(join(folder, file), { recursive: true });
    await faulty.inject('case-detail', { transport: 'refused' });
    await drops.settle();
    expect(await ask(HOMESTAYS)).toBe(before);
    expect(await ask(SPOTS)).toBe(spots);
    expect((await faulty.ask('case-detail', BUDGET_MS)).codes).toEqual(['SOURCE_UNAVAILABLE']);
    expect(await faulty.recover('case-detail')).toEqual([]);
  }, 60_000);
});
