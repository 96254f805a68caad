import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { LegacyStore } from './stores/legacy-table.js';
import { writeSqlite } from './stores/write-sqlite.js';
import { generateWorld } from './world/generate-world.js';
import type { DemoSize, World } from './world/world.js';

const COUNTY_FILE = 'county.json';
/** Raised whenever the same seed gives another county, so that old folders are told from new ones. */
const FORMAT = 1;

export interface BuildDemoOptions {
  /** Where the county will stand; replaced when it is there already. */
  readonly folder: string;
  readonly seed: number;
  readonly size: DemoSize;
  /** `yyyy-MM-dd`; default of `generateWorld`. */
  readonly today?: string;
  readonly stores: readonly ((world: World) => LegacyStore)[];
  /** Lines for whoever waits. */
  readonly onProgress?: (text: string) => void;
}

/** A county that was built. */
export interface DemoCounty {
  readonly seed: number;
  readonly size: DemoSize;
  readonly today: string;
  /** Key under which people's numbers are hashed; different in every county, but no secret: its people are invented. */
  readonly personKey: string;
  /** SQLite files by connection, relative to the folder. */
  readonly connections: ReadonlyMap<string, string>;
}

const countyText = z.strictObject({
  format: z.literal(FORMAT),
  seed: z.int(),
  size: z.enum(['tiny', 'small', 'county', 'province']),
  today: z.string(),
  personKey: z.string(),
  connections: z.record(z.string(), z.strictObject({ dialect: z.literal('sqlite'), file: z.string() })),
});

/**
 * Builds the county as SQLite files, one per connection, and `county.json`. Everything is written beside the folder
 * and renamed at the end, so that an interrupted build leaves no half county; the same options give the same files.
 */
export async function buildDemo(options: BuildDemoOptions): Promise<DemoCounty> {
  const { folder, seed, size, stores, onProgress = () => undefined } = options;
  const temporary = join(dirname(folder), `.${basename(folder)}-${randomBytes(4).toString('hex')}.tmp`);
  mkdirSync(temporary, { recursive: true });
  try {
    onProgress(`正在生成演示县（${size}，种子 ${seed}）… Making the demo county (${size}, seed ${seed}) …`);
    const world = generateWorld(options);
    const files = new Map<string, string>();
    for (const makeStore of stores) {
      const store = makeStore(world);
      const file = `${store.connection}.sqlite`;
      if (files.has(store.connection)) {
        throw new Error(
          `Cannot build the county: every store needs a connection of its own, but ${store.connection} has two`,
        );
      }
      files.set(store.connection, file);
      await writeSqlite(store, join(temporary, file), ({ connection, table, rows, finished }) => {
        if (finished || rows % 100_000 === 0) onProgress(`${connection}.${table}: ${rows} 行 rows`);
      });
    }
    const county = { seed, size, today: world.today, personKey: personKeyOf(seed), connections: files };
    writeFileSync(join(temporary, COUNTY_FILE), formatCounty(county));
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
    return county;
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Reads what `buildDemo` wrote.
 *
 * @throws {Error} when the folder holds no county, or one of another format: it must be built again then.
 */
export function readDemo(folder: string): DemoCounty {
  const file = join(folder, COUNTY_FILE);
  if (!existsSync(file)) throw new Error(`Cannot read the demo county: ${file} must exist, but does not`);
  const parsed = countyText.safeParse(parseJson(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(
      `Cannot read the demo county: ${file} must be of format ${FORMAT}, but ${issue?.path.join('.') || 'it'} is not (${issue?.message}); remove the folder and build again`,
    );
  }
  const { format: _format, connections, ...county } = parsed.data;
  return {
    ...county,
    connections: new Map(Object.entries(connections).map(([name, { file: path }]) => [name, path])),
  };
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(
      `Cannot read the demo county: ${file} must be JSON, but is not; remove the folder and build again`,
      {
        cause,
      },
    );
  }
}

/** Nothing of the clock or the machine is in it: the same county gives the same bytes. */
function formatCounty({ connections, ...county }: DemoCounty): string {
  const files = [...connections].map(([name, file]) => [name, { dialect: 'sqlite', file }] as const);
  return `${JSON.stringify({ format: FORMAT, ...county, connections: Object.fromEntries(files) }, null, 2)}\n`;
}

function personKeyOf(seed: number): string {
  return createHash('sha256').update(`enforcement-graph/demo/person-key/${seed}`).digest('hex');
}
