import { loadConfig } from '../../county/config/config.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { addAlso, type OpenedCounty, readAddition } from '../also/add-also.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import type { CountyConfig } from './county-config.js';
import { demoSeedOf, demoSizeOf } from './demo-choice.js';
import { demoFolder, hasDemoCounty, openDemoCounty } from './demo-county.js';
import { readingConfig } from './reading-config.js';

/** Which county a verb works with. */
interface CountyChoice {
  /** Connections file; null: the demo county of DEMO_SIZE and DEMO_SEED if it was built. */
  readonly configFile: string | null;
  /** File of connections and departments that are added to it. */
  readonly alsoFile?: string;
}

/** The county that a verb works with; null when the demo county is meant and was never built. */
export async function openConfig(
  { configFile, alsoFile }: CountyChoice,
  environment: NodeJS.ProcessEnv,
): Promise<OpenedCounty | null> {
  const project = findProjectRoot();
  const also = readAddition(project, alsoFile, environment);
  const opened = await openOwn(project, configFile, environment);
  return opened === null ? null : addAlso(project, opened, also);
}

async function openOwn(
  project: string,
  configFile: string | null,
  environment: NodeJS.ProcessEnv,
): Promise<CountyConfig | null> {
  if (configFile !== null) {
    const config = readingConfig(() => loadConfig(configFile, environment));
    return { config, close: () => Promise.resolve() };
  }
  const folder = demoFolder(project, demoSizeOf(environment), demoSeedOf(environment));
  return hasDemoCounty(folder) ? openDemoCounty(folder) : null;
}

/** @throws {CommandFailure} when there is none: what to do about it. */
export async function requireConfig(
  choice: CountyChoice,
  environment: NodeJS.ProcessEnv,
): Promise<OpenedCounty> {
  const opened = await openConfig(choice, environment);
  if (opened !== null) return opened;
  throw new CommandFailure(
    EXIT.usage,
    '没有数据源配置：请先运行 npm start 生成演示县，或用 --config 指定。No sources are configured: run `npm start` once to build the demo county, or give --config FILE.',
  );
}

/** Runs `work` with the county and closes it afterwards. */
export async function withConfig<T>(
  choice: CountyChoice,
  environment: NodeJS.ProcessEnv,
  work: (county: OpenedCounty) => Promise<T>,
): Promise<T> {
  const opened = await requireConfig(choice, environment);
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}
