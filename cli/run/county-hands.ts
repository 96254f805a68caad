import type { Policy } from '../../gateway/access/policy/policy.js';
import type { Recorder } from '../../gateway/audit/recorder.js';
import type { Clock } from '../../runtime/clock.js';
import { countyMoment } from '../../runtime/clock.js';
import { refusal } from '../../runtime/errors.js';
import type { Hands, Pause, Pauses } from '../../subgraphs/port/hands.js';

interface HandsParts {
  readonly clock: Clock;
  readonly pauses: Pauses;
  /** Null: nobody is asked who he is, and nobody may. */
  readonly policy: () => Policy | null;
  /** Null: nothing is recorded, and nothing can be changed. */
  readonly recorder: () => Recorder | null;
  /** Resolves when it holds in all processes. @param pause null: it is resumed. */
  readonly set: (interfaceName: string, pause: Pause | null) => Promise<void>;
}

/** What those who run a county do, each recorded before it is done. */
export function openHands({ clock, pauses, policy, recorder, set }: HandsParts): Hands {
  const now = (): number => clock.now().getTime();
  const record = async (detail: Parameters<Recorder['acting']>[0]): Promise<void> => {
    const open = recorder();
    if (open === null) throw refusal('AUDIT_UNAVAILABLE');
    await open.acting(detail);
  };
  return {
    now,
    of: pauses.of,
    may: ({ role }) => policy()?.roles.get(role)?.may.has('hands') === true,
    pause: async (name, { why, until }, { caller, requestId }) => {
      const by = caller.name;
      const ends = countyMoment(new Date(until));
      await record({ action: 'interface-paused', interface: name, why, until: ends, by, requestId });
      await set(name, { why, by, since: now(), until });
    },
    resume: async (name, why, { caller, requestId }) => {
      await record({ action: 'interface-resumed', interface: name, why, by: caller.name, requestId });
      await set(name, null);
    },
  };
}
