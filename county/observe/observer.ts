import { type BlockedTimes, watchBlockedTimes } from '../../runtime/blocked-times.js';
import { sharedSignal } from '../../runtime/call/shared-signal.js';
import type { Clock } from '../../runtime/clock.js';
import { studyColumns, studyInterface } from '../../subgraphs/engine/observe/study.js';
import type { Department } from '../../subgraphs/engine/open-department.js';
import { type InterfaceOutcome, isAbsent } from '../../subgraphs/port/interface-outcome.js';
import {
  type HealthState,
  type IncidentNotes,
  type InterfaceHealth,
  type InterfaceWatch,
  MOST_OPEN,
} from '../../subgraphs/port/observation.js';
import type { SourceObserver } from '../../subgraphs/port/source-observer.js';
import type { WatchedPart } from '../../subgraphs/port/watched-parts.js';
import type { WorkingDays } from '../../subgraphs/values/dates/working-days.js';
import type { HoldStore } from '../hands/hold-store.js';
import type { County } from '../open-county.js';
import { systemContext } from '../system-context.js';
import { createCallsSeen } from './calls-seen.js';
import type { HistoryStore } from './history/history-store.js';
import type { ToldHealths } from './history/observing-turns.js';
import { IncidentBook } from './incidents.js';
import { judge } from './judge/judge.js';
import type { Verdict } from './judge/verdict.js';
import { createKeeping } from './keeping.js';
import { Observed } from './observed.js';
import { isDiskFull } from './parts/look-at-disk.js';
import { type HistoryStanding, type LookedAtHistory, lookAtHistory } from './parts/look-at-history.js';
import type { LookedAtPart } from './parts/look-at-part.js';
import { createServiceLevels } from './service-levels.js';
import { TakingTurns } from './taking-turns.js';
import { withWaiting } from './waiting-incidents.js';

/** What is watched of a county. */
export interface ObservedCounty extends Pick<County, 'drops'> {
  readonly departments: readonly Pick<Department, 'served' | 'broken'>[];
  readonly registry: Pick<County['registry'], 'asOf' | 'coverage'>;
}

interface ObserverOptions {
  readonly clock: Clock;
  readonly workingDays: Pick<WorkingDays, 'isWorkingDay'>;
  /** Closed with the observer. */
  readonly store: HistoryStore;
  /** What is looked at besides interfaces. Default: nothing. */
  readonly parts?: readonly LookedAtPart[];
  /** As what the history itself is watched. Default: it is not. */
  readonly history?: WatchedPart;
  /** Told every ten seconds, where it is watched. */
  readonly onHistory?: (standing: HistoryStanding) => void;
  /** Told, for the log, when something of it begins to fail; it goes on all the same. */
  readonly onFailure: (what: string, error: unknown) => void;
}

/** Watches a county's interfaces: measures, judges, and keeps what it found. */
/** What is watched in this process is known at once. */
export interface OwnWatch extends InterfaceWatch {
  health(interfaceName: string): InterfaceHealth | null;
}

export interface CountyObserver {
  readonly watch: OwnWatch;
  /** What is held back by hand at all machines that share its history; null: it shares none. */
  readonly holds: HoldStore | null;
  /** An observer that learns from every call what is to be known of its source. */
  watching(observer: SourceObserver): SourceObserver;
  /** Takes in what a look at all interfaces found. */
  looked(outcomes: readonly InterfaceOutcome[], requestId: string): void;
  /** Watches this county from now on, in the place of the one before. */
  observe(county: ObservedCounty): void;
  /** Notes something of incidents that last. @returns the ids of those that it watches. */
  note(ids: readonly string[], notes: IncidentNotes): Promise<readonly string[]>;
  /** Does what is due: studies, judging, writing. One at a time, however often it is called. Never fails. */
  tick(): Promise<void>;
  /** Does so again and again. */
  start(): void;
  /** Whether this is the process that observes, of those that share a history. */
  isObserving(): boolean;
  /** Gives up what it is doing at a source. */
  close(): Promise<void>;
}

const TICK_MS = 10_000;
const STUDY_BUDGET_MS = 30_000;
/** A study that failed, or that may not be made now, is tried again after so long. */
const STUDY_AGAIN_MS = 5 * 60_000;
/** What a history on another machine has not taken by then when the process ends is lost. */
const CLOSE_MS = 2000;
const COMPACT_EVERY_MS = 3_600_000;
/** Nobody has looked for so long: nobody knows. */
const UNKNOWN_AFTER_MS = 5 * 60_000;
/** From this share of its quota on, a source is left to those who need its rows. */
const QUOTA_LEFT_ALONE = 0.8;

export async function openObserver(options: ObserverOptions): Promise<CountyObserver> {
  const watching = new Watching(options);
  await watching.takeTurn();
  return watching;
}

class Watching implements CountyObserver {
  readonly watch: OwnWatch;
  readonly holds: HoldStore | null;
  readonly #options: ObserverOptions;
  readonly #turns: TakingTurns;
  #book = new IncidentBook([]);
  #remembered = new Map<string, string>();
  readonly #keeping;
  readonly #calls;
  readonly #blocked: BlockedTimes = watchBlockedTimes();
  #county: ObservedCounty | null = null;
  #all = new Map<string, Observed>();
  #working: Promise<void> | null = null;
  #looking: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #compactAt: number;
  readonly #closing = new AbortController();
  readonly #history: LookedAtHistory | null;

  constructor(options: ObserverOptions) {
    const { clock, store, onFailure } = options;
    this.#options = options;
    this.holds = store.holds;
    this.#turns = new TakingTurns(store, onFailure);
    this.#keeping = createKeeping(store, (error) => onFailure('history not written', error));
    this.#calls = createCallsSeen(clock, this.#blocked, (failure) => {
      this.#all.get(failure.interface)?.met(failure, this.#now());
    });
    this.#compactAt = this.#now();
    const { history: part, onHistory: onStanding = () => undefined } = options;
    const keeping = this.#keeping;
    this.#history = part === undefined ? null : lookAtHistory({ part, store, keeping, onStanding });
    const levels = createServiceLevels(store, clock);
    this.watch = {
      health: (name) => this.#health(name),
      serviceLevel: async (name) => {
        const one = this.#all.get(name);
        return one === undefined ? null : levels.of(name, one.thresholds?.available.at);
      },
      history: (question) => store.read(question),
      incidents: async (question) => {
        if (!this.#keeping.isFailing) await this.#keeping.write();
        const isStandingBy = this.#turns.isStandingBy(this.#now());
        const found = await store.incidents(question).catch((error: unknown) => {
          if (question.isOpen !== true || isStandingBy) throw error;
          return this.#book.openOnes(question);
        });
        return isStandingBy ? found : withWaiting(found, this.#keeping.waiting(), question);
      },
    };
  }

  watching(observer: SourceObserver): SourceObserver {
    return this.#calls.watching(observer);
  }

  observe(county: ObservedCounty): void {
    const now = this.#now();
    this.#county = county;
    const before = this.#all;
    this.#all = new Map(
      county.departments.flatMap(({ served, broken }) => [
        ...served.map(
          (one) =>
            [one.compiled.mapping.interface, new Observed(one.compiled.mapping.interface, one, now)] as const,
        ),
        ...broken
          .filter(({ cause }) => cause !== 'elsewhere')
          .map(({ info }) => [info.name, new Observed(info.name, null, now)] as const),
      ]),
    );
    for (const [name, one] of this.#all) {
      one.restore(this.#remembered);
      const earlier = before.get(name);
      if (earlier !== undefined) one.reach = earlier.reach;
    }
  }

  looked(outcomes: readonly InterfaceOutcome[], requestId: string): void {
    const now = this.#now();
    for (const outcome of outcomes) {
      const one = this.#all.get(outcome.interface);
      if (one === undefined) continue;
      // What must not be called now, or is held back by hand, fails for that reason alone.
      if (one.isQuiet(now) || one.heldBack() !== null) continue;
      one.looked(outcome, requestId, now);
      if (!this.#turns.isStandingBy(now)) this.#judge(one, now);
    }
  }

  async note(ids: readonly string[], notes: IncidentNotes): Promise<readonly string[]> {
    const { turns } = this.#options.store;
    // Whoever observes takes it over from the history.
    if (turns !== null && this.#turns.isStandingBy(this.#now())) return turns.note(ids, notes);
    const noted = this.#book.note(ids, notes);
    this.#keeping.changed(noted);
    await this.#keeping.write();
    return noted.map(({ id }) => id);
  }

  async tick(): Promise<void> {
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
    // Studies may take minutes: parts do not wait for them.
    this.#looking ??= this.#lookAtParts().finally(() => {
      this.#looking = null;
    });
    await Promise.all([this.#looking, this.#working]);
  }

  readonly isObserving = (): boolean => this.#turns.isMine;

  /** Begins to observe, goes on, or leaves it to another process. Never fails. */
  async takeTurn(): Promise<void> {
    const { others, known } = await this.#turns.take(this.#now());
    if (others !== null) this.#keeping.handOver(others);
    if (known === null) return;
    this.#keeping.goOnFrom(known.remembered);
    this.#book = new IncidentBook(known.incidents);
    this.#remembered = new Map([...this.#remembered, ...known.remembered]);
    for (const one of this.#all.values()) one.restore(this.#remembered);
  }

  start(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.tick(), TICK_MS);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#blocked.close();
    this.#county = null;
    this.#closing.abort();
    const { store } = this.#options;
    // One on another machine may hang.
    const late = store.turns === null ? undefined : setTimeout(() => void store.close(), CLOSE_MS);
    await Promise.all([this.#looking, this.#working]);
    await this.#keeping.write();
    clearTimeout(late);
    await store.close();
  }

  async #work(): Promise<void> {
    const { store, onFailure } = this.#options;
    try {
      await this.takeTurn();
      if (this.#turns.isStandingBy(this.#now())) {
        // What was found before another one began.
        await this.#keeping.write();
        return;
      }
      await this.#takeNotes();
      await this.#lookAtHeld();
      for (const one of this.#all.values()) await this.#studyIfDue(one);
      for (const one of this.#all.values()) this.#judge(one, this.#now());
      await this.#keeping.write();
      await this.#turns.tell(() => this.#found());
      if (this.#now() >= this.#compactAt) {
        this.#compactAt = this.#now() + COMPACT_EVERY_MS;
        await store.compact(this.#now());
      }
    } catch (error) {
      onFailure('observing failed', error);
    }
  }

  /** What was noted through other processes that share the history. */
  async #takeNotes(): Promise<void> {
    const { store } = this.#options;
    if (store.turns === null) return;
    const kept = await store.incidents({ isOpen: true, limit: MOST_OPEN }).catch(() => []);
    this.#keeping.changed(this.#book.takeNotes(kept));
  }

  async #lookAtParts(): Promise<void> {
    // Who stands by tells nobody, but must know for its metrics.
    const parts = this.#turns.isStandingBy(this.#now()) ? [] : (this.#options.parts ?? []);
    const take = (part: WatchedPart, verdict: Verdict): Verdict => {
      const now = this.#now();
      if (!this.#turns.isStandingBy(now)) this.#keeping.changed(this.#book.advance(part.name, verdict, now));
      return verdict;
    };
    const found = await Promise.all(parts.map(async ({ part, look }) => take(part, await look(this.#now()))));
    if (this.#history === null) return;
    const { part, look } = this.#history;
    take(part, await look(this.#now(), found.some(isDiskFull)));
  }

  /** Drops and the index, which lie here. */
  async #lookAtHeld(): Promise<void> {
    const county = this.#county;
    if (county === null) return;
    for (const state of await county.drops()) {
      this.#remember(this.#all.get(state.interface)?.dropped(state) ?? []);
    }
    if (county.registry.asOf() === null) return;
    const context = systemContext(this.#options.clock, 'observe', STUDY_BUDGET_MS);
    for (const outcome of await county.registry.coverage(context)) {
      const one = this.#all.get(outcome.interface);
      if (one !== undefined && one.heldBack() === null) one.isIndexed = !isAbsent(outcome);
    }
  }

  async #studyIfDue(one: Observed): Promise<void> {
    const now = this.#now();
    const { served, thresholds, reach } = one;
    if (this.#county === null || served === null || thresholds === null || now < one.studyAt) return;
    one.studyAt = now + STUDY_AGAIN_MS;
    const hasLost = reach.failure?.code === 'SOURCE_COLUMN_MISSING';
    if ((reach.failure !== null && !hasLost) || one.lookedAt === null) return;
    if (one.isQuiet(now) || one.heldBack() !== null || this.#isQuotaShort(one.name)) return;
    const context = {
      ...systemContext(this.#options.clock, 'study', STUDY_BUDGET_MS),
      signal: sharedSignal(this.#closing.signal, AbortSignal.timeout(STUDY_BUDGET_MS)),
      lane: 'background' as const,
    };
    try {
      const found = await (hasLost
        ? studyColumns(served, context)
        : studyInterface(served, thresholds, context));
      one.studyAt = now + thresholds.everySeconds * 1000;
      this.#remember(one.studied(found, this.#now()));
    } catch {
      // The look at it tells what fails, and since when.
    }
  }

  #isQuotaShort(name: string): boolean {
    const quotas = this.#calls.sourceOf(name)?.quotas ?? [];
    return quotas.some(({ used, limit }) => used >= limit * QUOTA_LEFT_ALONE);
  }

  #judge(one: Observed, now: number): void {
    // What was found before it was held back stands until somebody looks again.
    if (one.lookedAt === null || one.heldBack() !== null) return;
    const { workingDays } = this.#options;
    const { thresholds, mapped } = one;
    const verdict = judge(one.seen(this.#calls, now), { thresholds, mapped, workingDays, now });
    one.measurements = verdict.measurements;
    this.#keeping.measured(one.name, verdict.measurements);
    this.#keeping.changed(this.#book.advance(one.name, verdict, now));
    this.#setState(one, now);
  }

  #setState(one: Observed, now: number): void {
    const open = this.#book.open(one.name);
    const isDown =
      one.isMissing && one.reach.failure !== null && open.some(({ severity }) => severity === 'CRITICAL');
    const state: HealthState = isDown ? 'DOWN' : open.length > 0 ? 'AMISS' : 'WELL';
    if (state === one.state) return;
    one.state = state;
    one.since = isDown ? (one.reach.failure?.since ?? now) : now;
    this.#remember([[`state ${one.name}`, JSON.stringify({ state, since: one.since })]]);
  }

  #health(name: string): InterfaceHealth | null {
    const one = this.#all.get(name);
    if (one === undefined) return null;
    const { lookedAt, since, measurements, drop } = one;
    const held = one.heldBack();
    if (held !== null) return { state: held.state, since: held.since, measurements, drop };
    const now = this.#now();
    if (this.#turns.isStandingBy(now)) return this.#toldHealth(one, now);
    const isKnown = lookedAt !== null && (one.isQuiet(now) || now - lookedAt < UNKNOWN_AFTER_MS);
    if (!isKnown) return { state: 'UNKNOWN', since: lookedAt ?? since, measurements, drop };
    return { state: one.state, since, measurements, drop };
  }

  /** As the process says that observes. */
  #toldHealth({ name, since }: Observed, now: number): InterfaceHealth {
    const told = this.#turns.toldOf(name);
    if (told === null) return { state: 'UNKNOWN', since, measurements: [], drop: null };
    const isOld = now - told.at >= UNKNOWN_AFTER_MS;
    return isOld ? { ...told.health, state: 'UNKNOWN', since: told.at } : told.health;
  }

  #found(): ToldHealths {
    const healths = [...this.#all.keys()].flatMap((name) => {
      const health = this.#health(name);
      return health === null ? [] : [[name, health] as const];
    });
    return { at: this.#now(), healths: new Map(healths) };
  }

  #remember(said: readonly (readonly [name: string, said: string])[]): void {
    for (const [name, text] of said) {
      this.#remembered.set(name, text);
      this.#keeping.remember(name, text);
    }
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}
