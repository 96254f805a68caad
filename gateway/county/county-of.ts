import { type Clock, createClockFrom, systemClock } from '../../runtime/clock.js';
import { type Config, loadConfig } from '../../runtime/config.js';
import { ConfigError } from '../../runtime/config-error.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { CommandFailure, EXIT } from '../cli/exit-code.js';
import { demoConfig, demoFolder, hasDemoCounty } from './demo-county.js';

/** The configuration that a verb works with: the file given, else the small demo county if it was built. */
export function configOf(configFile: string | null, environment: NodeJS.ProcessEnv): Config | null {
  if (configFile !== null) {
    try {
      return loadConfig(configFile, environment);
    } catch (error) {
      if (error instanceof ConfigError) throw new CommandFailure(EXIT.usage, error.message);
      throw error;
    }
  }
  const folder = demoFolder(findProjectRoot(), 'small', 1);
  return hasDemoCounty(folder) ? demoConfig(folder) : null;
}

/** @throws {CommandFailure} when there is none: what to do about it. */
export function requireConfig(configFile: string | null, environment: NodeJS.ProcessEnv): Config {
  const config = configOf(configFile, environment);
  if (config !== null) return config;
  throw new CommandFailure(
    EXIT.usage,
    '没有数据源配置：请先运行 npm start 生成演示县，或用 --config 指定。No sources are configured: run `npm start` once to build the demo county, or give --config FILE.',
  );
}

export function clockOf(config: Config): Clock {
  return config.today === null ? systemClock : createClockFrom(config.today);
}
