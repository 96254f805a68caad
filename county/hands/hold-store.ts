import type { Held, Pause } from '../../subgraphs/port/hands.js';

/** What somebody said last of one interface. */
export interface HoldEntry {
  /** When he did, epoch milliseconds; orders what is said of the same, whatever the machines' clocks. */
  readonly changed: number;
  /** Null: it is no longer held back. */
  readonly pause: Pause | null;
}

/** The same, with of what he said it. */
export interface HoldRow extends HoldEntry {
  readonly interface: string;
  readonly held: Held;
}

/** Where machines that serve the same county keep what is held back. All of it fails when it cannot be reached, within seconds. */
export interface HoldStore {
  /**
   * Puts it in the place of what is kept.
   *
   * @returns its place in order: later than all that was kept of the same. The others can read it.
   */
  put(row: HoldRow): Promise<number>;
  /** Puts those in the place of what is older, and reads all that is kept. */
  exchange(rows: readonly HoldRow[]): Promise<readonly HoldRow[]>;
}
