import type { RowScope } from '../../../../runtime/call/caller.js';
import type { ClaimPaths, IssuerSettings } from '../identity-settings.js';
import { describeRoleFault, type RoleRules, roleFault } from '../role-rules.js';
import { DEPARTMENT_NAME, PLAIN_WORD, TOWNSHIP_CODE } from '../row-names.js';

/** What an issuer says of somebody. */
export interface Grant {
  readonly role: string;
  readonly scope: RowScope;
  readonly scopes: ReadonlySet<string>;
  readonly purposes: ReadonlySet<string>;
}

export interface GrantRefused {
  readonly refused: string;
}

type Claims = Readonly<Record<string, unknown>>;

/** More would not fit into the header in which a caller goes along to other machines. */
const MAX_WORDS = 200;

/**
 * Reads the claims of a token that is proved. A list may be written as a list, or as one text with blanks between, as `scope`
 * is (RFC 8693). A limit of rows that is there and cannot be read refuses the token: it must never be read as no limit.
 */
export function readGrant(claims: Claims, issuer: IssuerSettings, rules: RoleRules): Grant | GrantRefused {
  const { claims: paths, secondFactors } = issuer;
  const list = (name: keyof ClaimPaths, word: RegExp): readonly string[] | null | undefined =>
    readWords(claimAt(claims, paths[name]), word);
  const roles = list('role', PLAIN_WORD);
  const townships = list('townships', TOWNSHIP_CODE);
  const departments = list('departments', DEPARTMENT_NAME);
  const scopes = list('scopes', PLAIN_WORD);
  const purposes = list('purposes', PLAIN_WORD);
  if (
    roles === undefined ||
    townships === undefined ||
    departments === undefined ||
    scopes === undefined ||
    purposes === undefined
  )
    return { refused: 'its claims must be lists of words, townships of codes with nine digits, but are not' };
  const scope = { townships, departments };
  const fault = roleFault(roles ?? [], scope, rules);
  if (fault !== null) return { refused: describeRoleFault(fault) };
  const role = roles?.[0] ?? '';
  if (rules.separated.has(role) && secondFactors.length > 0 && !hasSecondFactor(claims.amr, secondFactors))
    return { refused: `the role ${role} must be proved with ${secondFactors.join(' or ')}, but is not` };
  return { role, scope, scopes: new Set(scopes), purposes: new Set(purposes) };
}

function claimAt(claims: Claims, path: readonly string[]): unknown {
  let value: unknown = claims;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Claims)[name];
  }
  return value;
}

/** Null: there is none. Undefined: it cannot be read. */
function readWords(value: unknown, word: RegExp): readonly string[] | null | undefined {
  if (value === undefined || value === null) return null;
  const words: unknown = typeof value === 'string' ? value.split(' ').filter((part) => part !== '') : value;
  if (!Array.isArray(words) || words.length > MAX_WORDS) return undefined;
  const isRead = words.every((part): part is string => typeof part === 'string' && word.test(part));
  return isRead ? [...new Set(words)] : undefined;
}

function hasSecondFactor(amr: unknown, secondFactors: readonly string[]): boolean {
  return Array.isArray(amr) && amr.some((method) => secondFactors.some((factor) => factor === method));
}
