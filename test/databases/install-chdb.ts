import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the library is installed: a package of its own, since it is 546 MB that `npm ci` is spared. */
export const CHDB_HOME = join(__dirname, 'chdb');

/** Platforms for which there is a binary of the library. */
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
const PATIENCE_MS = 600_000;
/** Not `npm ci`: it wants the binaries of all platforms in the lockfile, and registries need not have them. */
const INSTALL = ['install', '--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];

/** Installs the library if it is not there. @returns why that is impossible; null when it is there. */
export function installChdb(): string | null {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) return `chdb has no binary for ${platform}`;
  if (isInstalled(platform)) return null;
  return onceInThisRun(() => {
    if (isInstalled(platform)) return null;
    const options = { cwd: CHDB_HOME, encoding: 'utf8', timeout: PATIENCE_MS } as const;
    const { stdout, stderr, error } = spawnSync('npm', INSTALL, options);
    if (isInstalled(platform)) return null;
    const said = error?.message ?? `${stdout ?? ''}${stderr ?? ''}`.trim().slice(-300);
    return `chdb could not be installed into test/databases/chdb: ${said}`;
  });
}

/** npm writes its own list of packages last; the library's folder is there while it is still being unpacked. */
function isInstalled(platform: string): boolean {
  const packages = join(CHDB_HOME, 'node_modules');
  const binaries = join(packages, '@chdb');
  if (!existsSync(join(packages, '.package-lock.json'))) return false;
  return existsSync(binaries) && readdirSync(binaries).some((name) => name.startsWith(`lib-${platform}`));
}

/** Suites ask while they are read, where nothing can be awaited; those of another worker wait for the first. */
function onceInThisRun(install: () => string | null): string | null {
  const folder = process.env.EG_TEST_RUN ?? CHDB_HOME;
  const [lock, failed] = [join(folder, 'chdb.lock'), join(folder, 'chdb.failed')];
  const endsAt = Date.now() + PATIENCE_MS;
  while (!takes(lock)) {
    if (Date.now() > endsAt) return 'chdb is being installed, and that takes too long';
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    if (existsSync(failed)) return readFileSync(failed, 'utf8');
    const reason = install();
    if (reason !== null) writeFileSync(failed, reason);
    return reason;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function takes(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
