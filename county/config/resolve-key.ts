import type { Secret } from '../../runtime/config/secret.js';
import { resolveSecret } from '../../runtime/config/secret-reference.js';

/** Shortest key that still resists guessing, in characters. */
const MIN_KEY_LENGTH = 16;

/** @throws {Error} naming the reference, never its value, when it refers to nothing or to a key that is too short. */
export function resolveKey(reference: string, environment: NodeJS.ProcessEnv): Secret {
  const secret = resolveSecret(reference, environment);
  const { length } = secret.reveal();
  if (length >= MIN_KEY_LENGTH) return secret;
  throw new Error(`it must have at least ${MIN_KEY_LENGTH} characters, but has ${length}`);
}
