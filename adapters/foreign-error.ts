import {
  ColumnMissing,
  CredentialsRefused,
  SourceError,
  SourceMalformed,
  SourceRejected,
  SourceTimeout,
  SourceUnavailable,
} from './source-error.js';

/** A foreign failure as one of ours, with the driver's own sentence for the operator. */
export type FailureKind = 'unavailable' | 'timeout' | 'rejected' | 'credentials' | 'missing' | 'malformed';

const CLASSES = {
  unavailable: SourceUnavailable,
  timeout: SourceTimeout,
  rejected: SourceRejected,
  credentials: CredentialsRefused,
  missing: ColumnMissing,
  malformed: SourceMalformed,
} as const;

export function wrapForeign(kind: FailureKind, action: string, cause: unknown): SourceError {
  const reason = cause instanceof Error && cause.message !== '' ? cause.message : codeOf(cause);
  return new CLASSES[kind](`Cannot ${action}: ${reason}`, { cause });
}

/** The driver's own code, such as `ECONNREFUSED`, `42P01`; empty when there is none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' || typeof error.code === 'number' ? String(error.code) : '';
}

/** Whether the code is one of Node's sockets or resolver for a source that does not answer. */
export function isNetworkCode(code: string): boolean {
  return /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_|EADDR|ENOENT|EACCES|ERR_SOCKET|ERR_TLS|CERT_|DEPTH_|SELF_SIGNED|UNABLE_)/.test(
    code,
  );
}

/** Wraps an error that no driver explains: the source sent something that was not agreed. */
export function toSourceError(error: unknown, action: string): SourceError {
  return error instanceof SourceError ? error : wrapForeign('malformed', action, error);
}
