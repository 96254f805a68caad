import { createContext, use, useEffect, useState } from 'react';

/** The county's time when an answer came, and when that was by this machine. Epoch milliseconds. */
export interface Got {
  readonly countyAt: number | null;
  readonly at: number;
}

const TICK_MS = 10_000;

/** The present moment by the county's clock; null: nobody has told it. The demo's county stands on a day of its own. */
export const CountyTime = createContext<number | null>(null);

/** Seconds since a moment of the county; null: unknown. */
export function useAge(moment: string | null | undefined): number | null {
  const now = use(CountyTime);
  return now === null || moment == null ? null : (now - Date.parse(moment)) / 1000;
}

/** Goes on with time. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function countyNow(got: Got | null, now: number): number | null {
  return got?.countyAt == null ? null : got.countyAt + Math.max(0, now - got.at);
}
