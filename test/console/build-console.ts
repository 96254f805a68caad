import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { oncePerRun } from '../run/once-per-run.js';

/** Builds the console once per run, where the program that is compiled for tests looks for it. @returns its folder. */
export async function buildConsole(): Promise<string> {
  const compiled = await compileSources();
  return oncePerRun('console', async () => {
    const folder = compiled.pathOf('console');
    const built = join(findProjectRoot(), 'dist', 'console');
    // `build.mjs` leaves it as it is if it was made of the sources as they are now.
    if (existsSync(built)) cpSync(built, folder, { recursive: true });
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(findProjectRoot(), 'console', 'build.mjs'), folder],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`Cannot build the console: ${stderr}`);
    return folder;
  });
}
