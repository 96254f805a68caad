import { type RequestDeadline, USUAL_DEADLINE } from '../../runtime/call/request-deadline.js';

/** How much one request may ask for. Durations are milliseconds. */
export interface RequestLimits {
  /** Size of the request's body. */
  readonly maxBodyBytes: number;
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly deadline: RequestDeadline;
  /** How long an export waits for what is away. */
  readonly exportPatienceMs: number;
  /** Exports under way at a time; each may hold some 100 MB. */
  readonly exportsAtOnce: number;
  /** For a caller to send its request's head; also for the first one of a new connection. */
  readonly headersMs: number;
  /** For a caller to send its whole request; not less than `headersMs`. */
  readonly receiveMs: number;
}

export const DEFAULT_LIMITS: RequestLimits = Object.freeze({
  maxBodyBytes: 1024 * 1024,
  maxTokens: 10_000,
  maxDepth: 20,
  maxAliases: 500,
  deadline: USUAL_DEADLINE,
  exportPatienceMs: 120_000,
  exportsAtOnce: 4,
  headersMs: 5000,
  receiveMs: 10_000,
});
