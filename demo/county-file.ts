import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ServedProtocol } from './stores/legacy-table.js';
import type { DemoSize } from './world/world.js';

export const COUNTY_FILE = 'county.json';
/** Raised whenever the same seed gives another county, so that old folders are told from new ones. */
const FORMAT = 3;

/** A county that was built. */
export interface DemoCounty {
  readonly seed: number;
  readonly size: DemoSize;
  readonly today: string;
  /** Key under which people's numbers are hashed; different in every county, but no secret: its people are invented. */
  readonly personKey: string;
  /** SQLite files of the databases by connection, relative to the folder. */
  readonly connections: ReadonlyMap<string, string>;
  /** Systems behind servers by connection, which `startDemoServers` runs: protocol and SQLite file. */
  readonly served: ReadonlyMap<string, ServedStore>;
  /** Folders of dropped files by connection, relative to the folder. */
  readonly drops: ReadonlyMap<string, string>;
}

interface ServedStore {
  readonly served: ServedProtocol;
  /** Relative to the county's folder. */
  readonly file: string;
}

const countyText = z.strictObject({
  format: z.literal(FORMAT),
  seed: z.int(),
  size: z.enum(['tiny', 'small', 'county', 'province']),
  today: z.string(),
  personKey: z.string(),
  connections: z.record(
    z.string(),
    z.union([
      z.strictObject({ dialect: z.literal('sqlite'), file: z.string() }),
      z.strictObject({ served: z.enum(['if1', 'if2', 'soap', 'rest']), file: z.string() }),
      z.strictObject({ drops: z.string() }),
    ]),
  ),
});

/** A connection as `county.json` says it; paths are relative to the folder. */
export type ConnectionText = z.infer<typeof countyText>['connections'][string];

/** The connections of a county by what they are. */
export function sortConnections(
  all: ReadonlyMap<string, ConnectionText>,
): Pick<DemoCounty, 'connections' | 'served' | 'drops'> {
  const connections = new Map<string, string>();
  const served = new Map<string, ServedStore>();
  const drops = new Map<string, string>();
  for (const [name, connection] of all) {
    if ('drops' in connection) drops.set(name, connection.drops);
    else if ('served' in connection) served.set(name, connection);
    else connections.set(name, connection.file);
  }
  return { connections, served, drops };
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
  return { ...county, ...sortConnections(new Map(Object.entries(connections))) };
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

/** What `county.json` says. */
interface CountyText extends Pick<DemoCounty, 'seed' | 'size' | 'today' | 'personKey'> {
  readonly connections: ReadonlyMap<string, ConnectionText>;
}

/** Nothing of the clock or the machine is in it: the same county gives the same bytes. */
export function formatCounty({ connections, ...county }: CountyText): string {
  const text = { format: FORMAT, ...county, connections: Object.fromEntries(connections) };
  return `${JSON.stringify(text, null, 2)}\n`;
}
