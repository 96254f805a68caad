import { type Config, loadConfig } from '../../county/config/config.js';
import { ConfigError } from '../../county/config/config-error.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import type { CountyConfig } from './county-config.js';
import { demoSeedOf, demoSizeOf } from './demo-choice.js';
import { demoFolder, hasDemoCounty, openDemoCounty } from './demo-county.js';

/** The configuration that a verb works with: the file given, else the demo county of DEMO_SIZE and DEMO_SEED if it was built. */
export async function openConfig(
  configFile: string | null,
  environment: NodeJS.ProcessEnv,
): Promise<CountyConfig | null> {
  if (configFile !== null) {
    try {
      return { config: loadConfig(configFile, environment), close: () => Promise.resolve() };
    } catch (error) {
      if (error instanceof ConfigError) throw new CommandFailure(EXIT.usage, error.message);
      throw error;
    }
  }
  const folder = demoFolder(findProjectRoot(), demoSizeOf(environment), demoSeedOf(environment));
  return hasDemoCounty(folder) ? openDemoCounty(folder) : null;
}

/** @throws {CommandFailure} when there is none: what to do about it. */
export async function requireConfig(
  configFile: string | null,
  environment: NodeJS.ProcessEnv,
): Promise<CountyConfig> {
  const opened = await openConfig(configFile, environment);
  if (opened !== null) return opened;
  throw new CommandFailure(
    EXIT.usage,
    '没有数据源配置：请先运行 npm start 生成演示县，或用 --config 指定。No sources are configured: run `npm start` once to build the demo county, or give --config FILE.',
  );
}

/** Runs `work` with the configuration and closes it afterwards. */
export async function withConfig<T>(
  configFile: string | null,
  environment: NodeJS.ProcessEnv,
  work: (config: Config) => Promise<T>,
): Promise<T> {
  const opened = await requireConfig(configFile, environment);
  try {
    return await work(opened.config);
  } finally {
    await opened.close();
  }
}
