import { countyMoment } from '../../../runtime/clock.js';
import { missingOutcome } from '../../port/interface-outcome.js';
import type { FreshnessBook } from '../read/freshness/freshness.js';
import { describeFreshness } from '../read/freshness/freshness.js';
import type { KeyBook } from '../read/keys/key-book.js';
import type { CountyKeeper } from './county-keeper.js';

/** What the keeper of the county knows of its sources' age. Nobody here looks. */
export function createToldFreshness(keeper: CountyKeeper): FreshnessBook {
  return {
    of: (compiled, age) => {
      const told = keeper.told(compiled.mapping.interface);
      const { asOf = null, noneSince = null, notice = null } = told ?? {};
      return describeFreshness(compiled, { asOf, noneSince }, { age, notice });
    },
    refresh: async (served) =>
      served.map(({ compiled: { mapping, info, environment } }) => {
        const standing = keeper.told(mapping.interface)?.standing ?? null;
        if (standing !== null) return standing;
        const lookedAt = countyMoment(environment.clock.now());
        return { ...missingOutcome(info, 'SOURCE_UNAVAILABLE', 0), lookedAt };
      }),
    known: (compiled) => {
      const {
        asOf = null,
        noneSince = null,
        notice = null,
        standing = null,
      } = keeper.told(compiled.mapping.interface) ?? {};
      return { asOf, noneSince, notice, standing };
    },
  };
}

/** What the keeper of the county knows of keys. */
export function createToldKeys(keeper: CountyKeeper): KeyBook {
  return {
    noticeOf: ({ mapping }) => keeper.told(mapping.interface)?.keysNotice ?? null,
    look: async () => undefined,
  };
}
