import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ConnectionReader } from '../../adapters/adapter-kind.js';
import { ADAPTER_KINDS, type ConnectionConfig } from '../../adapters/kinds.js';
import type { Secret } from '../../runtime/config/secret.js';
import { resolveSecret, resolveSecretUrl } from '../../runtime/config/secret-reference.js';
import { errorCodeOf } from '../../runtime/error-code.js';
import { parsePlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { describeIssue } from './config-issue.js';
import { configSchema } from './config-schema.js';

/** What a county's process is told at start. Frozen; secrets show only when asked by `reveal()`. */
export interface Config {
  readonly connections: ReadonlyMap<string, ConnectionConfig>;
  /** Key of the hash that stands for a person's ID number. */
  readonly personKey: Secret;
  /** Key that signs cursors. */
  readonly cursorKey: Secret;
  /** The demo county's day, `yyyy-MM-dd`; null: the real one. */
  readonly today: string | null;
}

/** Shortest key that still resists guessing, in characters. */
const MIN_KEY_LENGTH = 16;

/**
 * Reads the connections file (YAML or JSON).
 *
 * @throws {ConfigError} with every problem and its place; no message holds a secret's value.
 */
export function loadConfig(file: string, environment: NodeJS.ProcessEnv = process.env): Config {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = errorCodeOf(error) ?? 'unreadable';
    throw new ConfigError(file, [
      {
        place: { line: 1, column: 1 },
        message: `Cannot read the configuration: the file must be readable, but is not (${reason}).`,
      },
    ]);
  }
  return parseConfig(text, file, environment);
}

/** As `loadConfig`, of a text. Relative files are looked for beside `file`. */
export function parseConfig(text: string, file: string, environment: NodeJS.ProcessEnv): Config {
  const yaml = parsePlacedYaml(text, file);
  if (yaml.errors.length > 0) throw new ConfigError(file, yaml.errors);
  const parsed = configSchema.safeParse(yaml.value);
  if (!parsed.success) {
    throw new ConfigError(
      file,
      parsed.error.issues.flatMap((issue) => describeIssue(issue, yaml)),
    );
  }
  const problems: ConfigProblem[] = [];
  const secretAt = (path: readonly string[], resolveIt: () => Secret): Secret | null => {
    try {
      return resolveIt();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      problems.push({ place: yaml.placeOf(path), message: `Cannot use ${path.join('.')}: ${reason}.` });
      return null;
    }
  };
  const connections = new Map<string, ConnectionConfig>();
  for (const [name, connection] of parsed.data.connections) {
    const at = (key: readonly string[]) => ['connections', name, ...key];
    const read = readConnection(connection, {
      name,
      pathOf: (path) => resolve(dirname(file), path),
      secretAt: (key, secret) => secretAt(at(key), () => resolveSecret(secret, environment)),
      secretUrlAt: (key, url) => secretAt(at(key), () => resolveSecretUrl(url, environment)),
    });
    if (read !== null) connections.set(name, Object.freeze(read));
  }
  const keyAt = (name: 'personKey' | 'cursorKey'): Secret | null =>
    secretAt([name], () => resolveKey(parsed.data[name], environment));
  const personKey = keyAt('personKey');
  const cursorKey = keyAt('cursorKey');
  if (problems.length > 0 || personKey === null || cursorKey === null) throw new ConfigError(file, problems);
  return Object.freeze({ connections, personKey, cursorKey, today: parsed.data.clock?.today ?? null });
}

function readConnection(
  text: Readonly<Record<string, unknown>>,
  reader: ConnectionReader,
): ConnectionConfig | null {
  const kind = ADAPTER_KINDS.find(({ dialects }) => dialects.some((dialect) => dialect === text.dialect));
  return kind?.readConnection(text, reader) ?? null;
}

function resolveKey(reference: string, environment: NodeJS.ProcessEnv): Secret {
  const secret = resolveSecret(reference, environment);
  const { length } = secret.reveal();
  if (length >= MIN_KEY_LENGTH) return secret;
  throw new Error(`it must have at least ${MIN_KEY_LENGTH} characters, but has ${length}`);
}
