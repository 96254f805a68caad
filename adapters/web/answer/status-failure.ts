import { CredentialsRefused, SourceRejected, SourceUnavailable } from '../../source-error.js';

/** The class of failure that an HTTP status from 400 on stands for. */
export function failureOfStatus(status: number): typeof SourceUnavailable | typeof SourceRejected {
  const isDown = status >= 500 || status === 429 || status === 408;
  if (isDown) return SourceUnavailable;
  return status === 401 || status === 403 || status === 407 ? CredentialsRefused : SourceRejected;
}
