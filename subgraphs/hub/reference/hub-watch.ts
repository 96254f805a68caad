import { GraphQLError, type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import { isErrorCode, publicError } from '../../../runtime/errors.js';
import type { FeedPort } from '../../feed/feed.js';
import type { FeedHealth, FeedWatch } from '../../feed/feed-watch.js';
import { noteError } from '../../port/answer-notes.js';
import type { Incident, IncidentQuestion, InterfaceWatch } from '../../port/observation.js';
import type { WatchedPart } from '../../port/watched-parts.js';
import { HUB } from '../../subgraph-folder.js';

/** What this process watches besides interfaces. */
export interface PartsWatch extends Pick<InterfaceWatch, 'incidents'> {
  readonly all: readonly WatchedPart[];
}

/** What is known of all interfaces by watching them, wherever they are watched. */
export interface HubWatch extends FeedWatch {
  healthOf(name: string, context: CallContext): Promise<FeedHealth | null>;
  /** Says at a field which departments and counties have not told what they know in this request; of each once. */
  noteAway(context: CallContext, at: Pick<GraphQLResolveInfo, 'path'>): void;
}

/** Each department and county is asked once a request. One that does not answer, or does not watch, tells nothing. */
export function joinWatches(feeds: readonly FeedPort[], parts: PartsWatch | null): HubWatch {
  /** Why departments and counties told nothing, in a request. */
  const awayIn = perRequest(() => new Map<string, { error: GraphQLError; isNoted: boolean }>());
  const orNothing = async <T>(
    { department }: Pick<FeedPort, 'department'>,
    asked: Promise<T> | undefined,
    nothing: T,
    context: CallContext,
  ): Promise<T> => {
    try {
      return (await asked) ?? nothing;
    } catch (caught) {
      const error = awayError(caught, department);
      const known = awayIn(context);
      if (!known.has(error.message)) known.set(error.message, { error, isNoted: false });
      return nothing;
    }
  };
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
    noteAway: (context, { path }) => {
      for (const away of awayIn(context).values()) {
        if (!away.isNoted) noteError(context, placedAt(away.error, responsePathAsArray(path)));
        away.isNoted = true;
      }
    },
  };
}

/** A county has said which it is; what fails here is nobody's who could be named. */
function awayError(caught: unknown, department: string): GraphQLError {
  const code = caught instanceof GraphQLError ? caught.extensions.code : undefined;
  if (caught instanceof GraphQLError && String(code).startsWith('COUNTY_')) return caught;
  if (isErrorCode(code)) return publicError(code, `${department}。`);
  const originalError = caught instanceof Error ? caught : undefined;
  return publicError('INTERNAL', '观测历史不可读。The history of what was observed cannot be read.', {
    ...(originalError !== undefined && { originalError }),
  });
}

function placedAt(
  { message, extensions, originalError }: GraphQLError,
  path: (string | number)[],
): GraphQLError {
  return new GraphQLError(message, {
    path,
    extensions,
    ...(originalError !== undefined && { originalError }),
  });
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
