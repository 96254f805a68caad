import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a small file so that after a crash there is either the old one or the new one, and never a part of it.
 *
 * @param mode of the file. Default: what the process gives new files.
 */
export async function writeDurably(path: string, text: string, mode?: number): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, 'w', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await renameDurably(temporary, path);
}

/** The file's own bytes must have been synchronised before. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  // Some systems cannot synchronise a folder; they keep renames in order by themselves.
  const folder = await open(dirname(to), 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
