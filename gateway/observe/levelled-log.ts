import type { Clock } from '../../runtime/clock.js';
import {
  type LevelChange,
  LOG_LEVELS,
  LOG_PARTS,
  type LogPart,
  type PartLevel,
} from '../../subgraphs/port/log-levels.js';
import type { Logger } from './logger.js';

/** A process's log, whose parts have levels that can be changed while it runs. */
export interface LevelledLog {
  /** The log of one part: the same lines at the same place. */
  of(part: LogPart): Logger;
  /** The newest change of a part counts; one of all parts takes the place of theirs. What is over changes nothing. */
  change(change: LevelChange): void;
  levels(): readonly PartLevel[];
  /** Those that have not ended. */
  changes(): readonly LevelChange[];
}

/** @param log whose level is the usual one. */
export function createLevelledLog(log: Logger, clock: Pick<Clock, 'now'>): LevelledLog {
  const usual = LOG_LEVELS.find((level) => level === log.level) ?? 'info';
  const loggers = new Map(LOG_PARTS.map((part) => [part, log.child({})]));
  const changed = new Map<LogPart, LevelChange>();
  const now = (): number => clock.now().getTime();
  const of = (part: LogPart): Logger => loggers.get(part) ?? log;
  const changeOf = (part: LogPart): LevelChange | null => {
    const change = changed.get(part);
    return change === undefined || change.until <= now() ? null : change;
  };
  const apply = (part: LogPart): void => {
    of(part).level = changeOf(part)?.level ?? usual;
  };
  return {
    of,
    change: (change) => {
      const parts = change.part === null ? LOG_PARTS : [change.part];
      for (const part of parts) {
        changed.set(part, change);
        apply(part);
      }
      // Timers may fire a little early.
      const over = setTimeout(() => parts.forEach(apply), Math.max(0, change.until - now()) + EARLY_MS);
      over.unref();
    },
    levels: () =>
      LOG_PARTS.map((part) => {
        const change = changeOf(part);
        return { part, level: change?.level ?? usual, usual, change };
      }),
    changes: () => [...new Set(LOG_PARTS.flatMap((part) => changeOf(part) ?? []))],
  };
}

const EARLY_MS = 2;
