import type { Authenticate } from './identity/identity.js';
import type { Policy } from './policy/policy.js';

/** Who may ask a gateway, and what they may see. */
export interface Access {
  readonly authenticate: Authenticate;
  readonly policy: Policy;
}
