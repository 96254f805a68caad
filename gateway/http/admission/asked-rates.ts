/** How much each caller has asked of late, whatever became of it. */
export interface AskedRates {
  count(key: string, at: number): void;
  /** Whether a caller asks less than half as much as the average of all who ask. */
  asksLittle(key: string, at: number): boolean;
}

/** After so long half as much is remembered of a request. Milliseconds. */
const HALF_LIFE_MS = 1000;
/** Of the average. */
const LITTLE = 0.5;
/** A caller of whom less is remembered is forgotten. Requests. */
const FORGOTTEN = 0.05;
/** How often those are looked for. */
const SWEEP_MS = 1000;

interface Rate {
  /** Requests as they are remembered at that time. */
  asked: number;
  at: number;
}

export function createAskedRates(): AskedRates {
  const rates = new Map<string, Rate>();
  const all: Rate = { asked: 0, at: 0 };
  let sweptAt = 0;
  const sweep = (at: number): void => {
    sweptAt = at;
    for (const [key, rate] of rates) if (remembered(rate, at) < FORGOTTEN) rates.delete(key);
  };
  return {
    count: (key, at) => {
      const known = rates.get(key);
      const rate = known ?? { asked: 0, at };
      if (known === undefined) rates.set(key, rate);
      add(rate, at);
      add(all, at);
      if (at - sweptAt > SWEEP_MS) sweep(at);
    },
    asksLittle: (key, at) => {
      const rate = rates.get(key);
      return rate !== undefined && remembered(rate, at) * rates.size < LITTLE * remembered(all, at);
    },
  };
}

function remembered({ asked, at: from }: Rate, at: number): number {
  return at === from ? asked : asked * 0.5 ** ((at - from) / HALF_LIFE_MS);
}

function add(rate: Rate, at: number): void {
  rate.asked = remembered(rate, at) + 1;
  rate.at = at;
}
