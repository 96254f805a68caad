/** What a cell says of a point in time, before zones are applied. */
export interface RawMoment {
  /** `yyyy-MM-dd`; may lie outside the supported days. */
  readonly day: string;
  /** `HH:mm:ss`, null when the cell holds a day alone. */
  readonly time: string | null;
  /** Fraction of the second with its dot, as the source writes it; or empty. */
  readonly fraction: string;
}

/** `2026-06-30 08:00:00`; midnight for a day alone. */
export function wallOf({ day, time }: RawMoment): string {
  return `${day} ${time ?? '00:00:00'}`;
}
