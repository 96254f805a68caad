import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { errorCodeOf } from '../error-code.js';
import { Secret } from './secret.js';

const REFERENCE = /\$\{([^}]*)\}/g;
const WHOLE_REFERENCE = /^\$\{[^}]*\}$/;

/** Whether the text is one reference and nothing else, so that it can hold a secret and show none. */
export function isSecretReference(text: string): boolean {
  return WHOLE_REFERENCE.test(text);
}

/**
 * Replaces every `${env:NAME}` and `${file:/absolute/path}` in a text by what it refers to. A file's last line
 * break is not part of the secret.
 *
 * @throws {Error} naming the reference, never its value, when it is not one of the two or refers to nothing.
 */
export function resolveSecret(text: string, environment: NodeJS.ProcessEnv): Secret {
  return new Secret(text.replace(REFERENCE, (_, reference: string) => resolveOne(reference, environment)));
}

/** As `resolveSecret`; what stands inside a longer URL is percent-encoded, so that a password may hold `/` or `@`. */
export function resolveSecretUrl(url: string, environment: NodeJS.ProcessEnv): Secret {
  if (isSecretReference(url)) return resolveSecret(url, environment);
  return new Secret(
    url.replace(REFERENCE, (_, reference: string) => encodeURIComponent(resolveOne(reference, environment))),
  );
}

function resolveOne(reference: string, environment: NodeJS.ProcessEnv): string {
  const at = reference.indexOf(':');
  const scheme = reference.slice(0, at);
  const target = reference.slice(at + 1);
  if (scheme === 'env') return resolveVariable(target, environment);
  if (scheme === 'file') return resolveFile(target);
  throw new Error(`a reference must be \${env:NAME} or \${file:/run/secrets/name}, but is \${${reference}}`);
}

function resolveVariable(name: string, environment: NodeJS.ProcessEnv): string {
  const value = environment[name];
  if (value === undefined || value === '') {
    throw new Error(`the environment variable ${name} must be set, but is ${value === '' ? 'empty' : 'not'}`);
  }
  return value;
}

function resolveFile(path: string): string {
  if (!isAbsolute(path)) {
    throw new Error(`a secret file must be named by its absolute path, but is named ${path}`);
  }
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = errorCodeOf(error) ?? 'unreadable';
    throw new Error(`the secret file ${path} must be readable, but is not (${reason})`);
  }
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw new Error(`the secret file ${path} must hold a secret, but is empty`);
  return secret;
}
