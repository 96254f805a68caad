import { ALL_ROWS } from '../../runtime/call/caller.js';
import type { Access } from '../access/access.js';
import { parsePolicy } from '../access/policy/policy.js';

const POLICY = `roles:
  everything:
    title: 全部 Everything
    may: [query, introspect, export, metrics, health, audit, policy, exact]
    types: { "*": { L1: allow, L2: allow, L3: allow } }
`;

/** Whoever says a name in the header `x-name` is known by it, and may ask everything; `x-operations: registered` binds him. */
export const namedAccess: Access = {
  policy: parsePolicy(POLICY, 'policy.yaml'),
  authenticate: ({ 'x-name': name, 'x-operations': operations }) =>
    Promise.resolve(
      typeof name === 'string'
        ? {
            caller: { name, role: 'everything', scope: ALL_ROWS },
            kind: 'application',
            scopes: new Set(),
            purposes: new Set(),
            operations: operations === 'registered' ? 'registered' : 'any',
          }
        : { reason: 'missing', detail: 'no x-name' },
    ),
};
