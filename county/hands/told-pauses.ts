import type { Clock } from '../../runtime/clock.js';
import type { CountyKeeper } from '../../subgraphs/engine/follow/county-keeper.js';
import type { Pauses } from '../../subgraphs/port/hands.js';

/** For a process that follows a county: what its keeper told. Each pause ends by itself. */
export function toldPauses(told: CountyKeeper['told'], clock: Pick<Clock, 'now'>): Pauses {
  return {
    of: (name, held) => {
      const { pause = null, cutOff = null } = told(name) ?? {};
      const found = held === 'interface' ? pause : cutOff;
      return found === null || clock.now().getTime() >= found.until ? null : found;
    },
    breakerClosedAt: (name) => told(name)?.breakerClosedAt ?? null,
  };
}
