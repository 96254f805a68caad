import { performance } from 'node:perf_hooks';
import { type AdaptiveLimit, createAdaptiveLimit } from './adaptive-limit.js';
import { createAskedRates } from './asked-rates.js';
import { createLane, type Lane } from './lane.js';

/**
 * What a request asks for, the first before the last where they wait: operations that are registered; others that are known;
 * pages of exports; documents that are still to be read and planned.
 */
export const WORK_KINDS = ['registered', 'known', 'export', 'new'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** Of each kind: itself, and those before it. */
const NOT_AFTER: Readonly<Record<WorkKind, readonly WorkKind[]>> = {
  registered: ['registered'],
  known: ['registered', 'known'],
  export: ['registered', 'known', 'export'],
  new: WORK_KINDS,
};

export interface Work {
  readonly kind: WorkKind;
  /** Whose it is: callers get their turns in turn. */
  readonly key: string;
}

/** To be called when the work is done; a second time does nothing. */
export type Leave = () => void;

/** Somebody waits for his turn. */
export interface Waiting {
  /** Null: it did not come in time. */
  readonly turn: Promise<Leave | null>;
  /** Nobody waits any more. */
  giveUp(): void;
}

/** Lets requests begin as fast as they can be answered, and refuses at once what could not be. */
export interface Admission {
  /**
   * Whether one more request of this caller is refused, whatever it asks for, before anything of it is read. To be asked once for
   * each that would be; takes microseconds.
   */
  sheds(key: string): boolean;
  /** At once when there is room; null: refused. */
  enter(work: Work): Leave | Waiting | null;
  readonly standing: { readonly running: number; readonly waiting: number; readonly limit: number };
}

interface AdmissionOptions {
  /** The longest that a request waits for its turn after a quiet time. Milliseconds. */
  readonly waitMs: number;
  readonly limit?: AdaptiveLimit;
  readonly time?: AdmissionTime;
}

/** Time as admission needs it. */
export interface AdmissionTime {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Calls again and again until it is stopped. @param call is told the share of the time in which the thread worked. */
  every(ms: number, call: (busy: number) => void): () => void;
}

const REAL_TIME: AdmissionTime = {
  now: () => performance.now(),
  every: (ms, call) => {
    let before = performance.eventLoopUtilization();
    const timer = setInterval(() => {
      const now = performance.eventLoopUtilization();
      call(performance.eventLoopUtilization(now, before).utilization);
      before = now;
    }, ms).unref();
    return () => clearInterval(timer);
  },
};

interface Entry {
  readonly work: Work;
  readonly since: number;
  readonly until: number;
  readonly begin: (leave: Leave | null) => void;
  isGone: boolean;
}

const LOOK_MS = 10;
/** The longest wait in a standing overload: whoever waits longer is answered no sooner, nor are those after him. */
const STANDING_WAIT_MS = 20;
/** Requests that may wait before it is known how fast they are answered. */
const FIRST_PLACES = 256;
const LEAST_PLACES = 8;
/** Of the latest measurement in the rate of answers. */
const WEIGHT = 0.2;
/** While others wait, one in so many turns is for those after them, so that nobody waits for ever. */
const TURN_OF_OTHERS = 8;
/** The least time between two new documents while others come: each takes the thread for some 10 ms. */
const NEW_PAUSE_MS = 40;
/** So long after the last other request it counts as if there were others. */
const OTHERS_MS = 200;

/**
 * Admission by measured capacity: so many requests run as the event loop can carry; behind them lanes that are long after a quiet
 * time (a burst is answered) and short when they do not empty any more (the rest is refused while its refusal is of use), fair
 * between callers.
 */
export function createAdmission({
  waitMs,
  limit = createAdaptiveLimit(),
  time = REAL_TIME,
}: AdmissionOptions): Admission {
  const waits = { usual: waitMs, standing: STANDING_WAIT_MS };
  const { now } = time;
  const rates = createAskedRates();
  const mayGo = ({ work }: Entry): boolean => !rates.asksLittle(work.key, now());
  const lanes: Readonly<Record<WorkKind, Lane<Entry>>> = {
    registered: createLane(waits, mayGo),
    known: createLane(waits, mayGo),
    // An export has begun to answer; its caller sees that it goes on.
    export: createLane({ usual: Number.POSITIVE_INFINITY, standing: Number.POSITIVE_INFINITY }),
    new: createLane(waits, mayGo),
  };
  /** What each caller has under way or waiting. */
  const held = new Map<string, number>();
  let running = 0;
  let turns = 0;
  let newAllowedAt = Number.NEGATIVE_INFINITY;
  /** When something else was last asked. */
  let othersAt = Number.NEGATIVE_INFINITY;
  let done = 0;
  let perMs: number | null = null;
  let stopLooking: (() => void) | null = null;
  let lookedAt = 0;

  const waitingOf = (kinds: readonly WorkKind[]): number => {
    let sum = 0;
    for (const kind of kinds) sum += lanes[kind].queue.size;
    return sum;
  };

  /** How many may wait behind those that run. */
  const placesFor = (kind: 'known' | 'new', at: number): number => {
    const longest = lanes[kind].longest(at);
    if (kind === 'new') return Math.max(1, Math.ceil(longest / NEW_PAUSE_MS));
    return perMs === null ? FIRST_PLACES : Math.max(LEAST_PLACES, Math.ceil(perMs * longest));
  };

  const roomFor = (at: number): number => limit.value + placesFor('known', at);

  /** Whether there is a place for one more; exports wait however many they are. */
  const isFull = (kind: WorkKind, at: number): boolean => {
    if (kind === 'export') return false;
    if (kind === 'new') return lanes.new.queue.size >= placesFor('new', at);
    return running + waitingOf(NOT_AFTER.known) >= roomFor(at);
  };

  /** The lane in which somebody else waits with more than this caller has in all; the last one first. */
  const laneOfGreedier = ({ kind, key }: Work): Lane<Entry> | null => {
    const own = Math.max(1, held.get(key) ?? 0);
    const kinds = NOT_AFTER[kind].filter((other) => other !== 'export').reverse();
    const found = kinds.find((other) => lanes[other].queue.longest > own);
    return found === undefined ? null : lanes[found];
  };

  /** Whether a caller has less under way and waiting than would be his if all had as much. */
  const hasShareLeft = (key: string, at: number): boolean => {
    const own = held.get(key) ?? 0;
    const callers = held.size + (own === 0 ? 1 : 0);
    return callers > 1 && own < Math.max(1, Math.floor(roomFor(at) / callers));
  };

  /** A few places are soon taken by those who ask little, too: what they bring together is less than what floods. */
  const asksLittle = (key: string, at: number): boolean =>
    (held.get(key) ?? 0) < LEAST_PLACES && rates.asksLittle(key, at);

  /** Whether the overload is not of this caller's making: others have more than he, or ask more. */
  const isCalm = (work: Work, at: number): boolean =>
    work.kind !== 'export' &&
    (laneOfGreedier(work) !== null || hasShareLeft(work.key, at) || asksLittle(work.key, at));

  /** A calm caller takes the place of whoever has most waiting. */
  const makeRoom = (work: Work): void => {
    const displaced = laneOfGreedier(work)?.displace();
    if (displaced === undefined) return;
    count(displaced.work.key, -1);
    if (!displaced.isGone) displaced.begin(null);
  };

  const count = (key: string, change: number): void => {
    const left = (held.get(key) ?? 0) + change;
    if (left <= 0) held.delete(key);
    else held.set(key, left);
  };

  /** While others come, new documents leave them the thread in between. */
  const mayRead = (at: number): boolean => at >= newAllowedAt || at - othersAt > OTHERS_MS;

  const begin = ({ kind, key }: Work): Leave => {
    running += 1;
    if (kind === 'new') newAllowedAt = now() + NEW_PAUSE_MS;
    look();
    let isLeft = false;
    return () => {
      if (isLeft) return;
      isLeft = true;
      running -= 1;
      done += 1;
      count(key, -1);
      pass();
    };
  };

  const take = (at: number): Entry | undefined => {
    const ready = WORK_KINDS.filter((kind) => lanes[kind].queue.size > 0 && (kind !== 'new' || mayRead(at)));
    turns += 1;
    const kind = turns % TURN_OF_OTHERS === 0 ? ready.at(-1) : ready[0];
    if (kind === undefined) return undefined;
    return lanes[kind].next(at);
  };

  /** Gives turns while there is room. */
  const pass = (): void => {
    if (waitingOf(WORK_KINDS) === 0) return;
    const at = now();
    while (running < limit.value) {
      const entry = take(at);
      if (entry === undefined) return;
      if (entry.isGone) count(entry.work.key, -1);
      else entry.begin(begin(entry.work));
    }
  };

  /** Refuses who has waited too long. */
  const sweep = (at: number): void => {
    for (const { work, isGone, begin } of Object.values(lanes).flatMap((lane) => lane.sweep(at))) {
      count(work.key, -1);
      if (!isGone) begin(null);
    }
  };

  /** Measures as long as there is anything under way. */
  function look(): void {
    if (stopLooking !== null) return;
    lookedAt = now();
    stopLooking = time.every(LOOK_MS, (busy) => {
      const at = now();
      const elapsedMs = Math.max(1, at - lookedAt);
      limit.adjust({
        elapsedMs,
        busy,
        latenessMs: elapsedMs - LOOK_MS,
        running,
        done,
        isWaitedFor: waitingOf(NOT_AFTER.known) > 0,
      });
      perMs = perMs === null ? done / elapsedMs : perMs + WEIGHT * (done / elapsedMs - perMs);
      done = 0;
      lookedAt = at;
      sweep(at);
      pass();
      if (running > 0 || waitingOf(WORK_KINDS) > 0) return;
      stopLooking?.();
      stopLooking = null;
    });
  }

  /** @param calm waits as after a quiet time: the overload is not of his making. */
  const wait = (work: Work, calm: boolean): Waiting => {
    let giveUp: () => void = () => undefined;
    const turn = new Promise<Leave | null>((resolve) => {
      const since = now();
      const usual = lanes[work.kind].longest(since);
      const until = since + (calm ? Math.max(waitMs, usual) : usual);
      const entry: Entry = { work, since, until, begin: resolve, isGone: false };
      giveUp = () => {
        entry.isGone = true;
      };
      lanes[work.kind].add(work.key, entry);
    });
    look();
    return { turn, giveUp };
  };

  return {
    sheds: (key) => {
      const at = now();
      rates.count(key, at);
      if (waitingOf(NOT_AFTER.known) === 0) return false;
      if (!isFull('known', at) || isCalm({ kind: 'known', key }, at)) return false;
      lanes.known.refused(at);
      return true;
    },
    enter: (work) => {
      const at = now();
      if (work.kind !== 'new') othersAt = at;
      const isFree =
        running < limit.value &&
        waitingOf(NOT_AFTER[work.kind]) === 0 &&
        (work.kind !== 'new' || mayRead(at));
      if (isFree) {
        count(work.key, 1);
        return begin(work);
      }
      const calm = isCalm(work, at);
      if (isFull(work.kind, at)) {
        if (!calm) {
          lanes[work.kind].refused(at);
          return null;
        }
        makeRoom(work);
      }
      const waiting = wait(work, calm);
      count(work.key, 1);
      return waiting;
    },
    get standing() {
      return { running, waiting: waitingOf(WORK_KINDS), limit: limit.value };
    },
  };
}
