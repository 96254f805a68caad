import { randomUUID } from 'node:crypto';

/**
 * How many exchanges each interface had on a day of the county. The source counts on while this process is restarted:
 * see `openStoredDayCounts` for counts that survive it.
 */
export interface DayCounts {
  /** Of these counts; nobody else has it. */
  readonly holder: string;
  /** @param day `yyyy-MM-dd`. */
  count(interfaceName: string, day: string): number;
  add(interfaceName: string, day: string): void;
  close(): void;
}

/** More than one, because the machine's clock may be set back over midnight. */
const DAYS_KEPT = 3;

/** Counts that are lost with the process. */
export function createDayCounts(): DayCounts {
  const days = new Map<string, Map<string, number>>();
  return {
    holder: randomUUID(),
    count: (interfaceName, day) => days.get(day)?.get(interfaceName) ?? 0,
    add: (interfaceName, day) => {
      const counts = days.get(day) ?? new Map<string, number>();
      counts.set(interfaceName, (counts.get(interfaceName) ?? 0) + 1);
      if (days.has(day)) return;
      days.set(day, counts);
      const [oldest] = days.keys();
      if (days.size > DAYS_KEPT && oldest !== undefined) days.delete(oldest);
    },
    close: () => undefined,
  };
}
