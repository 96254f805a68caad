import { availableParallelism } from 'node:os';
import { InOrder } from '../../../../runtime/churn/in-order.js';
import { type FollowedRequests, followRequests } from '../../../../runtime/rest/follow-requests.js';
import { ThreadLost, WorkerThread } from '../../../../runtime/thread/worker-thread.js';
import type { SqliteQuestion } from './sqlite-thread.mjs';

export type Rows = readonly (readonly unknown[])[];

export type SqliteThread = WorkerThread<SqliteQuestion, Rows>;

/** Threads that are started as soon as they are of use, and stay, while somebody asks. At rest one does. */
const AT_ONCE = Math.max(2, Math.min(4, availableParallelism()));
/**
 * How long no thread has become free, nor been started, before one more is started for a statement that waits. While threads become
 * free another one would only take their time: each costs 40 ms to start.
 */
const PATIENCE_MS = 50;
/** The longest that a statement waits for a thread, though others become free. */
const LONGEST_WAIT_MS = 500;
/** How long more threads than are needed stay without work: each holds some 25 MB. */
const IDLE_MS = 10_000;
/** Who has asked so lately may ask again soon. Milliseconds. */
const LATELY_MS = 20_000;
/** Megabytes for young objects of a thread: it makes rows and sends them away, and what it grew to once it would keep. */
const YOUNG_GENERATION_MB = 12;

const UNUSED = new ThreadLost('', 'no file is read any more');

interface Wish {
  readonly use: (thread: SqliteThread) => void;
  /** Milliseconds of this process's monotonic clock. */
  readonly since: number;
  timer: NodeJS.Timeout;
  /** Takes it out of those that wait. */
  leave: () => void;
}

interface Idle {
  readonly thread: SqliteThread;
  /** Ends the thread when it has been of no use for long. */
  readonly timer: NodeJS.Timeout;
}

/**
 * The threads of all SQLite files of a process. Most statements take a millisecond, so that a few threads serve many
 * files; while these are held by slow or locked ones, others are started, one after the other, so that nobody waits long
 * for another file's statement. What was started so ends when it has been idle.
 */
export class SqliteThreadPool {
  readonly #all = new Set<SqliteThread>();
  /** The one that was used last is lent first, so that the others can end. */
  readonly #idle: Idle[] = [];
  readonly #wishes = new InOrder<Wish>();
  readonly #idleMs: number;
  /** What is started at once: less after threads have been idle, until somebody asks. */
  #atOnce = AT_ONCE;
  /** While there are users. */
  #requests: FollowedRequests | null = null;
  /** When a thread became free or was started, and when one was started. */
  #movedAt = Number.NEGATIVE_INFINITY;
  #startedAt = Number.NEGATIVE_INFINITY;
  #users = 0;

  constructor(idleMs = IDLE_MS) {
    this.#idleMs = idleMs;
  }

  /** A file will be read. */
  join(): void {
    this.#requests ??= followRequests(() => {
      this.#atOnce = AT_ONCE;
    });
    this.#users += 1;
  }

  /** A file that had joined will not be read again: every thread lets go of it, and the last one's threads end. */
  async leave(file: string): Promise<void> {
    this.#users -= 1;
    if (this.#users === 0) {
      this.#requests?.stop();
      this.#requests = null;
      await Promise.all(
        this.#idle.splice(0).map(({ thread, timer }) => {
          clearTimeout(timer);
          return this.end(thread, UNUSED);
        }),
      );
      return;
    }
    const threads = [...this.#all].filter(({ isLost }) => !isLost);
    await Promise.all(threads.map((thread) => thread.ask({ close: file }).catch(() => undefined)));
  }

  /** Gives a thread to `use`, at once or later; whoever has it gives it back or ends it. @returns what takes the wish back. */
  lend(use: (thread: SqliteThread) => void): () => void {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      const { thread, timer } = idle;
      clearTimeout(timer);
      if (!thread.isLost) {
        use(thread);
        return () => undefined;
      }
      this.#all.delete(thread);
    }
    if (this.#all.size < this.#atOnce) {
      use(this.#start());
      return () => undefined;
    }
    const wish: Wish = {
      use,
      since: performance.now(),
      timer: setTimeout(() => this.#hurry(wish), PATIENCE_MS),
      leave: () => undefined,
    };
    wish.leave = this.#wishes.add(wish);
    return () => this.#forget(wish);
  }

  /** Starts a thread for it, or waits on. */
  #hurry(wish: Wish): void {
    const now = performance.now();
    const stoodMs = now - Math.max(wish.since, this.#movedAt);
    const startedMs = now - this.#startedAt;
    const isDue = stoodMs >= PATIENCE_MS || (now - wish.since >= LONGEST_WAIT_MS && startedMs >= PATIENCE_MS);
    if (!isDue) {
      wish.timer = setTimeout(() => this.#hurry(wish), PATIENCE_MS);
      return;
    }
    wish.leave();
    wish.use(this.#start());
  }

  giveBack(thread: SqliteThread): void {
    this.#movedAt = performance.now();
    if (thread.isLost || this.#users === 0) {
      void this.end(thread, UNUSED);
      return;
    }
    const wish = this.#wishes.first;
    if (wish === undefined) {
      this.#rest(thread);
      return;
    }
    this.#forget(wish);
    wish.use(thread);
  }

  /** Ends a thread that is lent, after what it is doing. */
  async end(thread: SqliteThread, reason: ThreadLost): Promise<void> {
    this.#all.delete(thread);
    await thread.giveUp(reason);
  }

  #rest(thread: SqliteThread): void {
    const idle: Idle = {
      thread,
      timer: setTimeout(() => {
        if (this.#all.size === 1) return;
        if (this.#all.size <= AT_ONCE) {
          if ((this.#requests?.agoMs ?? 0) < LATELY_MS) return void idle.timer.refresh();
          this.#atOnce = 1;
        }
        this.#idle.splice(this.#idle.indexOf(idle), 1);
        void this.end(thread, UNUSED);
      }, this.#idleMs).unref(),
    };
    this.#idle.push(idle);
  }

  #start(): SqliteThread {
    const thread: SqliteThread = new WorkerThread(new URL('./sqlite-thread.mjs', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    this.#all.add(thread);
    this.#startedAt = performance.now();
    this.#movedAt = this.#startedAt;
    return thread;
  }

  #forget(wish: Wish): void {
    clearTimeout(wish.timer);
    wish.leave();
  }
}
