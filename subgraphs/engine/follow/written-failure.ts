import {
  ColumnMissing,
  CredentialsRefused,
  SourceError,
  type SourceErrorCode,
  SourceMalformed,
  SourceRejected,
  SourceTimeout,
  SourceTooLarge,
  SourceUnavailable,
} from '../../../adapters/source-error.js';
import { KeysMissing } from '../snapshot/keys/keys-missing.js';

/** A failure as plain data, so that another process can tell of it as this one does. */
export interface WrittenFailure {
  /** Null: no failure of a source, but a defect. */
  readonly code: SourceErrorCode | null;
  readonly message: string;
  readonly detail?: string;
  readonly filterBy?: readonly string[];
  /** The interface whose keys could not be read. */
  readonly keysOf?: string;
}

export function writeFailure(error: unknown): WrittenFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof SourceError)) return { code: null, message };
  const { code, detail, filterBy } = error;
  return {
    code,
    message,
    ...(detail !== undefined && { detail }),
    ...(filterBy !== undefined && { filterBy }),
    ...(error instanceof KeysMissing && { keysOf: error.source }),
  };
}

const CLASSES = {
  SOURCE_UNAVAILABLE: SourceUnavailable,
  SOURCE_TIMEOUT: SourceTimeout,
  SOURCE_REJECTED: SourceRejected,
  SOURCE_CREDENTIALS_REFUSED: CredentialsRefused,
  SOURCE_COLUMN_MISSING: ColumnMissing,
  SOURCE_MALFORMED: SourceMalformed,
  SOURCE_TOO_LARGE: SourceTooLarge,
} as const;

export function readFailure({ code, message, detail, filterBy, keysOf }: WrittenFailure): Error {
  if (code === null) return new Error(message);
  if (keysOf !== undefined) return new KeysMissing(keysOf);
  return new CLASSES[code](message, {
    ...(detail !== undefined && { detail }),
    ...(filterBy !== undefined && { filterBy }),
  });
}
