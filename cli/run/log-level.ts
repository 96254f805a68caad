import type { LogLevel } from '../../gateway/observe/logger.js';
import { CommandFailure, EXIT } from '../exit-code.js';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** `LOG_LEVEL`, else the verb's own. */
export function logLevelOf({ LOG_LEVEL: text }: NodeJS.ProcessEnv, otherwise: LogLevel): LogLevel {
  if (text === undefined || text === '') return otherwise;
  const level = LEVELS.find((known) => known === text);
  if (level !== undefined) return level;
  throw new CommandFailure(
    EXIT.usage,
    `LOG_LEVEL 应为 ${LEVELS.join('、')} 之一，实际为 ${JSON.stringify(text)}。LOG_LEVEL must be ${LEVELS.join(', ')}, but is ${JSON.stringify(text)}.`,
  );
}
