import { setMaxListeners } from 'node:events';
import type { CallContext } from './call-context.js';
import type { Caller } from './caller.js';
import type { Lane } from './lane.js';
import type { RequestTrail } from './request-trail.js';

type CallIdentity = Pick<CallContext, 'requestId' | 'today' | 'caller' | 'lane' | 'trail'>;

/** A call that somebody waits for until it ends, is left, or its time is up. Its signal is made when somebody asks for it. */
export class OpenCall implements CallContext {
  readonly requestId: string;
  readonly today: string;
  readonly caller: Caller;
  readonly lane: Lane;
  readonly deadline: number;
  readonly trail?: RequestTrail;
  readonly #timer: NodeJS.Timeout;
  #listeners: (() => void)[] = [];
  #abort: AbortController | null = null;
  #isOver = false;
  #onStalled: () => void = () => undefined;

  /**
   * @param timeMs until nobody waits any more.
   * @param deadline what those who work for the call are told, milliseconds since the epoch.
   */
  constructor(
    { requestId, today, caller, lane = 'interactive', trail }: CallIdentity,
    timeMs: number,
    deadline: number,
  ) {
    this.requestId = requestId;
    this.today = today;
    this.caller = caller;
    this.lane = lane;
    this.deadline = deadline;
    if (trail !== undefined) this.trail = trail;
    this.#timer = setTimeout(() => this.leave(), timeMs);
  }

  get signal(): AbortSignal {
    if (this.#abort === null) {
      this.#abort = new AbortController();
      // Every source below a subgraph listens; without this Node takes the eleventh for a leak.
      setMaxListeners(0, this.#abort.signal);
      if (this.#isOver) this.#abort.abort();
    }
    return this.#abort.signal;
  }

  onOver(listener: () => void): () => void {
    if (this.#isOver) listener();
    else this.#listeners.push(listener);
    return () => {
      const place = this.#listeners.indexOf(listener);
      if (place >= 0) this.#listeners.splice(place, 1);
    };
  }

  stalled(): void {
    this.#onStalled();
  }

  /** @param listener called whenever the call is told to be stalled, in the place of an earlier one. */
  onStalled(listener: () => void): void {
    this.#onStalled = listener;
  }

  /** Nobody waits any more; of no effect after the end. */
  leave(): void {
    if (this.#isOver) return;
    const listeners = this.#listeners;
    this.end();
    this.#abort?.abort();
    for (const listener of listeners) listener();
  }

  /** The answer is there. */
  end(): void {
    this.#isOver = true;
    this.#listeners = [];
    clearTimeout(this.#timer);
  }

  protected get isOver(): boolean {
    return this.#isOver;
  }
}
