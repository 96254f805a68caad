import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { buildDemo, readDemo } from './build-demo.js';
import { cultureStore } from './drops/culture.js';
import type { LegacyStore } from './stores/legacy-table.js';
import type { World } from './world/world.js';

let parent = '';
let folder = '';

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'eg-build-'));
  folder = join(parent, 'tiny-1');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const checksStore = (world: World): LegacyStore => ({
  connection: 'checks',
  tables: [
    {
      name: 'checks',
      columns: [
        { name: 'number', type: 'text', length: 40 },
        { name: 'day', type: 'date' },
      ],
      primaryKey: ['number'],
      indexes: [['day']],
      rows: {
        *[Symbol.iterator]() {
          for (const { number, date } of world.inspections) yield [number, date];
        },
      },
    },
  ],
});

const finesStore = (world: World): LegacyStore => ({
  connection: 'fines',
  tables: [
    {
      name: 'fines',
      columns: [
        { name: 'code', type: 'text' },
        { name: 'fine', type: 'decimal', precision: 18, scale: 2 },
      ],
      indexes: [],
      rows: [...world.cases].map(({ caseCode, fine }) => [caseCode, fine]),
    },
  ],
});

const queriedStore = (world: World): LegacyStore => ({
  ...finesStore(world),
  connection: 'queried',
  access: 'soap',
});

const failingStore = (): LegacyStore => ({
  connection: 'broken',
  tables: [{ name: 'broken', columns: [{ name: 'a', type: 'text' }], indexes: [], rows: [['a', 'b']] }],
});

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
    if (name !== 'culture') hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}

describe('buildDemo()', () => {
  it('writes one file per connection and what it is', async () => {
    const lines: string[] = [];
    const stores = [checksStore, finesStore];
    const built = await buildDemo({
      folder,
      seed: 1,
      size: 'tiny',
      stores,
      onProgress: (text) => lines.push(text),
    });
    expect(readdirSync(folder).sort()).toEqual(['checks.sqlite', 'county.json', 'fines.sqlite']);
    const database = new Database(join(folder, 'checks.sqlite'), { readonly: true });
    expect(database.prepare('SELECT count(*) FROM checks').pluck().get()).toBe(250);
    expect(database.pragma('journal_mode', { simple: true })).toBe('delete');
    database.close();
    expect(readDemo(folder)).toEqual(built);
    expect(built).toMatchObject({ seed: 1, size: 'tiny', today: '2026-06-30' });
    expect(built.connections).toEqual(
      new Map([
        ['checks', 'checks.sqlite'],
        ['fines', 'fines.sqlite'],
      ]),
    );
    expect(lines).toEqual(expect.arrayContaining([expect.stringContaining('checks.checks: 250')]));
    expect(readdirSync(parent)).toEqual(['tiny-1']);
  });

  it('tells what stands behind a server and what is dropped as files from databases', async () => {
    const stores = [checksStore, queriedStore, cultureStore];
    const built = await buildDemo({ folder, seed: 1, size: 'tiny', stores });
    expect(readDemo(folder)).toEqual(built);
    expect([...built.connections.keys()]).toEqual(['checks']);
    expect(built.served).toEqual(new Map([['queried', { served: 'soap', file: 'queried.sqlite' }]]));
    expect(built.drops).toEqual(new Map([['culture', 'culture']]));
    expect(readdirSync(join(folder, 'culture'))).toHaveLength(5);
    expect(existsSync(join(folder, 'queried.sqlite'))).toBe(true);
  });

  it('gives the same bytes from the same seed, and another person key from another', async () => {
    const stores = [checksStore, finesStore, cultureStore];
    const first = await buildDemo({ folder, seed: 1, size: 'tiny', stores });
    const bytes = fingerprint();
    await buildDemo({ folder, seed: 1, size: 'tiny', stores });
    expect(fingerprint()).toBe(bytes);
    const other = await buildDemo({ folder, seed: 2, size: 'tiny', stores });
    expect(other.personKey).not.toBe(first.personKey);
    expect(fingerprint()).not.toBe(bytes);
  });

  it('leaves the county that is there, and nothing half, when it fails', async () => {
    await buildDemo({ folder, seed: 1, size: 'tiny', stores: [checksStore] });
    const bytes = fingerprint();
    const stores = [finesStore, failingStore];
    await expect(buildDemo({ folder, seed: 2, size: 'tiny', stores })).rejects.toThrow('row 1 of broken');
    await expect(
      buildDemo({ folder, seed: 2, size: 'tiny', stores: [checksStore, checksStore] }),
    ).rejects.toThrow('checks');
    expect(fingerprint()).toBe(bytes);
    expect(readdirSync(parent)).toEqual(['tiny-1']);
  });
});

describe('readDemo()', () => {
  it('refuses a folder without a county, and one of another format', async () => {
    expect(() => readDemo(folder)).toThrow('county.json must exist');
    await buildDemo({ folder, seed: 1, size: 'tiny', stores: [] });
    const file = join(folder, 'county.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"format": \d+/, '"format": 0'));
    expect(() => readDemo(folder)).toThrow(/format \d+/);
    writeFileSync(file, '{');
    expect(() => readDemo(folder)).toThrow('must be JSON');
    expect(existsSync(file)).toBe(true);
  });
});
