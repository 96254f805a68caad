import type { GraphQLSchema } from 'graphql';
import type { Access } from './access.js';
import { type AccessRules, createRuleBook, subjectOfKey } from './authorise/access-rules.js';
import { openRules } from './authorise/open-rules.js';
import type { Requirement } from './requirements/requirement.js';

/** Rules of sorts of callers of whom nobody is there yet. */
export interface RulesByKey {
  /** @param key of rules of this run or another one. @returns null when there is no such role. */
  find(key: string): AccessRules | null;
  /** Of a caller of each role that asks registered operations alone, without a matter and scopes; of everybody where all may ask. */
  readonly registeredOnly: readonly AccessRules[];
}

interface Guarded {
  readonly apiSchema: GraphQLSchema;
  readonly requirements: ReadonlyMap<string, Requirement>;
}

export function createRulesByKey({ apiSchema, requirements }: Guarded, access: Access | 'open'): RulesByKey {
  if (access === 'open') {
    const rules = openRules(apiSchema, requirements);
    return { find: (key) => (key === rules.key ? rules : null), registeredOnly: [rules] };
  }
  const { roles } = access.policy;
  const rulesFor = createRuleBook(apiSchema, requirements, access.policy);
  return {
    find: (key) => {
      const subject = subjectOfKey(key);
      return subject === null || !roles.has(subject.role) ? null : rulesFor(subject);
    },
    registeredOnly: [...roles.values()]
      .filter(({ may }) => !may.has('query'))
      .map(({ name: role }) => rulesFor({ role, scopes: new Set(), isKnown: true, hasPurpose: false })),
  };
}
