/** The ways in which a source can fail its caller; every foreign failure becomes one of them. */
export type SourceErrorCode =
  | 'SOURCE_UNAVAILABLE'
  | 'SOURCE_TIMEOUT'
  | 'SOURCE_REJECTED'
  | 'SOURCE_CREDENTIALS_REFUSED'
  | 'SOURCE_COLUMN_MISSING'
  | 'SOURCE_MALFORMED'
  | 'SOURCE_TOO_LARGE'
  | 'INTERFACE_PAUSED'
  | 'SOURCE_CUT_OFF';

/**
 * A failure of one source. `message` is for the operator's log and may name tables and columns;
 * what a caller may read is derived from `code` alone, elsewhere.
 */
export abstract class SourceError extends Error {
  abstract readonly code: SourceErrorCode;
  /** Whether the same read may succeed when it is tried again. */
  abstract readonly retryable: boolean;
  /** A sentence that callers may read too, Chinese first: what to do about it. Never names hosts, tables or rows. */
  readonly detail: string | undefined;
  /** Columns of which a filter by one would make the read possible; for a caller they become names of fields. */
  readonly filterBy: readonly string[] | undefined;

  constructor(message: string, { detail, filterBy, ...options }: SourceErrorOptions = {}) {
    super(message, options);
    this.detail = detail;
    this.filterBy = filterBy;
  }
}

interface SourceErrorOptions extends ErrorOptions {
  readonly detail?: string;
  readonly filterBy?: readonly string[];
}

/** The source does not answer: refused, reset, unknown host, no file, locked out. */
export class SourceUnavailable extends SourceError {
  override readonly name = 'SourceUnavailable';
  readonly code = 'SOURCE_UNAVAILABLE';
  readonly retryable = true;
}

/** No complete answer within the deadline, or the caller left. */
export class SourceTimeout extends SourceError {
  override readonly name = 'SourceTimeout';
  readonly code = 'SOURCE_TIMEOUT';
  readonly retryable = true;
}

/** The source understood and refuses. */
export class SourceRejected extends SourceError {
  override readonly name: string = 'SourceRejected';
  readonly code: 'SOURCE_REJECTED' | 'SOURCE_CREDENTIALS_REFUSED' | 'SOURCE_COLUMN_MISSING' =
    'SOURCE_REJECTED';
  readonly retryable = false;
}

/** … because of who asks: a wrong password, an expired token, no permission. */
export class CredentialsRefused extends SourceRejected {
  override readonly name = 'CredentialsRefused';
  override readonly code = 'SOURCE_CREDENTIALS_REFUSED';
}

/** … because it has no such table or column, as when the department has changed it. */
export class ColumnMissing extends SourceRejected {
  override readonly name = 'ColumnMissing';
  override readonly code = 'SOURCE_COLUMN_MISSING';
}

/** The answer is not what the protocol or the mapping promised. */
export class SourceMalformed extends SourceError {
  override readonly name = 'SourceMalformed';
  readonly code = 'SOURCE_MALFORMED';
  readonly retryable = false;
}

/** The answer exceeds its bound: ask for less. */
export class SourceTooLarge extends SourceError {
  override readonly name = 'SourceTooLarge';
  readonly code = 'SOURCE_TOO_LARGE';
  readonly retryable = false;
}

/** Somebody has paused the interface: nobody is asked. */
export class SourcePaused extends SourceError {
  override readonly name = 'SourcePaused';
  readonly code = 'INTERFACE_PAUSED';
  readonly retryable = true;
}

/** Somebody has opened the source's breaker: it is called by nobody. */
export class SourceCutOff extends SourceError {
  override readonly name = 'SourceCutOff';
  readonly code = 'SOURCE_CUT_OFF';
  readonly retryable = true;
}

const BY_CODE = {
  SOURCE_UNAVAILABLE: SourceUnavailable,
  SOURCE_TIMEOUT: SourceTimeout,
  SOURCE_REJECTED: SourceRejected,
  SOURCE_CREDENTIALS_REFUSED: CredentialsRefused,
  SOURCE_COLUMN_MISSING: ColumnMissing,
  SOURCE_MALFORMED: SourceMalformed,
  SOURCE_TOO_LARGE: SourceTooLarge,
  INTERFACE_PAUSED: SourcePaused,
  SOURCE_CUT_OFF: SourceCutOff,
} as const satisfies Record<SourceErrorCode, unknown>;

/** The error of a code, of the class that it has. */
export function sourceErrorOf(
  code: SourceErrorCode,
  message: string,
  { detail, filterBy }: Partial<Pick<SourceError, 'detail' | 'filterBy'>> = {},
): SourceError {
  return new BY_CODE[code](message, {
    ...(detail !== undefined && { detail }),
    ...(filterBy !== undefined && { filterBy }),
  });
}
