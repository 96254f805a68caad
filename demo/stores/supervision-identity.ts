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
  if (!/^\d{15}$/.test(text)) return false;
  let product = 10;
  for (const digit of text.slice(0, 14)) {
    product = ((product + Number(digit)) % 10 || 10) * 2;
    product %= 11;
  }
  return (11 - product) % 10 === Number(text[14]);
}
