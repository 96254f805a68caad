import { readFileSync } from 'node:fs';
import { readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf } from '../../../runtime/error-code.js';

const NAME = 'audit.lock';

/**
 * Sees that one process alone writes to a folder; a process that was killed holds nothing. Processes of other machines and
 * containers are not known: each must have a folder of its own.
 *
 * @returns ends it.
 * @throws {Error} naming the process that has the folder.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, NAME);
  const mine = `${process.pid} ${startOf(process.pid) ?? ''}`;
  for (;;) {
    try {
      await writeFile(path, mine, { flag: 'wx' });
      return () => unlink(path).catch(() => undefined);
    } catch (error) {
      if (errorCodeOf(error) !== 'EEXIST') throw error;
    }
    const holder = await readFile(path, 'utf8').catch(() => '');
    if (isRunning(holder)) throw new Error(`process ${holder.split(' ')[0]} writes to ${folder}`);
    await unlink(path).catch(() => undefined);
  }
}

/** @param holder process id and start. */
function isRunning(holder: string): boolean {
  const [id = '', start = ''] = holder.split(' ');
  const pid = Number(id);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  const found = startOf(pid);
  // Ids are given again, and in a container every process has the same one.
  if (found !== null) return found === start;
  try {
    process.kill(pid, 0);
    return start === '';
  } catch (error) {
    return errorCodeOf(error) === 'EPERM';
  }
}

/** When a process began, in the machine's own count; null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return `${boot}:${fields?.[19] ?? ''}`;
  } catch {
    return null;
  }
}
