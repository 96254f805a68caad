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

/** Looks at a request's headers; never rejects. */
export type Doorkeeper = (
  headers: IncomingHttpHeaders,
  address: string,
) => Admitted | Promise<Admitted | TurnedAway>;

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
  return async (headers, address) => {
    const identity = await access.authenticate(headers, address);
    if ('reason' in identity) return { why: 'unauthenticated', cause: identity };
    const { caller, scopes, purposes } = identity;
    const purpose = readText(headers[PURPOSE_HEADER]) || null;
    if (purpose !== null && !purposes.has(purpose)) return { why: 'purpose', purpose, identity };
    const asked = readUnmaskReason(readText(headers[UNMASK_HEADER]));
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
      },
      rules,
      identity,
      unmaskReason: asked !== null && 'reason' in asked ? asked.reason : null,
    };
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
