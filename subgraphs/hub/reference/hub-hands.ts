import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import { publicError } from '../../../runtime/errors.js';
import type { FeedPort } from '../../feed/feed.js';
import type { FeedHands, FeedHold } from '../../feed/feed-hands.js';
import type { Held, Pause } from '../../port/hands.js';
import { type AwayNotes, createAwayNotes } from './away-notes.js';

/** What is done by hand to all interfaces, wherever they are served. */
export interface HubHands extends FeedHands {
  /** Null: it is not held back, or its process does not say. */
  of(name: string, held: Held, context: CallContext): Promise<Pause | null>;
  /** The same, asked anew. @throws what `FeedHands.held` throws. */
  now(name: string, held: Held, context: CallContext): Promise<Pause | null>;
}

/** Each department and county is asked once a request what is held back. */
export function joinHands(
  feeds: readonly FeedPort[],
  { orNothing }: Pick<AwayNotes, 'orNothing'> = createAwayNotes(),
): HubHands {
  const ownerOf = (name: string): FeedPort | undefined =>
    feeds.find((feed) => feed.interfaces().some((info) => info.name === name));
  const heldOf = new Map(
    feeds.map((feed) => [
      feed,
      perRequest((context) => orNothing<readonly FeedHold[]>(feed, feed.hands?.held(context), [], context)),
    ]),
  );
  return {
    held: async (context) => (await Promise.all([...heldOf.values()].map((read) => read(context)))).flat(),
    act: async (request, context) => {
      const owner = ownerOf(request.interface);
      if (owner === undefined) throw publicError('BAD_USER_INPUT');
      if (owner.hands === undefined) throw publicError('FORBIDDEN');
      return owner.hands.act(request, context);
    },
    of: async (name, held, context) => {
      const owner = ownerOf(name);
      const read = owner === undefined ? undefined : heldOf.get(owner);
      return pauseIn((await read?.(context)) ?? [], name, held);
    },
    now: async (name, held, context) =>
      pauseIn((await ownerOf(name)?.hands?.held(context)) ?? [], name, held),
  };
}

function pauseIn(all: readonly FeedHold[], name: string, held: Held): Pause | null {
  return all.find((one) => one.interface === name && one.held === held)?.pause ?? null;
}
