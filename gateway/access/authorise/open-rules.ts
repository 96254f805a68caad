import type { GraphQLSchema } from 'graphql';
import type { Policy, RolePolicy } from '../policy/policy.js';
import { PERMISSIONS } from '../policy/policy.js';
import type { Requirement } from '../requirements/requirement.js';
import { type AccessRules, createRuleBook, EVERYTHING_ALLOWED } from './access-rules.js';

const EVERYBODY: RolePolicy = {
  name: 'anonymous',
  title: '未区分的调用者 Callers that are not told apart',
  may: new Set(PERMISSIONS),
  rows: [],
  purposeFrom: null,
  policies: new Set(),
  grantOf: () => 'allow',
};

const OPEN_POLICY: Policy = {
  roles: new Map([[EVERYBODY.name, EVERYBODY]]),
  separate: new Set(),
  smallCells: 5,
};

/**
 * The rules of a gateway that asks nobody who he is: every level is open, but what the graph itself demands an identity
 * for stays closed.
 */
export function openRules(
  schema: GraphQLSchema,
  requirements: ReadonlyMap<string, Requirement>,
): AccessRules {
  const demands = [...requirements.values()].some(({ authenticated }) => authenticated);
  if (!demands) return EVERYTHING_ALLOWED;
  return createRuleBook(
    schema,
    requirements,
    OPEN_POLICY,
  )({ role: EVERYBODY.name, scopes: new Set(), isKnown: false, hasPurpose: false });
}
