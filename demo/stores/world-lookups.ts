import { withMod11Check } from '../world/check-digits.js';
import type { Vessel } from '../world/world.js';

/** The element that a pointer of the world names. @throws {Error} for a pointer to nothing. */
export function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) {
    throw new Error(
      `Cannot follow a pointer of the world: index must be below ${items.length}, but is ${index}`,
    );
  }
  return item;
}

/** Names, past ones included, that only one vessel ever bore: enough to tell who is meant. */
export function namesOfOneVessel(vessels: readonly Vessel[]): ReadonlySet<string> {
  const bearers = new Map<string, number>();
  for (const vessel of vessels) {
    for (const name of new Set([vessel.name, ...vessel.formerNames])) {
      bearers.set(name, (bearers.get(name) ?? 0) + 1);
    }
  }
  return new Set([...bearers].filter(([, count]) => count === 1).map(([name]) => name));
}

/** 15 digits whose last is right by ISO 7064 MOD 11,10 (GS 15-2006). */
export function isRegistrationNumber(text: string): boolean {
  return /^\d{15}$/.test(text) && withMod11Check(text.slice(0, 14)) === text;
}
