import { z } from 'zod';
import type { CallContext } from '../../runtime/call/call-context.js';
import type { Caller } from '../../runtime/call/caller.js';
import type { LevelChange, PartLevel } from './log-levels.js';

/** What somebody said of an interface for a while. Moments are epoch milliseconds by the county's clock. */
export interface Pause {
  /** In his own words. */
  readonly why: string;
  /** As the audit names him. */
  readonly by: string;
  readonly since: number;
  /** It ends by itself then. */
  readonly until: number;
}

/** What a pause is written as wherever it is kept or sent. */
export const PAUSE_SHAPE = { why: z.string(), by: z.string(), since: z.number(), until: z.number() } as const;

/**
 * What of an interface is held back by hand: `interface`, which is paused and takes no part in anything; `source`, whose breaker was
 * opened, so that nobody calls it, while what is kept of it is shown on.
 */
export const HELD = ['interface', 'source'] as const;
export type Held = (typeof HELD)[number];

/** What is held back by hand. Returns at once. */
export interface Pauses {
  /** Null: it is not held back. */
  of(interfaceName: string, held: Held): Pause | null;
  /** When somebody last closed the breaker of its source; null: nobody has since this county is kept. */
  breakerClosedAt(interfaceName: string): number | null;
}

/** The longest that something is held back, milliseconds. */
export const LONGEST_HOLD_MS = 31 * 24 * 3_600_000;

/** What somebody notes of incidents; an answer is that of the department. */
export type AskedNote =
  | { readonly kind: 'acknowledged'; readonly why: string }
  | { readonly kind: 'sent' }
  | { readonly kind: 'answered'; readonly isAccepted: boolean; readonly text: string };

/** What somebody asks to be done to an interface. Plain data: it crosses to the process that owns the interface. */
export type HandRequest =
  | {
      readonly kind: 'hold';
      readonly interface: string;
      readonly held: Held;
      readonly why: string;
      /** Epoch milliseconds. */
      readonly until: number;
    }
  | { readonly kind: 'release'; readonly interface: string; readonly held: Held; readonly why: string }
  /** Of incidents of that interface. */
  | {
      readonly kind: 'note';
      readonly interface: string;
      readonly ids: readonly string[];
      readonly note: AskedNote;
    };

/**
 * Which processes of a county know what was done: `ALL` that serve it; or `HERE`, those of one machine: others do not share what is held
 * back with it, or cannot be reached and will follow.
 */
export type HandReach = 'ALL' | 'HERE';

/** What was done. */
export interface HandDone {
  readonly reach: HandReach;
  /** Of the incidents that something was noted of. */
  readonly ids: readonly string[];
}

/** Who acts, in which request. */
export type Acting = Pick<CallContext, 'requestId' | 'caller'>;

/** What those who run a county do to its interfaces and processes; nothing else can be changed through the graph. */
export interface Hands extends Pauses {
  /** The county's present moment. */
  now(): number;
  /** Whether a caller may do anything here; whoever calls the others has asked it. */
  may(caller: Caller): boolean;
  /** Why nobody may do anything in this process, one public sentence; null: some may. */
  readonly closed: string | null;
  /**
   * Does it to an interface that this process serves. Resolves when it is recorded, kept beyond a restart, and holds in all processes of
   * this machine; a breaker that failures opened is closed with one that was opened by hand.
   *
   * @throws {GraphQLError} AUDIT_UNAVAILABLE when it cannot be recorded: then nothing is changed.
   */
  act(request: HandRequest, acting: Acting): Promise<HandDone>;
  /**
   * Has the process do it that owns the interface: recorded here before it is sent, and how it failed afterwards.
   *
   * @throws {GraphQLError} AUDIT_UNAVAILABLE, and what `send` throws.
   */
  forward(request: HandRequest, acting: Acting, send: () => Promise<HandDone>): Promise<HandDone>;
  /** Of this process's log; those of all processes that serve the county are changed alike. Null: they are not changed through this one. */
  logLevels(): readonly PartLevel[] | null;
  /** Resolves when it is recorded and holds in all processes. @throws {GraphQLError} AUDIT_UNAVAILABLE */
  setLogLevel(asked: Omit<LevelChange, 'by'>, acting: Acting): Promise<void>;
}
