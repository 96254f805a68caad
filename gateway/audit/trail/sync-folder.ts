import { open } from 'node:fs/promises';

/** Sees that names of new files are on the disk. Windows does that by itself, and cannot be told to. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
