import { join } from 'node:path';
import type { Logger } from '../../gateway/observe/logger.js';
import type { PlanFile } from '../../gateway/plan/kept/kept-plans.js';

/** Where plans are kept from run to run. @param folder of what outlives a restart. */
export function planFileIn(folder: string, logger: Logger): PlanFile {
  return { path: join(folder, 'plans.ndjson'), tell: (fact) => logger.info(fact) };
}
