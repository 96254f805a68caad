import { LOG_LEVELS, type LogLevel } from '../../subgraphs/port/log-levels.js';
import { CommandFailure, EXIT } from '../exit-code.js';

/** `LOG_LEVEL`, else the verb's own. */
export function logLevelOf({ LOG_LEVEL: text }: NodeJS.ProcessEnv, otherwise: LogLevel): LogLevel {
  if (text === undefined || text === '') return otherwise;
  const level = LOG_LEVELS.find((known) => known === text);
  if (level !== undefined) return level;
  throw new CommandFailure(
    EXIT.usage,
    `LOG_LEVEL 应为 ${LOG_LEVELS.join('、')} 之一，实际为 ${JSON.stringify(text)}。LOG_LEVEL must be ${LOG_LEVELS.join(', ')}, but is ${JSON.stringify(text)}.`,
  );
}
