import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';

const LOOK_AGAIN_MS = 50;
const PATIENCE_MS = 120_000;

/**
 * Makes something that all suites of a run share: the first that asks makes it, in whichever worker, the others wait.
 *
 * @param make gives a text that says where it is.
 * @param isThere whether what the text says can still be used; else it is made anew.
 * @throws what `make` throws; the next suite that asks tries again.
 */
export async function oncePerRun(
  name: string,
  make: () => Promise<string>,
  isThere: (made: string) => Promise<boolean> = async () => true,
): Promise<string> {
  const database = new Database(join(runFolder(), `${name}.once.sqlite`), { timeout: 0 });
  try {
    // A lock of the operating system's: it ends with the process that holds it.
    await lock(database, name);
    database.exec('CREATE TABLE IF NOT EXISTS made (value TEXT NOT NULL)');
    const known = database.prepare<[], string>('SELECT value FROM made').pluck().get();
    if (known !== undefined && (await isThere(known))) return known;
    const made = await make();
    database.exec('DELETE FROM made');
    database.prepare('INSERT INTO made VALUES (?)').run(made);
    database.exec('COMMIT');
    return made;
  } finally {
    database.close();
  }
}

/** The folder of this run of Jest; it is removed when Jest has ended. */
function runFolder(): string {
  const folder = process.env.EG_TEST_RUN;
  if (folder === undefined || !existsSync(folder))
    throw new Error('Cannot share between suites: Jest must have called test/run/start-run.ts, but has not');
  return folder;
}

/** For a program that a test starts: nothing of this process's environment but what ends the program with the run. */
export function runEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, EG_TEST_RUN: runFolder() };
}

/** For `node` of a program that a test starts: V8's flags of this run. */
export function runFlags(): readonly string[] {
  const flags = process.env.EG_TEST_FLAGS ?? '';
  return flags === '' ? [] : [flags];
}

async function lock(database: Database.Database, name: string): Promise<void> {
  const endsAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      database.exec('BEGIN EXCLUSIVE');
      return;
    } catch (error) {
      const isHeld = error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY';
      if (!isHeld || performance.now() > endsAt)
        throw new Error(`Cannot share ${name}: another suite must finish making it`, { cause: error });
      await wait(LOOK_AGAIN_MS);
    }
  }
}
