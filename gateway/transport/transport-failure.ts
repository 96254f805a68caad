import type { ErrorCode } from '../../runtime/errors.js';
import { withoutStack } from '../../runtime/without-stack.js';

interface FailureOptions extends ErrorOptions {
  readonly retryAfterSeconds?: number | null;
  /** Whether it says nothing of the subgraph: this gateway had no room. Default false. */
  readonly isOurs?: boolean;
}

/** A remote subgraph gave no usable answer. The message is for the log; a caller reads the code's text alone. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly code: ErrorCode;
  /** How long the subgraph asks not to be asked again; null when it does not say. */
  readonly retryAfterSeconds: number | null;

  readonly isOurs: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    { retryAfterSeconds = null, isOurs = false, cause }: FailureOptions = {},
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.isOurs = isOurs;
  }
}

/** Happens to every call to a subgraph that hangs. */
export const NO_ANSWER_IN_TIME = withoutStack(
  () => new TransportFailure('SUBGRAPH_TIMEOUT', 'no complete answer before the deadline'),
);
