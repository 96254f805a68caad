import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this process is root, as whom database servers refuse to run. */
function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** What to spawn a program with so that it does not run as root; nothing when this process does not either. */
export interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

export function identityOf(user: string): Identity {
  return isRoot() ? { uid: idOf(user, '-u'), gid: idOf(user, '-g') } : {};
}

/** Gives a folder of ours to the user as whom the server will run. */
export function giveTo({ uid, gid }: Identity, folder: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

function idOf(user: string, flag: string): number {
  const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Cannot start a test database: the system has no user ${user}`);
  return Number(stdout.trim());
}

/** Runs a program to its end; its output is in the error when it fails. */
export function runToEnd(command: string, args: readonly string[], identity: Identity): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: tmpdir(),
    ...identity,
  });
  if (status === 0) return;
  const reason = error?.message ?? `${stdout}${stderr}`.trim().slice(-2000);
  throw new Error(`Cannot start a test database: ${command} ended with ${status}: ${reason}`);
}

/** The first of these programs that exists, looked up in `PATH` and the folders. */
export function findProgram(names: readonly string[], folders: readonly string[]): string | null {
  const path = (process.env.PATH ?? '').split(':').filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of [...folders, ...path, '/usr/sbin', '/usr/local/sbin']) {
      const file = join(folder, name);
      if (existsSync(file)) return file;
    }
  }
  return null;
}

/** `/usr/lib/postgresql/15/bin` and its like, newest first. */
export function versionedFolders(parent: string): readonly string[] {
  if (!existsSync(parent)) return [];
  const versions = readdirSync(parent).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(parent, version, 'bin'));
}

/** Installs Debian packages where that is possible: as root, with apt-get. */
export function installPackages(packages: readonly string[]): void {
  if (!isRoot() || findProgram(['apt-get'], []) === null) return;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Runs of the tests go on at the same time; apt refuses a second run instead of waiting for the first.
  const lock = '/var/lib/dpkg';
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    // Where policy-rc.d forbids it, no package starts its own service; ours is started by hand.
    spawnSync('flock', [lock, 'apt-get', '-q', ...args], {
      env: environment,
      stdio: 'ignore',
      timeout: 600_000,
    });
  }
}
