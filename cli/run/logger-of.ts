import { createLogger, type Logger } from '../../gateway/observe/logger.js';
import type { LogLevel } from '../../subgraphs/port/log-levels.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { logLevelOf } from './log-level.js';

/**
 * Sets the level that a file says, where the environment says none. To be called before parts of the log are made.
 *
 * @param said null: the file says none.
 */
export function setLevel(
  logger: Logger,
  said: LogLevel | null,
  { environment }: Pick<VerbIo, 'environment'>,
): void {
  if (said !== null) logger.level = logLevelOf(environment, said);
}

/** The log of a command; lines of a worker tell which one it is. @throws {CommandFailure} on an unknown level. */
export function loggerOf(
  { environment, keeper }: Pick<VerbIo, 'environment' | 'keeper'>,
  usual: LogLevel,
): Logger {
  const logger = createLogger(logLevelOf(environment, usual));
  return keeper === null ? logger : logger.child({ worker: process.pid });
}
