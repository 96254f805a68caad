import { readdir } from 'node:fs/promises';
import { RecordUnreadable } from '../../gateway/audit/read/read-records.js';
import type { Secret } from '../../runtime/config/secret.js';
import { resolveSecret } from '../../runtime/config/secret-reference.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { systemFailure } from '../system-failure.js';

/**
 * Reads something of an audit's folder.
 *
 * @throws {CommandFailure} when the folder cannot be read, or a line of it.
 */
export async function readingAudit<T>(folder: string, read: () => Promise<T>): Promise<T> {
  try {
    await readdir(folder);
    return await read();
  } catch (error) {
    if (error instanceof RecordUnreadable)
      throw new CommandFailure(EXIT.findings, error.message, { cause: error });
    throw systemFailure(error, folder) ?? error;
  }
}

/**
 * @param reference `env:NAME` or `file:/run/secrets/name`.
 * @throws {CommandFailure} naming the reference, never its value.
 */
export function keyOf<T>(reference: string, environment: NodeJS.ProcessEnv, use: (key: Secret) => T): T {
  try {
    return use(resolveSecret(`\${${reference}}`, environment));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `密钥 ${reference} 无法使用。Cannot use the key ${reference}: ${reason}.`;
    throw new CommandFailure(EXIT.usage, message, { cause: error });
  }
}
