import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoConnections } from '../../cli/demo/demo-county.js';
import { DEMO_STORES } from '../../cli/demo/demo-stores.js';
import { buildDemo } from '../../demo/build-demo.js';
import { closeDemoServers, startDemoServers } from '../../demo/servers/start-demo-servers.js';
import type { DemoSize } from '../../demo/world/world.js';
import { oncePerRun } from '../run/once-per-run.js';
import { buildTestIndex } from './open-test-county.js';

export interface CountyOptions {
  readonly seed: number;
  readonly size: DemoSize;
}

/** A demo county's files, of which a suite may do with its own what it likes. */
interface CountyFiles {
  /** As `buildDemo` writes it; the dropped files have been accepted. */
  readonly county: string;
  /** The index over it. */
  readonly registryFile: string;
}

/** Copies a county into a folder. It is built, opened once and indexed for the first suite of a run that asks for it. */
export async function copyPreparedCounty(options: CountyOptions, folder: string): Promise<CountyFiles> {
  const name = `county-${options.size}-${options.seed}`;
  const prepared = await oncePerRun(name, () => prepareCounty(options));
  // A dropped file is known again by its time of change, to the nanosecond.
  const { status, stderr } = spawnSync('cp', ['-a', `${prepared}/.`, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Cannot copy the county: ${stderr}`);
  return filesIn(folder);
}

function filesIn(folder: string): CountyFiles {
  return { county: join(folder, 'county'), registryFile: join(folder, 'registry.sqlite') };
}

async function prepareCounty({ seed, size }: CountyOptions): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'eg-prepared-'));
  const { county, registryFile } = filesIn(folder);
  const demo = await buildDemo({ folder: county, seed, size, stores: DEMO_STORES });
  const servers = await startDemoServers(county, demo);
  try {
    const connections = demoConnections(county, demo, (name) => servers.get(name)?.url ?? '');
    await buildTestIndex(registryFile, { connections, today: demo.today });
  } finally {
    await closeDemoServers(servers);
  }
  return folder;
}
