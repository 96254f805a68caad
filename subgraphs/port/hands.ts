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

/**
 * What of an interface is held back by hand: `interface`, which is paused and takes no part in anything; `source`, whose breaker was
 * opened, so that nobody calls it, while what is kept of it is shown on.
 */
export type Held = 'interface' | 'source';

/** What is held back by hand. Returns at once. */
export interface Pauses {
  /** Null: it is not held back. */
  of(interfaceName: string, held: Held): Pause | null;
  /** When somebody last closed the breaker of its source; null: nobody has since this county is kept. */
  breakerClosedAt(interfaceName: string): number | null;
}

/** What somebody notes of incidents; an answer is that of the department. */
export type AskedNote =
  | { readonly kind: 'acknowledged'; readonly why: string }
  | { readonly kind: 'sent' }
  | { readonly kind: 'answered'; readonly isAccepted: boolean; readonly text: string };

type Acting = Pick<CallContext, 'requestId' | 'caller'>;

/** What those who run a county do to its interfaces and processes; nothing else can be changed through the graph. */
export interface Hands extends Pauses {
  /** The county's present moment. */
  now(): number;
  /** Whether a caller may do anything here; whoever calls the others has asked it. */
  may(caller: Caller): boolean;
  /**
   * Resolves when it is recorded, kept beyond a restart, and holds in all processes.
   *
   * @throws {GraphQLError} AUDIT_UNAVAILABLE when it cannot be recorded: then nothing is changed.
   */
  hold(interfaceName: string, held: Held, asked: Pick<Pause, 'why' | 'until'>, acting: Acting): Promise<void>;
  /** The same. Ends what was held back; a breaker that failures opened is closed as well. */
  release(interfaceName: string, held: Held, why: string, acting: Acting): Promise<void>;
  /**
   * Resolves when it is recorded and noted of those incidents that last and are watched by this county itself.
   *
   * @returns their ids. @throws {GraphQLError} AUDIT_UNAVAILABLE
   */
  note(ids: readonly string[], asked: AskedNote, acting: Acting): Promise<readonly string[]>;
  /** Of this process's log; those of all processes that serve the county are changed alike. */
  logLevels(): readonly PartLevel[];
  /** Resolves when it is recorded and holds in all processes. @throws {GraphQLError} AUDIT_UNAVAILABLE */
  setLogLevel(asked: Omit<LevelChange, 'by'>, acting: Acting): Promise<void>;
}
