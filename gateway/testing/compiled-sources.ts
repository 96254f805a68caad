import { spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { oncePerRun } from '../../test/run/once-per-run.js';

export interface CompiledSources {
  /** Absolute path of the module compiled from `source`, e.g. `cli/main.ts`. */
  pathOf(source: string): string;
}

/**
 * The gateway, tests' helpers included, compiled once per run so that a test can run it in a process of its own. Types
 * are another check's business.
 */
export async function compileSources(): Promise<CompiledSources> {
  const folder = await oncePerRun('compiled-sources', async () => compileInto(compiledFolder()));
  return { pathOf: (source) => join(folder, source.replace(/\.ts$/, '.js')) };
}

/** Inside the project, because the modules must find its `node_modules`. */
function compiledFolder(): string {
  const folder = process.env.EG_TEST_COMPILED;
  if (folder === undefined)
    throw new Error('Cannot compile the sources: Jest must have called test/run/start-run.ts, but has not');
  return folder;
}

function compileInto(folder: string): string {
  const root = findProjectRoot();
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        noCheck: true,
        rootDir: root,
        outDir: folder,
        sourceMap: false,
        types: [],
      },
      // Scripts of threads are imported by nobody.
      include: ['adapters', 'cli', 'county', 'demo', 'gateway', 'runtime', 'subgraphs'].map((part) =>
        join(root, part),
      ),
      exclude: [join(root, '**', '*.test.ts'), join(root, 'gateway', 'bytes', 'scan')],
    }),
  );
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  if (result.error !== undefined) throw result.error;
  // Beside what was compiled, as `npm run build` has it; test/run/start-run.ts has built it.
  copyFileSync(join(root, 'dist', 'scanner.wasm'), join(folder, 'scanner.wasm'));
  return folder;
}
