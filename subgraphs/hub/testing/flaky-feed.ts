import type { FeedPart, FeedPort } from '../../feed/feed.js';
import { missingOutcome } from '../../port/interface-outcome.js';

/**
 * A feed whose interfaces give nothing now and then.
 *
 * @param fails asked for every call and interface.
 */
export function makeFlaky(feed: FeedPort, fails: (interfaceName: string) => boolean): FeedPort {
  const dropSome = <T>(parts: readonly FeedPart<T>[]): readonly FeedPart<T>[] =>
    parts.map((part) =>
      fails(part.interface)
        ? missingOutcome({ name: part.interface, department: part.department }, 'SOURCE_TIMEOUT', 1)
        : part,
    );
  return {
    ...feed,
    page: async (request, context) => dropSome(await feed.page(request, context)),
    tally: async (request, context) => dropSome(await feed.tally(request, context)),
  };
}
