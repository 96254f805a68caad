import { z } from 'zod';
import { type Held, LONGEST_HOLD_MS, PAUSE_SHAPE, type Pause } from '../../subgraphs/port/hands.js';

/** Nothing that was said longer ago, by whatever clock, can matter any more. Milliseconds. */
export const ENTRIES_KEPT_MS = LONGEST_HOLD_MS + 24 * 3_600_000;

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

/** Of what it is: an interface, and what of it is held back. */
export function holdKey({ held, interface: name }: Pick<HoldRow, 'held' | 'interface'>): string {
  return `${held} ${name}`;
}

const pauseGrammar = z.object(PAUSE_SHAPE).nullable();

/** Reads what a store has of a row besides. @throws {z.ZodError | SyntaxError} */
export function readHold(text: string): Pause | null {
  return pauseGrammar.parse(JSON.parse(text));
}

/** Where machines that serve the same county keep what is held back. All of it fails when it cannot be reached, within seconds. */
export interface HoldStore {
  /**
   * Puts it in the place of what is kept, and forgets what was said more than `ENTRIES_KEPT_MS` before.
   *
   * @returns its place in order: later than all that was kept of the same. The others can read it.
   */
  put(row: HoldRow): Promise<number>;
  /** Puts those in the place of what is older, and reads all that is kept. */
  exchange(rows: readonly HoldRow[]): Promise<readonly HoldRow[]>;
}
