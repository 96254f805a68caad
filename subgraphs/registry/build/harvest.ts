import type { Database } from 'better-sqlite3';
import type { FeedPort, InterfaceInfo } from '../../feed/feed.js';
import { KINDS } from '../../kinds/kinds.js';
import { isAbsent } from '../../port/interface-outcome.js';
import { saveSource } from '../read/read-sources.js';
import { carryOver } from './carry-over.js';
import { createRowKeeper } from './keep-rows.js';
import { type Walk, type WalkOptions, walkInterface } from './walk-interface.js';

/**
 * Walks every interface that can be listed, and keeps what its rows say about identity, and their numbers. Those that
 * feed nothing but facets are walked too: without the spellings that they hold, their rows could not be found again.
 *
 * @param previous an index that still holds what a now failing interface said before
 */
export async function harvest(
  feeds: readonly FeedPort[],
  db: Database,
  previous: Database | null,
  options: WalkOptions,
): Promise<void> {
  for (const walk of contributing(feeds)) {
    const { info } = walk;
    const keep = createRowKeeper(db, info, options.personKey);
    const { outcome, mark } = await walkInterface(walk, { all: [] }, db, keep, options);
    const walked = {
      interface: info.name,
      kind: info.kind,
      outcome,
      numbers: info.numbers ?? [],
      mark,
    };
    const kept = isAbsent(outcome) ? previous : null;
    saveSource(db, kept === null ? walked : await carryOver(kept, db, walked, options.signal));
  }
}

/** Interfaces that the identity index is built from, in a fixed order: those that can be walked. */
export function contributing(feeds: readonly FeedPort[]): readonly Walk[] {
  return feeds
    .flatMap((feed) => feed.interfaces().map((info) => ({ feed, info })))
    .filter(({ info }) => !info.lookupOnly && info.requires === undefined)
    .sort(
      (left, right) => rankOf(left.info) - rankOf(right.info) || (left.info.name < right.info.name ? -1 : 1),
    );
}

function rankOf({ kind }: InterfaceInfo): number {
  return kind === null ? KINDS.length : KINDS.indexOf(kind);
}
