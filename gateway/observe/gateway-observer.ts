import type { OperationTypeNode } from 'graphql';
import type { RequestTrail } from '../../runtime/call/request-trail.js';
import type { Asker } from '../audit/recorder.js';
import type { Doubt } from '../bytes/doubt.js';

export interface RequestEvent {
  readonly requestId: string;
  /** Null when the operation has no name, or none could be read. */
  readonly operationName: string | null;
  /** The name by which the operation is registered; null: it is not, or what is asked cannot be told. */
  readonly registeredName: string | null;
  /** Null when the document could not be read or is not valid. */
  readonly operationType: OperationTypeNode | null;
  /** `ok`; `partial`: data with errors; `failed`: errors and no data; `refused`: not a valid request. */
  readonly outcome: 'ok' | 'partial' | 'failed' | 'refused';
  readonly tookMs: number;
  readonly errorCodes: readonly string[];
  /** Name of whoever asked; null: nobody is asked who he is. */
  readonly caller: string | null;
  readonly role: string | null;
  /** Interfaces that had no part in the answer although they should. */
  readonly missing: readonly string[];
  /** Estimated; null: it was not, or many operations were carried out, as an export does. */
  readonly cost: number | null;
  /** What was noted of it while it ran; absent: it was refused before, or was many operations. */
  readonly trail?: RequestTrail;
}

/** One query was planned, or its plan was found. */
export interface PlanEvent {
  readonly cached: boolean;
  readonly tookMs: number;
}

/** The cost of an operation was estimated, before anything was asked for it. */
export interface CostEvent {
  /** Null: it cannot be told, since nobody says how many elements a list has of which one must. */
  readonly cost: number | null;
  /** `beyond`: it was more than the limit, and carried out all the same. */
  readonly outcome: 'within' | 'beyond' | 'refused';
}

/** An operation was carried out: which carrier its answer went by. */
export interface CarrierEvent {
  readonly carrier: 'bytes' | 'objects';
  /**
   * Why objects: `operation`, it is not one for bytes; `no_bytes`, no reply came as bytes; or what was amiss with the reply; `failed`, the
   * scanner is at fault. Of bytes: `none`.
   */
  readonly reason: Doubt | 'operation' | 'no_bytes' | 'failed' | 'none';
}

export interface SubgraphCallEvent {
  readonly subgraph: string;
  /** `ok`; `partial`: data with errors; or a code of `runtime/errors.ts` when there are no data. */
  readonly outcome: string;
  readonly tookMs: number;
}

/** An error as it happened, before a caller may read of it. */
export interface HiddenErrorEvent {
  readonly requestId: string;
  /** Null when it happened in the gateway itself. */
  readonly subgraph: string | null;
  /** The public code that the caller gets instead. */
  readonly code: string;
  readonly error: unknown;
}

/** Somebody was not let in, or asked for what his role may not do. */
export interface TurnedAwayEvent {
  readonly requestId: string;
  readonly address: string;
  /** Null: it is not known who he is. */
  readonly caller: Asker['caller'] | null;
  readonly reason: string;
}

/** Another graph was to be served. */
export interface GraphEvent {
  /** `refused`: it cannot be served, and the one before serves on. */
  readonly outcome: 'replaced' | 'refused';
  readonly tookMs: number;
  /** Why it is refused. */
  readonly error?: unknown;
}

/** Takes the gateway's events. Implementations return at once and never throw. */
export interface GatewayObserver {
  request(event: RequestEvent): void;
  plan(event: PlanEvent): void;
  cost(event: CostEvent): void;
  carrier(event: CarrierEvent): void;
  subgraphCall(event: SubgraphCallEvent): void;
  hiddenError(event: HiddenErrorEvent): void;
  turnedAway(event: TurnedAwayEvent): void;
  /** A request was refused because there was no place for it, before anything of it was read. */
  overloaded(): void;
  /** The ledger of limits that processes share answers no more, and why; or it does (null). */
  ledger(away: Error | null): void;
  graph(event: GraphEvent): void;
}
