import type { Clock } from '../../runtime/clock.js';
import type { CountyKeeper } from '../../subgraphs/engine/follow/county-keeper.js';
import type { Pauses } from '../../subgraphs/port/hands.js';

/** For a process that follows a county: what its keeper told. Each pause ends by itself. */
export function toldPauses(told: CountyKeeper['told'], clock: Pick<Clock, 'now'>): Pauses {
  return {
    of: (name) => {
      const pause = told(name)?.pause ?? null;
      return pause === null || clock.now().getTime() >= pause.until ? null : pause;
    },
  };
}
