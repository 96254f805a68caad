import type { CallContext } from '../../runtime/call/call-context.js';
import { publicError } from '../../runtime/errors.js';
import {
  type HandDone,
  type HandRequest,
  type Hands,
  HELD,
  type Held,
  LONGEST_HOLD_MS,
  type Pause,
} from '../port/hands.js';
import { requireHands } from '../port/require-hands.js';
import { isForCaller } from './is-for-caller.js';

/** What is held back of one interface by hand. */
export interface FeedHold {
  readonly interface: string;
  readonly held: Held;
  readonly pause: Pause;
}

/**
 * What can be done to a department's interfaces by hand, in this process or where they are. The process that owns them checks who asks, and
 * so does each one on the way.
 */
export interface FeedHands {
  /** Of its interfaces. It knows no caller: who may be told is decided by whoever asks. */
  held(context: CallContext): Promise<readonly FeedHold[]>;
  /**
   * @throws FORBIDDEN when the caller may not, or the process takes nothing of that kind; BAD_USER_INPUT when it has no such interface;
   *   AUDIT_UNAVAILABLE; and when its process does not answer what `publicError` makes of it: then nobody knows whether it was done.
   */
  act(request: HandRequest, context: CallContext): Promise<HandDone>;
}

interface Own {
  readonly name: string;
  readonly department: string;
}

/** Of the interfaces that this process serves. */
export function feedHands(hands: Hands, infos: readonly Own[]): FeedHands {
  return {
    held: async () =>
      infos.flatMap(({ name }) =>
        HELD.flatMap((held) => {
          const pause = hands.of(name, held);
          return pause === null ? [] : [{ interface: name, held, pause }];
        }),
      ),
    act: async (request, context) => {
      const acting = requireHands(hands, context);
      const info = infos.find(({ name }) => name === request.interface);
      if (info === undefined || !isForCaller(info, context.caller)) throw publicError('BAD_USER_INPUT');
      return acting.act(withinBounds(request, acting.now()), context);
    },
  };
}

/**
 * Of interfaces that another process serves: asked and recorded here, done there.
 *
 * @param hands null: nothing can be changed through this process.
 */
export function forwardedHands(there: FeedHands, hands: Hands | null): FeedHands {
  return {
    held: (context) => there.held(context),
    act: async (request, context) =>
      requireHands(hands, context).forward(request, context, () => there.act(request, context)),
  };
}

/** Whoever sends it may have another clock. */
function withinBounds(request: HandRequest, now: number): HandRequest {
  if (request.kind !== 'hold') return request;
  if (request.until <= now) throw publicError('BAD_USER_INPUT');
  return { ...request, until: Math.min(request.until, now + LONGEST_HOLD_MS) };
}
