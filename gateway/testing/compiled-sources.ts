import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';

export interface CompiledSources {
  /** Absolute path of the module compiled from `source`, e.g. `cli/main.ts`. */
  pathOf(source: string): string;
  remove(): void;
}

/**
 * Compiles the gateway, tests' helpers included, so that a test can run it in a process of its own. Inside the
 * project, because the modules must find its `node_modules`. Types are another check's business.
 */
export function compileSources(): CompiledSources {
  const root = findProjectRoot();
  mkdirSync(join(root, 'var'), { recursive: true });
  const folder = mkdtempSync(join(root, 'var', 'test-build-'));
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
      include: [join(root, 'cli'), join(root, 'gateway')],
      exclude: [join(root, '**', '*.test.ts')],
    }),
  );
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  if (result.error !== undefined) throw result.error;
  return {
    pathOf: (source) => join(folder, source.replace(/\.ts$/, '.js')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
