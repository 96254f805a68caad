import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Waits until Jest has ended, however that came. After a crash its workers, and programs that suites have started, may
 * still run: they are known by the run's folder in their environment, where the system tells it. Database servers end
 * with the worker that holds them.
 */
const CLEANER = `
cat >/dev/null
sleep 1
for environment in $(grep -lzF "EG_TEST_RUN=$1" /proc/[0-9]*/environ 2>/dev/null); do
  process=\${environment%/environ}
  [ "$(readlink "$process/exe")" = "$3" ] && kill -9 "\${process#/proc/}"
done
sleep 1
rm -rf "$1" "$2"
`;

/** Where Linux has a file system in memory. */
const IN_MEMORY = '/dev/shm';
/**
 * What a suite runs ends before V8's optimising compiler is worth its time, which was a fifth of the suite's; later versions wait longer
 * of their own.
 */
const LATE_OPTIMISING = process.versions.v8.startsWith('11.') ? '--interrupt-budget=1000000' : '';
/** Many times what suites have in temporary folders at one time. */
const LEAST_FREE_BYTES = 8 * 1024 ** 3;

/**
 * Gives this run of Jest folders of its own. Every temporary folder of a suite, and everything that suites share, lies
 * in them; they are removed when Jest ends, crashes or is interrupted.
 */
export default function startRun({ rootDir }: { readonly rootDir: string }): void {
  buildScanner(rootDir);
  const folder = mkdtempSync(join(temporaryParent(), 'eg-run-'));
  // As any folder for temporary files: database servers run as users of their own.
  chmodSync(folder, 0o1777);
  // Compiled sources find `node_modules` only from inside the project.
  mkdirSync(join(rootDir, 'var'), { recursive: true });
  const compiled = mkdtempSync(join(rootDir, 'var', 'test-run-'));
  process.env.TMPDIR = folder;
  process.env.EG_TEST_RUN = folder;
  process.env.EG_TEST_COMPILED = compiled;
  process.env.EG_TEST_FLAGS = LATE_OPTIMISING;
  // Its own process group: Ctrl+C in a terminal must not reach the cleaner.
  const cleaner = spawn('sh', ['-c', CLEANER, 'cleaner', folder, compiled, realpathSync(process.execPath)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
    env: { PATH: process.env.PATH },
  });
  cleaner.unref();
  if ('unref' in cleaner.stdin && typeof cleaner.stdin.unref === 'function') cleaner.stdin.unref();
}

/**
 * In memory where there is plenty and `TMPDIR` says nothing else: suites copy and remove many thousand small files, and nothing
 * that they write has to outlive the machine.
 */
function temporaryParent(): string {
  if (process.env.TMPDIR !== undefined || freemem() < LEAST_FREE_BYTES) return tmpdir();
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize < LEAST_FREE_BYTES ? tmpdir() : IN_MEMORY;
  } catch {
    return tmpdir();
  }
}

/** What TypeScript's sources load and no transform of Jest's makes: the scanner of replies. */
function buildScanner(rootDir: string): void {
  const { status } = spawnSync(process.execPath, [join(rootDir, 'bin', 'build-scanner.js')], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('Cannot run tests: bin/build-scanner.js must succeed, but has not');
}
