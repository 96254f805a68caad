const DAY_MS = 86_400_000;

/** @param day `yyyy-MM-dd`. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

/** Days from one day to another, both `yyyy-MM-dd`. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}
