import {
  ColumnMissing,
  CredentialsRefused,
  type SourceError,
  SourceMalformed,
  SourceRejected,
  SourceTimeout,
  SourceTooLarge,
  SourceUnavailable,
} from '../source-error.js';

const CLASSES = {
  SOURCE_UNAVAILABLE: SourceUnavailable,
  SOURCE_TIMEOUT: SourceTimeout,
  SOURCE_REJECTED: SourceRejected,
  SOURCE_CREDENTIALS_REFUSED: CredentialsRefused,
  SOURCE_COLUMN_MISSING: ColumnMissing,
  SOURCE_MALFORMED: SourceMalformed,
  SOURCE_TOO_LARGE: SourceTooLarge,
} as const;

/** The same error without the secret in it: sources like to repeat what they refuse, and messages go to the log. */
export function hideSecret(error: SourceError, secret: string): SourceError {
  const spelled = JSON.stringify(secret).slice(1, -1);
  if (secret === '' || !error.message.includes(spelled)) return error;
  const { detail } = error;
  return new CLASSES[error.code](error.message.replaceAll(spelled, '***'), {
    ...(detail !== undefined && { detail }),
  });
}
