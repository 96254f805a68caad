import {
  CredentialsRefused,
  type SourceError,
  SourceMalformed,
  SourceRejected,
  SourceTimeout,
  SourceUnavailable,
} from '../../source-error.js';

type FailureClass = new (message: string, options: { readonly detail: string }) => SourceError;

/** Codes of ClickHouse's exceptions (its ErrorCodes.cpp); every other one is a refusal. */
const CLASSES: readonly (readonly [FailureClass, readonly number[]])[] = [
  // Authentication failed, wrong password, access denied, unknown user.
  [CredentialsRefused, [516, 193, 194, 497, 192]],
  // Timeout exceeded, query was cancelled, socket timeout.
  [SourceTimeout, [159, 394, 209]],
  // No such table, checksum does not match, cannot read all data, corrupted data, no file in a part.
  [SourceMalformed, [60, 40, 33, 246, 226, 228]],
  // No such database, memory limit, too many queries, too many parts, no space, read-only table, network, Keeper, shutdown.
  [SourceUnavailable, [81, 241, 202, 252, 243, 242, 210, 999, 236]],
];

/** What callers may read, Chinese first: that it is the store which fails, and not the department's source. */
export const STORE_FAILS =
  '快照库暂时不可用，将自动重试。 The store of snapshots cannot be used at the moment; it is tried again by itself.';

/** A failure that the server tells, with its own sentence for the operator. */
export function clickHouseFailure(action: string, code: number, text: string): SourceError {
  const Failure = CLASSES.find(([, codes]) => codes.includes(code))?.[0] ?? SourceRejected;
  const sentence = text.trim().slice(0, 500);
  return new Failure(`Cannot ${action} in ClickHouse: ${sentence === '' ? `code ${code}` : sentence}`, {
    detail: STORE_FAILS,
  });
}

/** Whether the failure says that there is no such table. */
export function isTableMissing(error: unknown): boolean {
  return error instanceof SourceMalformed && error.message.includes('Code: 60.');
}
