import { join } from 'node:path';
import { UNOBSERVED } from '../subgraphs/port/source-observer.js';
import type { Config } from './config/config.js';
import { clockOf } from './county-clock.js';
import { type County, openCounty } from './open-county.js';
import { withTemporaryFolder } from './temporary-folder.js';

/** Opens a county for one look at it, without an identity index, and closes it afterwards. @param root of its files. */
export function withCounty<T>(
  config: Config,
  root: string,
  work: (county: County) => Promise<T>,
): Promise<T> {
  return withTemporaryFolder(async (folder) => {
    const county = await openCounty({
      root,
      // Nobody looks at what is not this hub's own.
      config: { ...config, gateway: { ...config.gateway, counties: [] } },
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
