import { isAbsolute, join } from 'node:path';
import { CommandFailure, EXIT } from './exit-code.js';

/**
 * The folder of what outlives a restart, such as indexes, versions and snapshots: `STATE_DIRECTORY`, which systemd sets for a
 * unit with `StateDirectory=`, else `var/` of the project. With it the project itself can be read-only.
 *
 * @throws {CommandFailure} when the variable is no absolute path; two paths, separated by a colon, are none either.
 */
export function stateFolder(root: string, environment: NodeJS.ProcessEnv = process.env): string {
  return givenStateFolder(environment) ?? join(root, 'var');
}

/** `STATE_DIRECTORY`; null where none is given. @throws {CommandFailure} as `stateFolder`. */
export function givenStateFolder({ STATE_DIRECTORY: given }: NodeJS.ProcessEnv): string | null {
  if (given === undefined || given === '') return null;
  if (isAbsolute(given) && !given.includes(':')) return given;
  throw new CommandFailure(
    EXIT.usage,
    `STATE_DIRECTORY 应为一个绝对路径。Cannot keep anything: STATE_DIRECTORY must be one absolute path, but is ${JSON.stringify(given)}.`,
  );
}
