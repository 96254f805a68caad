import type { RowScope } from '../../../../runtime/call/caller.js';

/** A program that asks in its own name, such as a dashboard on a wall. */
export interface Application {
  readonly id: string;
  readonly role: string;
  readonly scope: RowScope;
  readonly scopes: ReadonlySet<string>;
  readonly purposes: ReadonlySet<string>;
  readonly operations: 'any' | 'registered';
  /** Several at a time while one takes the place of another. */
  readonly keys: readonly ApplicationKey[];
}

export interface ApplicationKey {
  /** SHA-256 of the secret's text. */
  readonly hash: Buffer;
  /** First and last day of the county's calendar on which it is good, `yyyy-MM-dd`. */
  readonly notBefore: string;
  readonly expires: string;
}

/** Stands before the slash in the names of callers that are applications; no issuer has it. */
export const APPLICATION_PREFIX = 'app';

/** Ids of applications and names of issuers. */
export const PLAIN_NAME = /^[a-z][a-z0-9-]{0,62}$/;
