import { ConfigError } from '../../county/config/config-error.js';
import { CommandFailure, EXIT } from '../exit-code.js';

/** Reads a configuration file for a verb. @throws {CommandFailure} with every problem of the file. */
export function readingConfig<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new CommandFailure(EXIT.usage, `配置文件有误。The configuration has errors:\n${error.message}`);
  }
}
