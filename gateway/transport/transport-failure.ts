import type { ErrorCode } from '../../runtime/errors.js';

/** A remote subgraph gave no usable answer. The message is for the log; a caller reads the code's text alone. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
