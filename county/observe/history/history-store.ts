import type {
  HistoryPoint,
  HistoryQuestion,
  Incident,
  IncidentQuestion,
  Measure,
} from '../../../subgraphs/port/observation.js';
import type { HoldStore } from '../../hands/hold-store.js';
import type { ObservingTurns } from './observing-turns.js';

/** One measurement as it is kept. */
export interface KeptMeasurement {
  readonly interface: string;
  readonly measure: Measure;
  readonly about: string | null;
  readonly value: number;
  /** Epoch milliseconds; kept to the second. */
  readonly at: number;
}

/** What an observer must find again after a restart, by name: texts of its own. */
export type Remembered = ReadonlyMap<string, string>;

/** What is written together. */
export interface HistoryEntry {
  readonly measurements: readonly KeptMeasurement[];
  /** In the place of those with the same id. */
  readonly incidents: readonly Incident[];
  readonly remembered: Remembered;
}

/** How often looks were answered. */
export interface LookCount {
  readonly looks: number;
  readonly answered: number;
}

export interface DayCount extends LookCount {
  /** When it begins, epoch milliseconds. */
  readonly at: number;
}

/**
 * Where measurements and incidents are kept: single measurements 7 days, then by 5 minutes to 30 days, then by the hour to
 * 90 days, up to a day longer where several share it; incidents 90 days after their end. The embedded one is for one process, the one in PostgreSQL for several.
 */
export interface HistoryStore {
  /** Null: this process alone keeps it, and observes. */
  readonly turns: ObservingTurns | null;
  /** What is held back by hand, where several processes keep the history; null: this process alone does. */
  readonly holds: HoldStore | null;
  /** Resolves when it outlives this process. */
  write(entry: HistoryEntry): Promise<void>;
  /** What an earlier process left: incidents that last or ended within a day, and what was remembered. */
  load(now: number): Promise<{ readonly incidents: readonly Incident[]; readonly remembered: Remembered }>;
  /** Oldest first; of a long stretch at most some 1500 points, each over a part of it. */
  read(question: HistoryQuestion): Promise<readonly HistoryPoint[]>;
  /** For each start, how looks went from then until now. */
  looks(interfaceName: string, from: readonly number[], now: number): Promise<readonly LookCount[]>;
  /** How looks went on each day of the county's calendar from a moment until now; days without looks are left out. */
  looksByDay(interfaceName: string, from: number, now: number): Promise<readonly DayCount[]>;
  incidents(question: IncidentQuestion): Promise<readonly Incident[]>;
  /** Puts together what is old, and forgets what is too old. */
  compact(now: number): Promise<void>;
  /** One that several share cuts what it is doing after a second. */
  close(): Promise<void>;
}
