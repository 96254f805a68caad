import type { IncomingHttpHeaders } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { ANONYMOUS, type Caller } from '../../runtime/call/caller.js';
import type { Access } from './access.js';
import { type AccessRules, createRuleBook } from './authorise/access-rules.js';
import { openRules } from './authorise/open-rules.js';
import type { Identity, Unauthenticated } from './identity/identity.js';
import type { Requirement } from './requirements/requirement.js';
import { readUnmaskReason, UNMASK_HEADER, type UnmaskAsked } from './unmask-reason.js';

/** Who was let in, and what he may have. */
export interface Admitted {
  readonly caller: Caller;
  readonly rules: AccessRules;
  /** Null where nobody is asked who he is. */
  readonly identity: Identity | null;
  /** Why he wants to see whole what he is shown masked; null: he does not, or may not. */
  readonly unmaskReason: string | null;
}

/** Why somebody is not let in. */
export type TurnedAway =
  | { readonly why: 'unauthenticated'; readonly cause: Unauthenticated }
  | { readonly why: 'purpose'; readonly purpose: string; readonly identity: Identity };

/** Looks at a request's headers; never throws or rejects. */
export type Doorkeeper = (
  headers: IncomingHttpHeaders,
  address: string,
) => Admitted | TurnedAway | Promise<Admitted | TurnedAway>;

/** The header that names the legal matter for which a caller looks at personal data. */
export const PURPOSE_HEADER = 'x-purpose';

interface Guarded {
  readonly apiSchema: GraphQLSchema;
  readonly requirements: ReadonlyMap<string, Requirement>;
}

/**
 * @param access `open`: nobody is asked who he is.
 * @param isRecorded whether answers are recorded: nothing is unmasked otherwise.
 */
export function createDoorkeeper(
  { apiSchema, requirements }: Guarded,
  access: Access | 'open',
  isRecorded: boolean,
): Doorkeeper {
  if (access === 'open') {
    const everybody: Admitted = {
      caller: ANONYMOUS,
      rules: openRules(apiSchema, requirements),
      identity: null,
      unmaskReason: null,
    };
    return () => everybody;
  }
  const rulesFor = createRuleBook(apiSchema, requirements, access.policy);
  /** Of those who say neither what for nor why, which is the same for each of their requests. */
  const plain = new WeakMap<Identity, Admitted>();
  const admitPlain = (identity: Identity): Admitted => {
    const known = plain.get(identity);
    if (known !== undefined) return known;
    const made = admit(identity, null, null);
    plain.set(identity, made);
    return made;
  };
  const admit = (identity: Identity, purpose: string | null, asked: UnmaskAsked): Admitted => {
    const { caller, scopes } = identity;
    const found = rulesFor({
      role: caller.role,
      scopes,
      isKnown: true,
      hasPurpose: purpose !== null,
      unmasks: asked !== null,
    });
    const rules = refuseBy(found, asked, isRecorded);
    return {
      caller: {
        ...caller,
        ...(purpose !== null && { purpose }),
        ...(!rules.may('exact') && { smallCells: access.policy.smallCells }),
        ...(rules.may('hands') && { hands: true }),
      },
      rules,
      identity,
      unmaskReason: asked !== null && 'reason' in asked ? asked.reason : null,
    };
  };
  const judge = (
    identity: Identity | Unauthenticated,
    headers: IncomingHttpHeaders,
  ): Admitted | TurnedAway => {
    if ('reason' in identity) return { why: 'unauthenticated', cause: identity };
    const purpose = readText(headers[PURPOSE_HEADER]) || null;
    if (purpose !== null && !identity.purposes.has(purpose)) return { why: 'purpose', purpose, identity };
    const asked = readUnmaskReason(readText(headers[UNMASK_HEADER]));
    return purpose === null && asked === null ? admitPlain(identity) : admit(identity, purpose, asked);
  };
  return (headers, address) => {
    const found = access.authenticate(headers, address);
    return found instanceof Promise ? found.then((one) => judge(one, headers)) : judge(found, headers);
  };
}

/** Whether the role may unmask, the rules know; whether it is said well and recorded, they do not. */
function refuseBy(rules: AccessRules, asked: UnmaskAsked, isRecorded: boolean): AccessRules {
  if (asked === null || rules.refused !== null) return rules;
  const refused = 'refused' in asked ? asked.refused : isRecorded ? null : 'unrecorded';
  return refused === null ? rules : { ...rules, key: `${rules.key} ${refused}`, refused };
}

/** Headers of words hold Chinese: percent-encoded, or as the bytes of UTF-8, which Node reads one by one. */
function readText(header: string | readonly string[] | undefined): string | null {
  if (typeof header !== 'string') return null;
  const text = Buffer.from(header, 'latin1').toString('utf8');
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
