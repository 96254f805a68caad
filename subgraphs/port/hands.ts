import type { CallContext } from '../../runtime/call/call-context.js';
import type { Caller } from '../../runtime/call/caller.js';

/** An interface that takes no part in anything for a while, because somebody said so. Moments are epoch milliseconds by the county's clock. */
export interface Pause {
  /** In the words of whoever paused it. */
  readonly why: string;
  /** As the audit names him. */
  readonly by: string;
  readonly since: number;
  /** It ends by itself then. */
  readonly until: number;
}

/** Which interfaces are paused. Returns at once. */
export interface Pauses {
  /** Null: it is not. */
  of(interfaceName: string): Pause | null;
}

type Acting = Pick<CallContext, 'requestId' | 'caller'>;

/** What those who run a county do to its interfaces; nothing else can be changed through the graph. */
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
  pause(interfaceName: string, asked: Pick<Pause, 'why' | 'until'>, acting: Acting): Promise<void>;
  /** The same; of no effect where it is not paused. */
  resume(interfaceName: string, why: string, acting: Acting): Promise<void>;
}
