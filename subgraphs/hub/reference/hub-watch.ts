import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import type { FeedPort } from '../../feed/feed.js';
import type { FeedHealth, FeedWatch } from '../../feed/feed-watch.js';
import type { Incident } from '../../port/observation.js';

/** What is known of all interfaces by watching them, wherever they are watched; each department is asked once a request. */
export function joinWatches(feeds: readonly FeedPort[]) {
  const healthOf = new Map(
    feeds.map((feed) => [
      feed,
      perRequest(async (context): Promise<ReadonlyMap<string, FeedHealth>> => {
        const found = await orNothing(feed.watch?.health(context), []);
        return new Map(found.map((one) => [one.interface, one]));
      }),
    ]),
  );
  const ownerOf = (name: string): FeedPort | undefined =>
    feeds.find((feed) => feed.interfaces().some((info) => info.name === name));
  const watchOf = (name: string): FeedWatch | undefined => ownerOf(name)?.watch;
  const watch: FeedWatch & { healthOf(name: string, context: CallContext): Promise<FeedHealth | null> } = {
    health: async (context) => {
      const all = await Promise.all([...healthOf.values()].map((read) => read(context)));
      return all.flatMap((found) => [...found.values()]);
    },
    healthOf: async (name, context) => {
      const owner = ownerOf(name);
      const read = owner === undefined ? undefined : healthOf.get(owner);
      return (await read?.(context))?.get(name) ?? null;
    },
    serviceLevel: (name, context) => orNothing(watchOf(name)?.serviceLevel(name, context), null),
    history: (question, context) => orNothing(watchOf(question.interface)?.history(question, context), []),
    incidents: async (question, context) => {
      const found = await Promise.all(
        feeds.map((feed) => orNothing(feed.watch?.incidents(question, context), [])),
      );
      return found.flat().sort(byUrgency).slice(0, question.limit);
    },
  };
  return watch;
}

export type HubWatch = ReturnType<typeof joinWatches>;

/** A department that does not answer, or does not watch, tells nothing. */
async function orNothing<T>(asked: Promise<T> | undefined, nothing: T): Promise<T> {
  try {
    return (await asked) ?? nothing;
  } catch {
    return nothing;
  }
}

/** What lasts first, and of each the newest. */
function byUrgency(left: Incident, right: Incident): number {
  return Number(left.until !== null) - Number(right.until !== null) || right.since - left.since;
}
