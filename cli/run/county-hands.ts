import type { CountyObserver } from '../../county/observe/observer.js';
import type { Policy } from '../../gateway/access/policy/policy.js';
import type { Recorder } from '../../gateway/audit/recorder.js';
import type { LevelledLog } from '../../gateway/observe/levelled-log.js';
import type { Clock } from '../../runtime/clock.js';
import { countyMoment } from '../../runtime/clock.js';
import { refusal } from '../../runtime/errors.js';
import type { AskedNote, Hands, Held, Pause, Pauses } from '../../subgraphs/port/hands.js';
import type { LevelChange } from '../../subgraphs/port/log-levels.js';

interface HandsParts {
  readonly clock: Clock;
  readonly pauses: Pauses;
  /** Null: nobody is asked who he is, and nobody may. */
  readonly policy: () => Policy | null;
  /** Null: nothing is recorded, and nothing can be changed. */
  readonly recorder: () => Recorder | null;
  /** Resolves when it holds in all processes. @param pause null: it is no longer held back. */
  readonly set: (interfaceName: string, held: Held, pause: Pause | null) => Promise<void>;
  readonly log: Pick<LevelledLog, 'levels'>;
  readonly setNotes: CountyObserver['note'];
  /** Resolves when it holds in all processes. */
  readonly setLevel: (change: LevelChange) => Promise<void>;
}

/** As the audit calls what is done. */
const ACTIONS = {
  interface: { hold: 'interface-paused', release: 'interface-resumed' },
  source: { hold: 'breaker-opened', release: 'breaker-closed' },
} as const satisfies Record<Held, unknown>;

const NOTED = {
  acknowledged: 'incident-acknowledged',
  sent: 'corrections-sent',
  answered: 'correction-answered',
} as const satisfies Record<AskedNote['kind'], string>;

/** What those who run a county do, each recorded before it is done. */
export function openHands({
  clock,
  pauses,
  policy,
  recorder,
  set,
  log,
  setLevel,
  setNotes,
}: HandsParts): Hands {
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
    breakerClosedAt: pauses.breakerClosedAt,
    hold: async (name, held, { why, until }, { caller, requestId }) => {
      const by = caller.name;
      const ends = countyMoment(new Date(until));
      await record({ action: ACTIONS[held].hold, interface: name, why, until: ends, by, requestId });
      await set(name, held, { why, by, since: now(), until });
    },
    release: async (name, held, why, { caller, requestId }) => {
      await record({ action: ACTIONS[held].release, interface: name, why, by: caller.name, requestId });
      await set(name, held, null);
    },
    note: async (ids, { kind, ...said }, { caller, requestId }) => {
      const by = caller.name;
      await record({ action: NOTED[kind], incidents: ids.join(' '), ...wordsOf(said), by, requestId });
      return setNotes(ids, { [kind]: { ...said, at: now(), by } });
    },
    logLevels: log.levels,
    setLogLevel: async ({ part, level, until }, { caller, requestId }) => {
      const by = caller.name;
      const ends = countyMoment(new Date(until));
      await record({ action: 'log-level-set', part: part ?? 'ALL', level, until: ends, by, requestId });
      await setLevel({ part, level, by, until });
    },
  };
}

/** As the audit tells details: in texts. */
function wordsOf(said: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)]));
}
