/** The audit cannot be written: what it would have told must not happen. */
export class AuditUnavailable extends Error {
  override readonly name = 'AuditUnavailable';
  readonly reason: 'cannot-write' | 'queue-full' | 'too-large' | 'closed';

  /** @param detail for the log alone: it may name files. */
  constructor(reason: AuditUnavailable['reason'], detail: string, options?: ErrorOptions) {
    super(`Cannot record an operation: the audit must be writable, but ${detail}`, options);
    this.reason = reason;
  }
}
