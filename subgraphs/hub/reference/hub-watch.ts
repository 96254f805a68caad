import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import type { FeedPort } from '../../feed/feed.js';
import type { FeedHealth, FeedWatch } from '../../feed/feed-watch.js';
import type { Incident, IncidentQuestion, InterfaceWatch } from '../../port/observation.js';
import type { WatchedPart } from '../../port/watched-parts.js';
import { HUB } from '../../subgraph-folder.js';
import { type AwayNotes, createAwayNotes } from './away-notes.js';

/** What this process watches besides interfaces. */
export interface PartsWatch extends Pick<InterfaceWatch, 'incidents'> {
  readonly all: readonly WatchedPart[];
}

/** What is known of all interfaces by watching them, wherever they are watched. */
export interface HubWatch extends FeedWatch, Pick<AwayNotes, 'noteAway'> {
  healthOf(name: string, context: CallContext): Promise<FeedHealth | null>;
}

/** Each department and county is asked once a request. One that does not answer, or does not watch, tells nothing. */
export function joinWatches(
  feeds: readonly FeedPort[],
  parts: PartsWatch | null,
  { orNothing, noteAway }: AwayNotes = createAwayNotes(),
): HubWatch {
  const healthOf = new Map(
    feeds.map((feed) => [
      feed,
      perRequest(async (context): Promise<ReadonlyMap<string, FeedHealth>> => {
        const found = await orNothing(feed, feed.watch?.health(context), [], context);
        return new Map(found.map((one) => [one.interface, one]));
      }),
    ]),
  );
  const ownerOf = (name: string): FeedPort | undefined =>
    feeds.find((feed) => feed.interfaces().some((info) => info.name === name));
  return {
    health: async (context) => {
      const all = await Promise.all([...healthOf.values()].map((read) => read(context)));
      return all.flatMap((found) => [...found.values()]);
    },
    healthOf: async (name, context) => {
      const owner = ownerOf(name);
      const read = owner === undefined ? undefined : healthOf.get(owner);
      return (await read?.(context))?.get(name) ?? null;
    },
    serviceLevel: async (name, context) => {
      const owner = ownerOf(name);
      return owner === undefined
        ? null
        : orNothing(owner, owner.watch?.serviceLevel(name, context), null, context);
    },
    history: async (question, context) => {
      const owner = ownerOf(question.interface);
      return owner === undefined
        ? []
        : orNothing(owner, owner.watch?.history(question, context), [], context);
    },
    incidents: async (question, context) => {
      const found = await Promise.all([
        ...feeds.map((feed) => orNothing(feed, feed.watch?.incidents(question, context), [], context)),
        ...(parts === null ? [] : [orNothing(OWN, ofParts(parts, question), [], context)]),
      ]);
      return found.flat().sort(byUrgency).slice(0, question.limit);
    },
    noteAway,
  };
}

/** As this process calls itself where what it watches cannot be told. */
const OWN = { department: HUB };

async function ofParts(parts: PartsWatch, question: IncidentQuestion): Promise<readonly Incident[]> {
  const names = parts.all.map(({ name }) => name);
  const interfaces = question.interfaces?.filter((name) => names.includes(name)) ?? names;
  return interfaces.length === 0 ? [] : parts.incidents({ ...question, interfaces });
}

/** What lasts first, and of each the newest. */
function byUrgency(left: Incident, right: Incident): number {
  return Number(left.until !== null) - Number(right.until !== null) || right.since - left.since;
}
