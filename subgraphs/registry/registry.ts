import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { CallContext } from '../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../runtime/call/caller.js';
import { sharedSignal } from '../../runtime/call/shared-signal.js';
import { type Clock, countyMoment, systemClock } from '../../runtime/clock.js';
import { publicError, publicReason } from '../../runtime/errors.js';
import { withoutStack } from '../../runtime/without-stack.js';
import type { FeedPort, InterfaceInfo } from '../feed/feed.js';
import type { KnownRefs } from '../feed/known-refs.js';
import type { RegistryPort, SubjectFilter, SubjectIdentity } from '../feed/registry-port.js';
import { formatRef, type Scheme } from '../kinds/subject-key.js';
import { countyOf } from '../port/county-name.js';
import { type InterfaceOutcome, missingOutcome } from '../port/interface-outcome.js';
import type { PersonKey } from '../values/identifiers/person-key.js';
import { readSubjectRef } from '../values/identifiers/subject-ref.js';
import { buildIndex } from './build/build-index.js';
import { carryAll } from './build/carry-over.js';
import { contributing, harvest } from './build/harvest.js';
import type { Walk, WalkOptions } from './build/walk-interface.js';
import { digestPersonKey, type IndexMeta } from './index-meta.js';
import { findBearers } from './read/bearers.js';
import { type Alternatives, findAlternatives } from './read/disputed.js';
import { findCandidates } from './read/find-candidates.js';
import { findMentions, type Mentions } from './read/find-mentions.js';
import { findNumbers } from './read/find-numbers.js';
import { isKnown, resolveRefs } from './read/identities.js';
import { listRefs } from './read/list-refs.js';
import { type OpenIndex, openIndex } from './read/open-index.js';
import { relatedIds } from './read/relations.js';
import { selectPage } from './read/select-subjects.js';
import { countSubjects, tallySubjects } from './read/tally-subjects.js';
import { createIdentityPace } from './renew/identity-pace.js';
import { renewIndex } from './renew/renew-index.js';

/** Without a stack: that would hold on to whoever asked for it. */
const RESTS = withoutStack(() => new Error('Cannot go on: the registry rests'));
/** How long a department may take for one page while the index is built, milliseconds. */
const PAGE_BUDGET_MS = 30_000;
/** How often it is looked at most whether another process has written the index. */
const LOOK_EVERY_MS = 500;

interface RegistryOptions {
  readonly feeds: readonly FeedPort[];
  /** The index file; its folder is made when it is absent. */
  readonly file: string;
  readonly personKey: PersonKey;
  readonly clock?: Clock;
  /** Milliseconds of a clock that never goes back, by which renewals are paced. Default: the process's. */
  readonly pace?: () => number;
  /** Builds and renews the index where another process does; resolves when there is one. Absent: this process does. */
  readonly buildElsewhere?: () => Promise<void>;
}

/** The registry in this process. Questions before the first build wait for it. */
export interface Registry extends RegistryPort {
  /** Makes sure that there is an index: at once when the file still fits these feeds and this key. */
  build(): Promise<void>;
  /** Builds anew and swaps the new index in; the old one answers meanwhile. Calls while it runs share the run. */
  refresh(): Promise<void>;
  /**
   * Adds what changed in the sources, and interfaces that the index lacks. Who is who is worked out anew where rows tell
   * something new of that, at most every two minutes and a tenth of the time.
   */
  renew(): Promise<void>;
  /** When the index was built as a whole, ISO 8601 at +08:00; null before the first build. */
  asOf(): string | null;
  /** What the index knows of one scheme; null before the first build. */
  readonly knownRefs: KnownRefs;
  /** Refs that a text in any spelling gives, best first; empty when it cannot be read as one of that scheme. */
  read(scheme: Scheme, text: string): readonly string[];
  /** Whether any source holds a row about a subject: what the index knows, or else what sources say now. */
  knows(subject: SubjectIdentity, context: CallContext): Promise<Mentions>;
  /** What registers disagree about, for each of `ids`; an empty list where they agree. */
  alternatives(
    ids: readonly string[],
    context: CallContext,
  ): Promise<ReadonlyMap<string, readonly Alternatives[]>>;
  /** Renews and builds no more, since another registry does on the same file. It answers on from what it has. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the stored index if there is a fitting one; reads no feed yet. */
export function createRegistry({
  feeds,
  file,
  personKey,
  clock = systemClock,
  pace = () => performance.now(),
  buildElsewhere,
}: RegistryOptions): Registry {
  const keyDigest = digestPersonKey(personKey);
  // A county below may tell of its interfaces later, and of others.
  const walks = (): readonly Walk[] => contributing(feeds);
  const interfaces = (): readonly string[] =>
    walks()
      .map(({ info }) => info.name)
      .sort();
  const identityPace = createIdentityPace(pace);
  const closing = new AbortController();
  /** Of what is read to keep the index current: a page that is on its way still arrives. */
  const keeping = new AbortController();
  const isOwn = buildElsewhere === undefined;
  const open = (): OpenIndex | null => openFitting({ file, keyDigest, interfaces: interfaces(), isOwn });
  let fileSeen = isOwn ? null : fileIdentity(file);
  let lookedAt = performance.now();
  let current = open();
  let building: Promise<void> | null = null;
  let renewing: Promise<void> | null = null;

  const makeContext = (): CallContext => ({
    requestId: 'registry-refresh',
    caller: ANONYMOUS,
    signal: sharedSignal(closing.signal, AbortSignal.timeout(PAGE_BUDGET_MS)),
    deadline: Date.now() + PAGE_BUDGET_MS,
    today: clock.today(),
  });
  const walking: WalkOptions = { personKey, makeContext, signal: keeping.signal };
  const replace = async (builtAt: string, fill: (db: Database) => Promise<void>): Promise<void> => {
    mkdirSync(dirname(file), { recursive: true });
    const meta: IndexMeta = { interfaces: interfaces(), keyDigest, builtAt };
    await buildIndex({ fill, file, meta, signal: keeping.signal });
    const fresh = openIndex(file);
    if (fresh === null) throw publicError('INTERNAL');
    current?.retire();
    current = fresh;
  };
  const rebuild = async (): Promise<void> => {
    const previous = current?.db ?? null;
    await replace(countyMoment(clock.now()), (db) => harvest(feeds, db, previous, walking));
  };
  const renewNow = async (): Promise<void> => {
    const index = current;
    if (index === null) return;
    await index.use(() => renewIndex(index, walks(), walking));
    if (keeping.signal.aborted || !index.hasNews || !identityPace.isDue()) return;
    await identityPace.spend(() =>
      replace(index.meta.builtAt, (db) => carryAll(index.db, db, keeping.signal)),
    );
  };
  // One at a time: what a build does not know of would be lost with the file that it replaces.
  const refresh = (): Promise<void> => {
    if (buildElsewhere !== undefined) return follow(buildElsewhere);
    building ??= (async () => {
      await renewing?.catch(() => undefined);
      await rebuild();
    })().finally(() => {
      building = null;
    });
    return building;
  };
  const renew = (): Promise<void> => {
    if (!isOwn) return Promise.resolve();
    if (keeping.signal.aborted) return Promise.resolve();
    if (building !== null) return building;
    renewing ??= renewNow()
      .catch((error: unknown) => {
        // Whoever renews it next finds what this one has not.
        if (!keeping.signal.aborted) throw error;
      })
      .finally(() => {
        renewing = null;
      });
    return renewing;
  };
  /** Takes over an index that another process has put in the place of this one, and what it has added to it. */
  const lookAgain = (): void => {
    lookedAt = performance.now();
    const now = fileIdentity(file);
    if (now === fileSeen && current !== null) current.look();
    else {
      fileSeen = now;
      const fresh = open();
      // That of another set of mappings, while they are read again.
      if (fresh === null) return;
      current?.retire();
      current = fresh;
    }
  };
  const follow = async (build: () => Promise<void>): Promise<void> => {
    await build();
    lookAgain();
  };
  const lookIfDue = (): void => {
    if (!isOwn && performance.now() - lookedAt > LOOK_EVERY_MS) lookAgain();
  };
  const rest = async (): Promise<void> => {
    keeping.abort(RESTS);
    await Promise.allSettled([building, renewing]);
  };
  const ask = async <T>(context: CallContext, work: (index: OpenIndex) => Promise<T>): Promise<T> => {
    if (closing.signal.aborted) throw publicError('SUBGRAPH_UNAVAILABLE');
    lookIfDue();
    if (current === null) await untilAborted(refresh(), context.signal);
    if (current === null) throw publicError('SUBGRAPH_UNAVAILABLE');
    return current.use(work);
  };
  return {
    build: () => (current === null ? refresh() : Promise.resolve()),
    refresh,
    renew,
    asOf: () => current?.meta.builtAt ?? null,
    knownRefs: (scheme) => (current === null ? null : listRefs(current, scheme)),
    read: (scheme, text) =>
      readSubjectRef(scheme, text, { personKey }).refs.map((ref) => formatRef(ref.scheme, ref.value)),
    rest,
    close: async () => {
      closing.abort(RESTS);
      await rest();
      current?.retire();
      current = null;
    },
    resolve: (refs, context) => ask(context, (index) => resolveRefs(index, refs, personKey, context)),
    bearers: (refs, context) => ask(context, (index) => findBearers(index, refs, personKey, context)),
    knows: async (subject, context) => {
      const isIndexed = await ask(context, (index) => Promise.resolve(isKnown(index, subject.id)));
      return isIndexed ? { some: true, absent: [] } : findMentions(feeds, subject.keys, context);
    },
    alternatives: (ids, context) => ask(context, (index) => findAlternatives(index, ids, context)),
    related: (ids, role, reverse, context) =>
      ask(context, (index) => relatedIds(index, ids, role, reverse, context)),
    page: (request, context) =>
      ask(context, (index) => {
        const where = withinScope(request.where, context);
        return selectPage(index, { ...request, where }, personKey, context);
      }),
    count: (where, context) =>
      ask(context, (index) => countSubjects(index, withinScope(where, context), personKey, context)),
    tally: (where, by, context) =>
      ask(context, (index) => tallySubjects(index, withinScope(where, context), by, personKey, context)),
    candidates: (text, limit, context) =>
      ask(context, async (index) => {
        const found = await findCandidates(index, text, limit, personKey, context);
        return found.filter(({ subject }) => isWithinScope(subject, context));
      }),
    // Without an index, sources are asked as ever: nobody waits for it.
    numbers: async (kind, wanted, context) => {
      lookIfDue();
      return current === null
        ? { rows: wanted.map(() => []), read: [] }
        : current.use((index) => findNumbers(index, kind, wanted, context));
    },
    coverage: (context) =>
      ask(context, (index) =>
        Promise.resolve(
          walks()
            .map(({ info }) => outcomeOfSource(index, info))
            .sort(byInterface),
        ),
      ),
  };
}

/**
 * Lists and candidates hold subjects of the caller's townships alone. Who a row is about that he may see is told wherever
 * the subject is registered.
 */
function withinScope(where: SubjectFilter, { caller }: CallContext): SubjectFilter {
  const { townships } = caller.scope;
  return townships === null ? where : { ...where, all: [...(where.all ?? []), { townships }] };
}

function isWithinScope({ township }: SubjectIdentity, { caller }: CallContext): boolean {
  const { townships } = caller.scope;
  return townships === null || (township !== null && townships.includes(township));
}

/** One that is there and that the index was not built from is read when the index is renewed. */
function outcomeOfSource({ sources }: OpenIndex, info: InterfaceInfo): InterfaceOutcome {
  const known = sources.find((source) => source.interface === info.name);
  if (known !== undefined) return known.outcome;
  const reason = publicReason('COUNTY_UNAVAILABLE', '尚未并入主体登记。It is no part of the register yet.');
  return { ...missingOutcome(info, 'COUNTY_UNAVAILABLE', 0), reason };
}

function byInterface(left: InterfaceOutcome, right: InterfaceOutcome): number {
  return left.interface < right.interface ? -1 : 1;
}

interface WantedIndex {
  readonly file: string;
  readonly keyDigest: string;
  readonly interfaces: readonly string[];
  readonly isOwn: boolean;
}

/** Another text for another file of that name, whatever was written to it. */
function fileIdentity(file: string): string | null {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? null : `${stats.dev} ${stats.ino} ${stats.birthtimeNs}`;
}

/** Interfaces of counties below come and go: what an index lacks of them is read when it is renewed. */
function openFitting({ file, keyDigest, interfaces, isOwn }: WantedIndex): OpenIndex | null {
  const index = openIndex(file, { isOwn });
  if (index === null) return null;
  const { meta } = index;
  const own = (names: readonly string[]): string =>
    JSON.stringify(names.filter((name) => countyOf(name) === null));
  if (meta.keyDigest === keyDigest && own(meta.interfaces) === own(interfaces)) return index;
  index.retire();
  return null;
}

/** Waits no longer than the caller does; the work itself goes on. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => reject(publicError('SUBGRAPH_TIMEOUT'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
