import type { Caller } from '../../runtime/call/caller.js';
import type { TrailAnswer, TrailCall, TrailStep } from '../../runtime/call/request-trail.js';
import type { Level } from '../../runtime/level.js';

/** How a request went. It holds no data and no variables. Plain data: it crosses to other processes. */
export interface RequestReport {
  readonly id: string;
  /** When it came, milliseconds since the epoch by the county's clock. */
  readonly at: number;
  /** `AUDIT`: memory has forgotten it; the audit knows no steps and calls. */
  readonly memory: 'MEMORY' | 'AUDIT';
  /** As the audit names him; null where nobody is asked who he is. */
  readonly caller: string | null;
  readonly role: string | null;
  readonly operation: string | null;
  readonly registered: string | null;
  readonly documentHash: string | null;
  readonly outcome: 'OK' | 'PARTIAL' | 'FAILED' | 'REFUSED';
  /** Codes, each once. */
  readonly errors: readonly string[];
  readonly cost: number | null;
  readonly tookMs: number;
  /** `SHARED`: made for an identical request; `KEPT`: nothing had changed since the caller's own. Null: not known. */
  readonly origin: 'FRESH' | 'SHARED' | 'KEPT' | null;
  readonly level: Level | null;
  /** Selections that were shown masked. */
  readonly masks: readonly string[];
  /** Until there was a plan; null: not known. */
  readonly planMs: number | null;
  /** Null: not known. */
  readonly steps: readonly TrailStep[] | null;
  readonly calls: readonly TrailCall[] | null;
  /** Steps and calls that are left out of those lists. */
  readonly omitted: number;
  /** Interfaces that the answer rests on; `state` is null where only that is known. */
  readonly coverage: readonly RequestCoverage[];
}

export interface RequestCoverage extends Omit<TrailAnswer['coverage'][number], 'state'> {
  readonly state: string | null;
}

/** What is remembered of requests. */
export interface RequestMemory {
  /** Null: there is no such request, it is forgotten, or it is not for him. */
  find(id: string, caller: Caller): Promise<RequestReport | null>;
}
