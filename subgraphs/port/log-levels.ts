/** Parts of a process's log whose levels are changed one by one; `PROCESSES`: all that belongs to none of the others. */
export const LOG_PARTS = ['REQUESTS', 'SOURCES', 'OBSERVING', 'ACCESS', 'PROCESSES'] as const;
export type LogPart = (typeof LOG_PARTS)[number];

/** From what most is told to what least is. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Another level than usual, for a while. Moments are epoch milliseconds by the county's clock. */
export interface LevelChange {
  /** Null: all parts. */
  readonly part: LogPart | null;
  readonly level: LogLevel;
  /** As the audit names him. */
  readonly by: string;
  /** It is as usual again then. */
  readonly until: number;
}

export interface PartLevel {
  readonly part: LogPart;
  readonly level: LogLevel;
  /** What it is when nobody has changed it. */
  readonly usual: LogLevel;
  /** Null: nobody has changed it. */
  readonly change: LevelChange | null;
}
