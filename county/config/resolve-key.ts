// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { z } from 'zod';
import type { Secret } from '../../runtime/config/secret.js';
import { isSecretReference, resolveSecret } from '../../runtime/config/secret-reference.js';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import { cannotUse } from './read-connections.js';

/** Shortest key that still resists guessing, in characters. */
const MIN_KEY_LENGTH = 16;

/** Where a file names a key. */
export const keyReference = z.string().refine(isSecretReference, {
  error:
    '引用，如 ${env:NAME} 或 ${file:/run/secrets/name}，不能写密钥本身 | a reference such as ${env:NAME} or ${file:/run/secrets/name}, never the key itself',
});

/** Where a file names a password. */
export const passwordReference = z.string().refine(isSecretReference, {
  error:
    '引用，如 ${env:NAME} 或 ${file:/run/secrets/name}，不能写密码本身 | a reference such as ${env:NAME} or ${file:/run/secrets/name}, never the password itself',
});

/** @throws {Error} naming the reference, never its value, when it refers to nothing or to a key that is too short. */
export function resolveKey(reference: string, environment: NodeJS.ProcessEnv): Secret {
  const secret = resolveSecret(reference, environment);
  const { length } = secret.reveal();
  if (length >= MIN_KEY_LENGTH) return secret;
  throw new Error(`it must have at least ${MIN_KEY_LENGTH} characters, but has ${length}`);
}

interface KeyReading {
  readonly yaml: PlacedYaml;
  readonly environment: NodeJS.ProcessEnv;
  /** Takes what cannot be used, with its place and without its value. */
  readonly problems: Problem[];
}

/** The password that a file names at a path; it may be short. */
export function readPasswordAt(
  path: readonly string[],
  reference: string,
  { yaml, environment, problems }: KeyReading,
): Secret | null {
  try {
    return resolveSecret(reference, environment);
  } catch (error) {
    problems.push({
      rule: 'invalid-value',
      severity: 'error',
      place: yaml.placeOf(path),
      zh: `“${path.join('.')}”指向的密码无法读取。`,
      en: cannotUse(path, error),
    });
    return null;
  }
}

/** The key that a file names at a path. @param use throws when the key does not serve. */
export function readKeyAt(
  path: readonly string[],
  reference: string,
  { yaml, environment, problems }: KeyReading,
  use: (key: Secret) => unknown = () => undefined,
): Secret | null {
  try {
    const key = resolveKey(reference, environment);
    use(key);
    return key;
  } catch (error) {
    problems.push({
      rule: 'invalid-value',
      severity: 'error',
      place: yaml.placeOf(path),
      zh: `“${path.join('.')}”无法使用。`,
      en: cannotUse(path, error),
    });
    return null;
  }
}
