import { createHash } from 'node:crypto';
import { If1Secrets } from './if1-secrets.js';

interface SharedSecrets {
  readonly secrets: If1Secrets;
  users: number;
}

/** By gateway and application, in this process: a second holder would end the secrets of the first. */
const shared = new Map<string, SharedSecrets>();

interface SecretsLease {
  readonly secrets: If1Secrets;
  /** The last one to go forgets the secrets; idempotent. */
  release(): void;
}

/** @param appSecret connections that do not agree in it share nothing, so that a wrong one fails by itself. */
export function shareIf1Secrets(url: string, appKey: string, appSecret: string): SecretsLease {
  const digest = createHash('sha256').update(appSecret).digest('base64');
  const name = JSON.stringify([new URL(url).origin, appKey, digest]);
  const known = shared.get(name) ?? { secrets: new If1Secrets(), users: 0 };
  known.users += 1;
  shared.set(name, known);
  let isReleased = false;
  return {
    secrets: known.secrets,
    release: () => {
      if (isReleased) return;
      isReleased = true;
      known.users -= 1;
      if (known.users === 0) shared.delete(name);
    },
  };
}
