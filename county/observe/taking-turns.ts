import type { InterfaceHealth } from '../../subgraphs/port/observation.js';
import type { HistoryStore } from './history/history-store.js';
import type { ToldHealths } from './history/observing-turns.js';

/** What a history knows of the time before. */
type Known = Awaited<ReturnType<HistoryStore['load']>>;

/** From a moment on, and before another; epoch milliseconds. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

/** What follows from a turn that was taken, or not. */
interface TurnTaken {
  /** When another process observed, so that this one's findings of that time do not count; null: none has. */
  readonly others: Span | null;
  /** What to go on from; null: from what this process knows. */
  readonly known: Known | null;
}

/** Whoever cannot ask for so long whether another one observes does so for itself. Milliseconds. */
const ALONE_AFTER_MS = 2 * 60_000;
const NOTHING_NEW: TurnTaken = { others: null, known: null };

/**
 * Whether this process observes, or shows what another one finds. It observes from the start, and as long as the history is away,
 * unless another one was known to.
 */
export class TakingTurns {
  readonly #store: HistoryStore;
  readonly #onFailure: (what: string, error: unknown) => void;
  #isMine = true;
  #isToLoad = true;
  /** When the history was reached last. */
  #reachedAt = Number.NEGATIVE_INFINITY;
  #told: ToldHealths | null = null;
  #isFailing = false;
  /** What is yet to be told of the turn that was taken: the history may be lost again before it was read. */
  #others: Span | null = null;

  /** @param onFailure told when the history begins to be away. */
  constructor(store: HistoryStore, onFailure: (what: string, error: unknown) => void) {
    this.#store = store;
    this.#onFailure = onFailure;
  }

  /** Whether this process observes for all, and tells people of what it finds. */
  get isMine(): boolean {
    return this.#isMine;
  }

  /** Whether another one observes, and this process but shows what that told. */
  isStandingBy(now: number): boolean {
    return !this.#isMine && now - this.#reachedAt < ALONE_AFTER_MS;
  }

  /** What the one who observes found of it; null: nothing. */
  toldOf(interfaceName: string): { readonly at: number; readonly health: InterfaceHealth } | null {
    const health = this.#told?.healths.get(interfaceName);
    return this.#told === null || health === undefined ? null : { at: this.#told.at, health };
  }

  /** Takes the turn, where it is free. Never fails. */
  async take(now: number): Promise<TurnTaken> {
    try {
      const taken = await this.#take(now);
      this.#reachedAt = now;
      this.#isFailing = false;
      return taken;
    } catch (error) {
      if (!this.#isFailing) this.#onFailure('history not read', error);
      this.#isFailing = true;
      // A history of this process alone is not read again once it has been added to.
      if (this.#store.turns === null) this.#isToLoad = false;
      return NOTHING_NEW;
    }
  }

  /** Tells the others, if there are any. */
  async tell(found: () => ToldHealths): Promise<void> {
    const { turns } = this.#store;
    if (turns === null || !this.#isMine || this.#isFailing) return;
    await turns.tell(found()).catch(() => undefined);
  }

  async #take(now: number): Promise<TurnTaken> {
    const { turns } = this.#store;
    const turn = turns === null ? ({ kind: 'OURS', other: null } as const) : await turns.take(now);
    if (turn.kind === 'OTHERS') {
      this.#isMine = false;
      this.#isToLoad = true;
      this.#told = (await turns?.told()) ?? null;
      const others = turn.since === null ? null : { since: turn.since, until: Number.POSITIVE_INFINITY };
      return { others, known: null };
    }
    if (turn.other !== null) {
      this.#isToLoad = true;
      this.#others = { since: turn.other, until: now };
    }
    const known = this.#isToLoad ? await this.#store.load(now) : null;
    const others = this.#others;
    this.#isToLoad = false;
    this.#others = null;
    this.#isMine = true;
    return { others, known };
  }
}
