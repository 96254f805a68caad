import type { IncidentNotes, InterfaceHealth } from '../../../subgraphs/port/observation.js';

/** Whose turn it is to observe. Moments are epoch milliseconds by the county's clock. */
export type Turn =
  | {
      readonly kind: 'OURS';
      /** Since when another one observed after this one last did; null: nobody else has. */
      readonly other: number | null;
    }
  | {
      readonly kind: 'OTHERS';
      /** Since when that one observes; null: it has not said so yet. */
      readonly since: number | null;
    };

/** How interfaces are, as found by the process that observes. */
export interface ToldHealths {
  readonly at: number;
  readonly healths: ReadonlyMap<string, InterfaceHealth>;
}

/**
 * Of several processes that keep one history, one observes at a time; the others show what it found. All of it fails when the history
 * cannot be reached, within seconds.
 */
export interface ObservingTurns {
  /** Takes the turn where nobody has it, or whoever has it has gone; keeps it where this process has it. To be asked every ten seconds or so. */
  take(now: number): Promise<Turn>;
  /** Tells the others. Nothing is told where it is not this process's turn. */
  tell(found: ToldHealths): Promise<void>;
  /** Notes something of incidents that last, for the one who observes to take it over. @returns the ids of those that last. */
  note(ids: readonly string[], notes: IncidentNotes): Promise<readonly string[]>;
  /** What the one who observes told last; null: nothing yet. */
  told(): Promise<ToldHealths | null>;
}
