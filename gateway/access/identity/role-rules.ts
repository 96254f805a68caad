import type { RowScope } from '../../../runtime/call/caller.js';
import type { Policy } from '../policy/policy.js';

/** What must hold of every account's role, whoever vouches for the account. */
export interface RoleRules {
  /** Roles that there are. */
  readonly roles: ReadonlySet<string>;
  /** Administrators whom the law keeps apart (MLPS-06): no account has two of these, and no application has any. */
  readonly separated: ReadonlySet<string>;
  /** Roles that are only given for some rows: by what these must be limited. */
  readonly requires: ReadonlyMap<string, readonly (keyof RowScope)[]>;
}

/** What a policy says of roles. */
export function rulesOfPolicy({ roles, separate }: Policy): RoleRules {
  const limited = [...roles.values()].filter(({ rows }) => rows.length > 0);
  return {
    roles: new Set(roles.keys()),
    separated: separate,
    requires: new Map(limited.map(({ name, rows }) => [name, rows])),
  };
}

/** What keeps an account from having its role. */
export type RoleFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly role: string }
  | { readonly kind: 'several'; readonly roles: readonly string[] }
  | { readonly kind: 'separated'; readonly roles: readonly string[] }
  /** It is only given with a limit of rows, and has none. */
  | { readonly kind: 'unlimited'; readonly role: string; readonly by: keyof RowScope };

/** Null: the account has exactly one role, a known one, and the limits that this role takes. */
export function roleFault(named: readonly string[], scope: RowScope, rules: RoleRules): RoleFault | null {
  const roles = [...new Set(named)];
  const separated = roles.filter((role) => rules.separated.has(role));
  if (separated.length > 1) return { kind: 'separated', roles: separated };
  const unknown = roles.find((role) => !rules.roles.has(role));
  if (unknown !== undefined) return { kind: 'unknown', role: unknown };
  const [role] = roles;
  if (role === undefined) return { kind: 'none' };
  if (roles.length > 1) return { kind: 'several', roles };
  const by = rules.requires.get(role)?.find((limit) => (scope[limit]?.length ?? 0) === 0);
  return by === undefined ? null : { kind: 'unlimited', role, by };
}

/** As the end of a sentence: «it must …, but …», in English, for the log. */
export function describeRoleFault(fault: RoleFault): string {
  switch (fault.kind) {
    case 'none':
      return 'it must have a role, but has none';
    case 'unknown':
      return `its role must be known, but is ${JSON.stringify(fault.role)}`;
    case 'several':
      return `it must have one role, but has ${fault.roles.join(', ')}`;
    case 'separated':
      return `one account must not have two roles of administrators, but has ${fault.roles.join(', ')}`;
    case 'unlimited':
      return `the role ${fault.role} must be limited by ${fault.by}, but is not`;
  }
}
