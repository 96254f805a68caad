import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedPort, InterfaceInfo } from '../../feed/feed.js';
import type { Kind } from '../../kinds/kinds.js';
import { type InterfaceOutcome, isAbsent } from '../../port/interface-outcome.js';

export interface Mentions {
  readonly some: boolean;
  /** Interfaces that gave no answer: they may hold a row. */
  readonly absent: readonly InterfaceOutcome[];
}

/** Whether a source holds a row about somebody now, whom the index does not know. */
export async function findMentions(
  feeds: readonly FeedPort[],
  keys: readonly string[],
  context: CallContext,
): Promise<Mentions> {
  const asked = feeds.flatMap((feed) =>
    [...groupByKind(feed.interfaces())].map(([kind, interfaces]) =>
      feed.page(
        {
          kind,
          where: { subject: keys },
          orderBy: [],
          reversed: false,
          limit: 1,
          fields: [],
          interfaces,
        },
        context,
      ),
    ),
  );
  const parts = (await Promise.all(asked)).flat();
  return {
    some: parts.some(({ data }) => (data?.rows.length ?? 0) > 0),
    absent: parts.filter(isAbsent),
  };
}

function groupByKind(infos: readonly InterfaceInfo[]): ReadonlyMap<Kind | null, readonly string[]> {
  const groups = new Map<Kind | null, string[]>();
  for (const { kind, name } of infos) groups.set(kind, [...(groups.get(kind) ?? []), name]);
  return groups;
}
