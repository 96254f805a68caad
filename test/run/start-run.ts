import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Waits until the run's process is gone, however it ended, and a moment longer for its workers and servers. */
const CLEANER = 'cat >/dev/null; sleep 2; rm -rf "$@"';

/**
 * Gives this run of Jest folders of its own. Every temporary folder of a suite, and everything that suites share, lies
 * in them; they are removed when Jest ends, crashes or is interrupted.
 */
export default function startRun({ rootDir }: { readonly rootDir: string }): void {
  const folder = mkdtempSync(join(tmpdir(), 'eg-run-'));
  // As any folder for temporary files: database servers run as users of their own.
  chmodSync(folder, 0o1777);
  // Compiled sources find `node_modules` only from inside the project.
  mkdirSync(join(rootDir, 'var'), { recursive: true });
  const compiled = mkdtempSync(join(rootDir, 'var', 'test-run-'));
  process.env.TMPDIR = folder;
  process.env.EG_TEST_RUN = folder;
  process.env.EG_TEST_COMPILED = compiled;
  // Its own process group: Ctrl+C in a terminal must not reach the cleaner.
  const cleaner = spawn('sh', ['-c', CLEANER, 'cleaner', folder, compiled], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  cleaner.unref();
  if ('unref' in cleaner.stdin && typeof cleaner.stdin.unref === 'function') cleaner.stdin.unref();
}
