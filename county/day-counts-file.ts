import { join } from 'node:path';
import type { Config } from './config/config.js';
import type { CountyOptions } from './open-county.js';

/**
 * Where a county keeps the counts of its daily quotas. One whose clock begins the same day at every start keeps none:
 * it would use up its quotas once and for all.
 */
export function dayCountsFileOf(
  { today }: Pick<Config, 'today'>,
  folder: string,
): Pick<CountyOptions, 'dayCountsFile'> {
  return today === null ? { dayCountsFile: join(folder, 'day-counts.sqlite') } : {};
}
