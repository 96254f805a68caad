import type { Clock } from '../../../runtime/clock.js';
import { APPLICATION_PREFIX } from './applications/application.js';
import type { SentKey } from './applications/application-secret.js';
import { type FindApplication, openApplications } from './applications/open-applications.js';
import { createFailureLock } from './failure-lock.js';
import type { Authenticate, Identity, Unauthenticated } from './identity.js';
import type { IdentityEvent } from './identity-event.js';
import type { IdentitySettings, IssuerSettings } from './identity-settings.js';
import type { IssuerKeys } from './keys/issuer-keys.js';
import { openIssuerKeys } from './keys/open-issuer-keys.js';
import { type Credential, readCredential } from './read-credential.js';
import { proveToken } from './tokens/prove-token.js';
import { createProvedTokens } from './tokens/proved-tokens.js';
import { readGrant } from './tokens/read-grant.js';
import { readToken } from './tokens/read-token.js';
import { createSeparatedAccounts } from './tokens/separated-accounts.js';

interface AuthenticateDeps {
  /** The real one, in a demo county too: tokens and keys end by the clock on the wall. */
  readonly clock: Clock;
  /** Takes what an operator should know. */
  tell?(event: IdentityEvent): void;
}

type Answer = Identity | Unauthenticated;

/**
 * Makes the one function that says who a request comes from.
 *
 * @throws {ApplicationsInvalid} and {KeySetMalformed} when a file that the settings name cannot be used; addresses are asked
 *   when the first token of their issuer comes.
 */
export function createAuthenticate(
  settings: IdentitySettings,
  { clock, tell = () => undefined }: AuthenticateDeps,
): Authenticate {
  const { rules, applicationsFile } = settings;
  const lock = createFailureLock(settings.lock, clock);
  const tokens = createTokenReader(settings, { clock, tell });
  const findApplication: FindApplication =
    applicationsFile === null
      ? () => ({ reason: 'unknown', detail: 'there are no applications' })
      : openApplications(applicationsFile, { rules, clock, tell });

  /** Asks unless the account is locked at this address, and counts failures. */
  const guarded = async (
    address: string,
    account: string,
    ask: () => Answer | Promise<Answer>,
  ): Promise<Answer> => {
    const seconds = lock.lockedSeconds(address, account);
    if (seconds > 0) {
      const detail = `too many failures of ${account === '' ? 'credentials that name nobody' : account}`;
      return { reason: 'locked', detail, retryAfterSeconds: seconds };
    }
    const answer = await ask();
    if ('reason' in answer && COUNTED.has(answer.reason)) lock.fail(address, account);
    return answer;
  };
  const byKey = (sent: SentKey, address: string): Promise<Answer> =>
    guarded(address, `${APPLICATION_PREFIX}/${sent.id}`, () => findApplication(sent));

  const prove = async (credential: Credential | Unauthenticated, address: string): Promise<Answer> => {
    if ('reason' in credential) {
      if (credential.reason === 'missing') return credential;
      return guarded(address, NOBODY, () => credential);
    }
    if (credential.kind === 'key') return byKey(credential.sent, address);
    return tokens.read(credential.token, (account, ask) => guarded(address, account, ask));
  };

  return (headers, address) => {
    try {
      const credential = readCredential(headers);
      const known = 'token' in credential ? tokens.proved(credential.token) : null;
      return known ?? prove(credential, address).catch(uncheckable);
    } catch (error) {
      return Promise.resolve(uncheckable(error));
    }
  };
}

/** A defect of ours lets nobody in. */
function uncheckable(error: unknown): Unauthenticated {
  return { reason: 'unavailable', detail: `the credential could not be checked: ${String(error)}` };
}

/** The account of credentials that claim none. */
const NOBODY = '';

/**
 * Failures that may be guesses. A token that has ended is genuine, and its owner should read that it has ended, not that he is
 * locked; that an issuer is away is not the caller's doing.
 */
const COUNTED: ReadonlySet<Unauthenticated['reason']> = new Set(['malformed', 'unknown']);

type Guard = (account: string, ask: () => Answer | Promise<Answer>) => Promise<Answer>;

interface TokenReader {
  /** Null: it was not proved, or too long ago. */
  proved(token: string): Identity | null;
  read(token: string, guard: Guard): Promise<Answer>;
}

function createTokenReader(
  { issuers, rules }: IdentitySettings,
  { clock, tell }: Required<AuthenticateDeps>,
): TokenReader {
  const proved = createProvedTokens(clock);
  const separated = createSeparatedAccounts(rules, clock);
  const keysOf = new Map<IssuerSettings, IssuerKeys>(
    issuers.map((issuer) => [issuer, openIssuerKeys(issuer, { clock, tell })]),
  );

  const check = async (token: string, issuer: IssuerSettings, account: string): Promise<Answer> => {
    const keys = keysOf.get(issuer);
    if (keys === undefined) throw new Error(`${issuer.name} has no keys`);
    const evidence = await proveToken(token, issuer, keys, clock);
    if ('reason' in evidence) return evidence;
    const grant = readGrant(evidence.claims, issuer, rules);
    if ('refused' in grant) return { reason: 'unknown', detail: `${account}: ${grant.refused}` };
    const { role, scope, scopes, purposes } = grant;
    const held = separated.admit(account, role, evidence.expires);
    if (held !== null) {
      const detail = `one account must not have two roles of administrators, but has ${held}, ${role}`;
      tell({ kind: 'roles-not-separated', about: account, detail });
      return { reason: 'unknown', detail: `${account}: ${detail}` };
    }
    const identity: Identity = {
      caller: { name: account, role, scope },
      kind: 'user',
      scopes,
      purposes,
      operations: 'any',
    };
    proved.put(token, identity, evidence.expires);
    return identity;
  };

  return {
    proved: proved.get,
    read: (token, guard) => {
      const read = readToken(token, issuers);
      if ('reason' in read) return guard(NOBODY, () => read);
      const account = `${read.issuer.name}/${read.subject}`;
      return guard(account, () => check(token, read.issuer, account));
    },
  };
}
