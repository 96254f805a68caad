import type { Level } from '../level.js';

/** One request to a subgraph. Times are milliseconds; `startMs` counts from the beginning of the caller's request. */
export interface TrailStep {
  readonly subgraph: string;
  readonly startMs: number;
  readonly tookMs: number;
  /** `ok`; `partial`: data with errors; or a code of `runtime/errors.ts`. */
  readonly outcome: string;
}

/** Where rows came from: `SHARED`, from an identical call that was under way. */
export type CallOrigin = 'SOURCE' | 'SHARED' | 'SNAPSHOT';

/** One call to a source. */
export interface TrailCall {
  readonly interface: string;
  readonly operation: 'read' | 'tally' | 'describe';
  readonly origin: CallOrigin;
  readonly startMs: number;
  readonly tookMs: number;
  /** Rows, or groups. */
  readonly rows: number;
  /** `ok` or a code of `runtime/errors.ts`. */
  readonly outcome: string;
  readonly retries: number;
}

/** The place of a request in a trace, as W3C Trace Context has it. */
export interface TraceMark {
  readonly traceId: string;
  /** Of the request's own span. */
  readonly spanId: string;
  /** The caller's span; null: the trace begins here. */
  readonly parentId: string | null;
  /** Whether spans of it are sent to the collector. */
  readonly isRecorded: boolean;
}

/** What of an answer is told of later. */
export interface TrailAnswer {
  /** SHA-256 of the document. */
  readonly documentHash: string;
  /** The highest level that was read; null: nothing was. */
  readonly level: Level | null;
  /** Selections that are shown masked. */
  readonly masks: readonly string[];
  /** Interfaces that it rests on. */
  readonly coverage: readonly {
    readonly interface: string;
    readonly state: string;
    readonly asOf: string | null;
    readonly reason: string | null;
  }[];
}

/** Of each sort, how many are noted: a statistic of many subjects makes hundreds of calls. */
const MOST_NOTED = 200;

/** What a request did, noted while it runs at next to no cost. It holds no data and no variables. */
export class RequestTrail {
  readonly #startedAt: number;
  /** Null: no traces are made. */
  readonly trace: TraceMark | null;
  readonly steps: TrailStep[] = [];
  readonly calls: TrailCall[] = [];
  /** How many are not noted. */
  omitted = 0;
  /** Until its plan was there; null: none was needed, or none could be had. */
  planMs: number | null = null;
  /** When it was begun. */
  planStartMs = 0;
  /** `SHARED`: its answer was made for an identical request; `KEPT`: nothing had changed since the caller's own. */
  origin: 'FRESH' | 'SHARED' | 'KEPT' = 'FRESH';
  /** Null: nothing was carried out. */
  answer: TrailAnswer | null = null;

  /** @param startedAt `performance.now()` when the request came. */
  constructor(startedAt = performance.now(), trace: TraceMark | null = null) {
    this.#startedAt = startedAt;
    this.trace = trace;
  }

  /** @param startedAt `performance.now()` when its plan was asked for, which is there now. */
  planned(startedAt: number): void {
    this.planStartMs = micros(startedAt - this.#startedAt);
    this.planMs = micros(performance.now() - startedAt);
  }

  /** @param startedAt `performance.now()` when it was sent. */
  step(subgraph: string, startedAt: number, tookMs: number, outcome: string): void {
    if (this.steps.length === MOST_NOTED) this.omitted += 1;
    else
      this.steps.push({
        subgraph,
        startMs: micros(startedAt - this.#startedAt),
        tookMs: micros(tookMs),
        outcome,
      });
  }

  /** @param startedAt `performance.now()` when it began. */
  call(startedAt: number, call: Omit<TrailCall, 'startMs' | 'tookMs'>): void {
    if (this.calls.length === MOST_NOTED) {
      this.omitted += 1;
      return;
    }
    const startMs = micros(startedAt - this.#startedAt);
    this.calls.push({ ...call, startMs, tookMs: micros(performance.now() - startedAt) });
  }

  /** Calls that were made elsewhere. @param startedAt `performance.now()` of what their `startMs` counts from. */
  callsElsewhere(startedAt: number, calls: readonly TrailCall[], omitted: number): void {
    const room = calls.slice(0, MOST_NOTED - this.calls.length);
    this.calls.push(
      ...room.map((call) => ({ ...call, startMs: micros(startedAt - this.#startedAt + call.startMs) })),
    );
    this.omitted += omitted + calls.length - room.length;
  }
}

/** Nobody reads less than microseconds, and their sixteen digits would have to be written. */
export function micros(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
