import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { describeIssue } from './config-issue.js';
import { type ConfigText, configSchema } from './config-schema.js';
import { errorCodeOf } from './error-code.js';
import { parsePlacedYaml } from './placed-yaml.js';
import type { Secret } from './secret.js';
import { resolveSecret, resolveSecretUrl } from './secret-reference.js';

export type ConnectionConfig =
  /** `file` is absolute; it need not exist yet. */
  | { readonly dialect: 'sqlite'; readonly file: string }
  | { readonly dialect: 'postgres' | 'mysql'; readonly url: Secret };

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
  const connections = resolveConnections(parsed.data, dirname(file), (path, url) =>
    secretAt(path, () => resolveSecretUrl(url, environment)),
  );
  const keyAt = (name: 'personKey' | 'cursorKey'): Secret | null =>
    secretAt([name], () => resolveKey(parsed.data[name], environment));
  const personKey = keyAt('personKey');
  const cursorKey = keyAt('cursorKey');
  if (problems.length > 0 || personKey === null || cursorKey === null) throw new ConfigError(file, problems);
  return Object.freeze({ connections, personKey, cursorKey, today: parsed.data.clock?.today ?? null });
}

function resolveKey(reference: string, environment: NodeJS.ProcessEnv): Secret {
  const secret = resolveSecret(reference, environment);
  const { length } = secret.reveal();
  if (length >= MIN_KEY_LENGTH) return secret;
  throw new Error(`it must have at least ${MIN_KEY_LENGTH} characters, but has ${length}`);
}

function resolveConnections(
  config: z.infer<ConfigText>,
  folder: string,
  urlAt: (path: readonly string[], url: string) => Secret | null,
): ReadonlyMap<string, ConnectionConfig> {
  const connections = new Map<string, ConnectionConfig>();
  for (const [name, connection] of config.connections) {
    if (connection.dialect === 'sqlite') {
      connections.set(name, Object.freeze({ dialect: 'sqlite', file: resolve(folder, connection.file) }));
      continue;
    }
    const url = urlAt(['connections', name, 'url'], connection.url);
    if (url !== null) connections.set(name, Object.freeze({ dialect: connection.dialect, url }));
  }
  return connections;
}
