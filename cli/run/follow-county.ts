import type { Edition } from '../../county/follow/county-talk.js';
import { type FollowedEdition, followEdition } from '../../county/follow/follow-county.js';
import type { FreshnessKeeper } from '../../county/keep-fresh.js';
import type { StateLog } from '../../gateway/observe/state-log.js';
import type { ToldInterface } from '../../subgraphs/engine/follow/county-keeper.js';
import type { StartOptions } from '../verbs/verb-bodies.js';
import type { KeptElsewhere } from '../workers/keeper.js';
import { countyFiles } from './county-files.js';
import { digestFiles } from './digest-files.js';
import { openServedCounty, type ServedCounty, type ServedCountyOptions } from './served-county.js';

/** What one process gives every opening of a county that it follows. */
interface Following {
  readonly keeper: KeptElsewhere;
  readonly options: StartOptions;
  readonly freshness: Pick<FreshnessKeeper, 'look'>;
}

/** A county that another process keeps: what it reads is served from its files, and what it says is taken over at once. */
export function followCounty({ keeper, options, freshness }: Following): {
  open(given: Omit<ServedCountyOptions, 'shared' | 'begin'>): Promise<ServedCounty>;
  /** Of its newest edition; null: none was opened yet. */
  told(interfaceName: string): ToldInterface | null;
} {
  const editions = new Map<Edition, FollowedEdition>();
  keeper.onTold((edition, changed, looked) => {
    editions.get(edition)?.take(changed);
    if (looked) void freshness.look();
  });
  let newest: FollowedEdition | null = null;
  return {
    told: (name) => newest?.told(name) ?? null,
    open: async (given) => {
      const facts = await keeper.talk.ask('county');
      const edition = followEdition(facts, keeper.talk);
      editions.set(facts.edition, edition);
      newest = edition;
      // What is told of editions before is of no use to anybody.
      for (const number of editions.keys()) if (number < facts.edition - 1) editions.delete(number);
      requireSameFiles(facts.filesDigest, digestFiles(countyFiles(given.root, options)));
      return openServedCounty({
        ...given,
        shared: { processes: facts.processes, keeper: edition },
        begin: () => keeper.talk.ask('begin', facts.edition),
      });
    },
  };
}

/** @throws {Error} when the files have been changed since the county was read that the others serve. */
function requireSameFiles(kept: string, found: string): void {
  if (kept === found) return;
  throw new Error(
    '县的文件在读取之后已更改，须重新读取（SIGHUP）。Cannot serve the county: its files must be those that the others serve, but have been changed since; have them read again (SIGHUP)',
  );
}

/** So seldom one interface is told of again. */
const AGAIN_MS = 1000;

/** Tells the process that keeps the county what answers lack, so that one log has it. */
export function stateLogElsewhere({ talk }: Pick<KeptElsewhere, 'talk'>): StateLog {
  const toldAt = new Map<string, number>();
  const log: StateLog = {
    found: (outcome, requestId, error) => {
      const now = performance.now();
      if (now - (toldAt.get(outcome.interface) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
      toldAt.set(outcome.interface, now);
      const said = error instanceof Error ? error.message : '';
      void talk.ask('foundMissing', outcome, requestId, said).catch(() => undefined);
    },
    watching: (observer) => ({
      ...observer,
      failure: (event) => {
        observer.failure(event);
        log.found(event.outcome, event.requestId, event.error);
      },
    }),
  };
  return log;
}
