import type { Access } from '../gateway/access/access.js';
import { createAuthenticate } from '../gateway/access/identity/create-authenticate.js';
import { rulesOfPolicy } from '../gateway/access/identity/role-rules.js';
import type { Logger } from '../gateway/observe/logger.js';
import { systemClock } from '../runtime/clock.js';
import type { AccessSettings } from './config/access-settings.js';
import { readPolicy } from './read-policy.js';

/**
 * Who is let in, and what they may see.
 *
 * @param root the project's folder, for its policy.
 * @throws {MappingError} for a policy with errors, and what `createAuthenticate` throws.
 */
export function openAccess(
  { policyFile, ...settings }: AccessSettings,
  root: string,
  logger: Pick<Logger, 'info' | 'warn'>,
): Access {
  const policy = readPolicy(root, policyFile);
  // Tokens end by the real time, whatever day a demo county has.
  const authenticate = createAuthenticate(
    { ...settings, rules: rulesOfPolicy(policy) },
    {
      clock: systemClock,
      tell: (event) => logger[event.kind === 'file-renewed' ? 'info' : 'warn'](event, 'access'),
    },
  );
  return { authenticate, policy };
}
