import type { Incident, Measure, Measurement } from '../../subgraphs/port/observation.js';
import type { HistoryStore, KeptMeasurement, Remembered } from './history/history-store.js';
import type { Span } from './taking-turns.js';

/** What is to be written to the history, until it has been. */
export interface Keeping {
  measured(interfaceName: string, measurements: readonly Measurement[]): void;
  changed(incidents: readonly Incident[]): void;
  remember(name: string, said: string): void;
  /** Leaves out what was found while another process observed. */
  handOver(others: Span): void;
  /** Leaves out what is waiting and is known otherwise. */
  goOnFrom(remembered: Remembered): void;
  /** Whether the last attempt to write failed. */
  readonly isFailing: boolean;
  /** Whether more waits than is kept, so that the oldest is lost. */
  readonly isLosing: boolean;
  /** Incidents that could not be written yet. */
  waiting(): readonly Incident[];
  /** Never fails: what could not be written is kept for the next time, within a bound. */
  write(): Promise<void>;
}

/** Told with every look; of the others one in five minutes says as much. */
const EACH_LOOK: ReadonlySet<Measure> = new Set(['REACHABLE', 'ANSWER_TIME']);
const SELDOM_MS = 290_000;
/** While the disk is full: some hours of measurements. */
const MOST_WAITING = 100_000;

/** @param onFailure told when writing begins to fail. */
export function createKeeping(store: HistoryStore, onFailure: (error: unknown) => void): Keeping {
  const last = new Map<string, number>();
  let measurements: KeptMeasurement[] = [];
  let incidents = new Map<string, Incident>();
  let remembered = new Map<string, string>();
  let isFailing = false;
  let isLosing = false;
  return {
    measured: (interfaceName, found) => {
      for (const { measure, about, value, takenAt } of found) {
        // A day is a part of what is told, and not a series of its own.
        const series = measure === 'ROWS_OF_DAY' || measure === 'ROWS_BY_USUAL' ? null : about;
        const key = JSON.stringify([interfaceName, measure, series]);
        const before = last.get(key);
        const pause = EACH_LOOK.has(measure) ? 1 : SELDOM_MS;
        if (before !== undefined && takenAt >= before && takenAt - before < pause) continue;
        last.set(key, takenAt);
        measurements.push({ interface: interfaceName, measure, about: series, value, at: takenAt });
      }
    },
    changed: (found) => {
      for (const incident of found) incidents.set(incident.id, incident);
    },
    remember: (name, said) => {
      remembered.set(name, said);
    },
    handOver: ({ since, until: end }) => {
      measurements = measurements.filter(({ at }) => at < since || at >= end);
      // What lasts has been found by the other one as well.
      incidents = new Map([...incidents].filter(([, { until }]) => until !== null && until < since));
      remembered = new Map();
    },
    goOnFrom: (known) => {
      incidents = new Map();
      remembered = new Map([...remembered].filter(([name]) => !known.has(name)));
    },
    get isFailing() {
      return isFailing;
    },
    get isLosing() {
      return isLosing;
    },
    waiting: () => [...incidents.values()],
    write: async () => {
      if (measurements.length + incidents.size + remembered.size === 0) {
        // What waited is another one's to write.
        isFailing = false;
        isLosing = false;
        return;
      }
      const entry = { measurements, incidents: [...incidents.values()], remembered };
      measurements = [];
      incidents = new Map();
      remembered = new Map();
      try {
        await store.write(entry);
        isFailing = false;
        isLosing = false;
      } catch (error) {
        const waiting = [...entry.measurements, ...measurements];
        isLosing ||= waiting.length > MOST_WAITING;
        measurements = waiting.slice(-MOST_WAITING);
        incidents = new Map([...entry.incidents.map((one) => [one.id, one] as const), ...incidents]);
        remembered = new Map([...entry.remembered, ...remembered]);
        if (!isFailing) onFailure(error);
        isFailing = true;
      }
    },
  };
}
