import { join } from 'node:path';
import { findProjectRoot } from '../runtime/project-root.js';
import { UNOBSERVED } from '../subgraphs/port/source-observer.js';
import type { Config } from './config/config.js';
import { clockOf } from './county-clock.js';
import { type County, openCounty } from './open-county.js';
import { withTemporaryFolder } from './temporary-folder.js';

/** Opens a county for one look at it, without an identity index, and closes it afterwards. */
export function withCounty<T>(config: Config, work: (county: County) => Promise<T>): Promise<T> {
  return withTemporaryFolder(async (folder) => {
    const county = await openCounty({
      root: findProjectRoot(),
      config,
      clock: clockOf(config),
      observer: UNOBSERVED,
      registryFile: join(folder, 'identity-index.sqlite'),
    });
    try {
      return await work(county);
    } finally {
      await county.close();
    }
  });
}
