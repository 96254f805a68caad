import type { CountyObserver } from '../../county/observe/observer.js';
import type { LevelledLog } from '../../gateway/observe/levelled-log.js';
import type { Clock } from '../../runtime/clock.js';
import { countyMoment } from '../../runtime/clock.js';
import { publicError } from '../../runtime/errors.js';
import type {
  Acting,
  HandDone,
  HandReach,
  HandRequest,
  Hands,
  Held,
  Pause,
  Pauses,
} from '../../subgraphs/port/hands.js';
import type { LevelChange } from '../../subgraphs/port/log-levels.js';
import {
  codeOf,
  type Detail,
  FAILED,
  type HandsRecord,
  HELD_ACTIONS,
  LEVEL_ACTION,
  NOTE_ACTIONS,
  wordsOf,
} from './hands-record.js';

/** Changes levels of the log. */
interface HandsLog {
  readonly levels: LevelledLog['levels'];
  /** Resolves when it holds in all processes. */
  set(change: LevelChange): Promise<void>;
}

interface HandsParts {
  readonly clock: Clock;
  readonly pauses: Pauses;
  /** Why nobody may do anything through this process, one public sentence; null: some may. */
  readonly closed: string | null;
  readonly record: HandsRecord;
  /** Resolves when it holds in all processes of this machine. @param pause null: it is no longer held back. */
  readonly set: (interfaceName: string, held: Held, pause: Pause | null) => Promise<HandReach>;
  /** Null: levels are not changed through this process. */
  readonly log: HandsLog | null;
  readonly setNotes: CountyObserver['note'];
  /** Told when another process has done something, so that what answers rest on is looked at. */
  readonly onForwarded: () => void;
}

/** What those who run a county do, each recorded before it is done. */
export function openHands({
  clock,
  pauses,
  closed,
  record,
  set,
  log,
  setNotes,
  onForwarded,
}: HandsParts): Hands {
  const now = (): number => clock.now().getTime();
  const act = async (request: HandRequest, { caller: { name: by } }: Acting): Promise<HandDone> => {
    switch (request.kind) {
      case 'hold': {
        const { interface: name, held, why, until } = request;
        return { reach: await set(name, held, { why, by, since: now(), until }), ids: [] };
      }
      case 'release':
        return { reach: await set(request.interface, request.held, null), ids: [] };
      case 'note': {
        const { kind, ...said } = request.note;
        return { reach: 'ALL', ids: await setNotes(request.ids, { [kind]: { ...said, at: now(), by } }) };
      }
    }
  };
  return {
    now,
    of: pauses.of,
    breakerClosedAt: pauses.breakerClosedAt,
    may: ({ hands }) => closed === null && hands === true,
    closed,
    act: async (request, acting) => {
      await record.acting(detailOf(request, acting));
      return act(request, acting);
    },
    forward: async (request, acting, send) => {
      const detail = detailOf(request, acting);
      await record.acting(detail);
      try {
        return await send();
      } catch (error) {
        record.failed({ ...detail, action: FAILED, what: detail.action, code: codeOf(error) });
        throw error;
      } finally {
        onForwarded();
      }
    },
    logLevels: () => log?.levels() ?? null,
    setLogLevel: async ({ part, level, until }, { caller, requestId }) => {
      if (log === null) throw publicError('FORBIDDEN', ITS_OWN_LEVEL);
      const by = caller.name;
      const ends = countyMoment(new Date(until));
      await record.acting({
        action: LEVEL_ACTION,
        part: part ?? 'ALL',
        level,
        until: ends,
        by,
        requestId,
      });
      await log.set({ part, level, by, until });
    },
  };
}

const ITS_OWN_LEVEL =
  '单独运行的子图进程请用 LOG_LEVEL 设定。A subgraph that runs by itself has its LOG_LEVEL.';

function detailOf(request: HandRequest, { caller, requestId }: Acting): Detail {
  const said = { interface: request.interface, by: caller.name, requestId };
  switch (request.kind) {
    case 'hold': {
      const { held, why, until } = request;
      return { action: HELD_ACTIONS[held].hold, why, until: countyMoment(new Date(until)), ...said };
    }
    case 'release':
      return { action: HELD_ACTIONS[request.held].release, why: request.why, ...said };
    case 'note': {
      const { kind, ...noted } = request.note;
      return { action: NOTE_ACTIONS[kind], incidents: request.ids.join(' '), ...wordsOf(noted), ...said };
    }
  }
}
