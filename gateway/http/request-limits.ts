import { EXECUTION_BUDGET_MS } from '../../runtime/call/execution-budget.js';

/** How much one request may ask for. Durations are milliseconds. */
export interface RequestLimits {
  /** Size of the request's body. */
  readonly maxBodyBytes: number;
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  /** From the request's arrival until its data are together. */
  readonly executionMs: number;
  /** For a caller to send its request's head; also for the first one of a new connection. */
  readonly headersMs: number;
  /** For a caller to send its whole request; not less than `headersMs`. */
  readonly receiveMs: number;
}

/** Answers leave within 3 s: 200 ms are kept back for what surrounds the execution. */
export const DEFAULT_LIMITS: RequestLimits = Object.freeze({
  maxBodyBytes: 1024 * 1024,
  maxTokens: 10_000,
  maxDepth: 20,
  maxAliases: 500,
  executionMs: EXECUTION_BUDGET_MS,
  headersMs: 5000,
  receiveMs: 10_000,
});
