import { Counter, Gauge, type Registry } from 'prom-client';

/** How what a county keeps stands. Moments are ISO 8601; null: never yet. */
export interface CountyStanding {
  readonly indexBuiltAt: string | null;
  readonly snapshots: readonly SnapshotStanding[];
}

interface SnapshotStanding {
  readonly interface: string;
  readonly readAt: string | null;
  /** Readings that failed since the files were read. */
  readonly failures: number;
}

/** Must answer within its own bound, and may reject. */
export type CountyReader = () => Promise<CountyStanding>;

interface CountyGauges {
  watch(read: CountyReader): void;
  /** Brings them up to date; to be awaited before each scrape. What cannot be read stays as it was. */
  refresh(): Promise<void>;
}

/** When what is done again and again was last done. */
export function createCountyGauges(registry: Registry): CountyGauges {
  const registers = [registry];
  const built = new Gauge({
    name: 'graph_index_built_timestamp_seconds',
    help: 'When the index of identities and numbers was last built whole, by the clock of the county. Absent before the first time.',
    labelNames: ['of'],
    aggregator: 'max',
    registers,
  });
  const read = new Gauge({
    name: 'graph_snapshot_read_timestamp_seconds',
    help: 'When the reading began that brought the snapshot of an interface up to date, by the clock of the county. Absent before the first time.',
    labelNames: ['interface'],
    aggregator: 'max',
    registers,
  });
  const failures = new Counter({
    name: 'graph_snapshot_failures_total',
    help: 'Readings for the snapshot of an interface that failed.',
    labelNames: ['interface'],
    registers,
  });
  let reader: CountyReader | null = null;
  return {
    watch: (next) => {
      reader = next;
    },
    refresh: async () => {
      const standing = (await reader?.().catch(() => null)) ?? null;
      if (standing === null) return;
      built.reset();
      read.reset();
      failures.reset();
      // With a label, it is not shown before the first time.
      if (standing.indexBuiltAt !== null) built.set({ of: 'county' }, secondsOf(standing.indexBuiltAt));
      for (const { interface: name, readAt, failures: count } of standing.snapshots) {
        if (readAt !== null) read.set({ interface: name }, secondsOf(readAt));
        failures.inc({ interface: name }, count);
      }
    },
  };
}

function secondsOf(moment: string): number {
  return Date.parse(moment) / 1000;
}
