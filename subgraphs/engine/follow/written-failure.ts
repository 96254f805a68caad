import { SourceError, type SourceErrorCode, sourceErrorOf } from '../../../adapters/source-error.js';
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

export function readFailure({ code, message, detail, filterBy, keysOf }: WrittenFailure): Error {
  if (code === null) return new Error(message);
  return keysOf === undefined ? sourceErrorOf(code, message, { detail, filterBy }) : new KeysMissing(keysOf);
}
