import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ConnectionConfig } from '../../adapters/kinds.js';
import type { Secret } from '../../runtime/config/secret.js';
import { errorCodeOf } from '../../runtime/error-code.js';
import { parsePlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import { ConfigError } from './config-error.js';
import { describeIssue } from './config-issue.js';
import { configSchema } from './config-schema.js';
import {
  findGatewaySettings,
  GATEWAY_FILE,
  type GatewaySettings,
  USUAL_SETTINGS,
} from './gateway-settings.js';
import { cannotUse, connectionsIn, readConnections } from './read-connections.js';
import { resolveKey } from './resolve-key.js';

/** What a county's process is told at start. Frozen; secrets show only when asked by `reveal()`. */
export interface Config {
  readonly connections: ReadonlyMap<string, ConnectionConfig>;
  /** What is wrong with the other connections of the file, by name: each costs the interfaces that read it. */
  readonly faults: ReadonlyMap<string, readonly Problem[]>;
  /** Key of the hash that stands for a person's ID number. */
  readonly personKey: Secret;
  /** Key that signs cursors. */
  readonly cursorKey: Secret;
  /** The demo county's day, `yyyy-MM-dd`; null: the real one. */
  readonly today: string | null;
  readonly gateway: GatewaySettings;
}

/**
 * Reads the connections file (YAML or JSON), and the `gateway.yaml` beside it if there is one.
 *
 * @throws {ConfigError} with every problem of the file as a whole and its place; no message holds a secret's value.
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
  const config = parseConfig(text, file, environment);
  return Object.freeze({
    ...config,
    gateway: findGatewaySettings(join(dirname(file), GATEWAY_FILE), environment),
  });
}

/** As `loadConfig`, of a text alone. Relative files are looked for beside `file`. */
export function parseConfig(text: string, file: string, environment: NodeJS.ProcessEnv): Config {
  const yaml = parsePlacedYaml(text, file);
  if (yaml.errors.length > 0) {
    throw new ConfigError(
      file,
      yaml.errors.map(({ place, zh, en }) => ({ place, message: `${zh}。 Cannot read the YAML: ${en}.` })),
    );
  }
  const parsed = configSchema.safeParse(yaml.value);
  const problems = parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, yaml));
  const { connections, faults } = readConnections(connectionsIn(yaml.value), file, yaml, environment);
  const keyAt = (name: 'personKey' | 'cursorKey'): Secret | null => {
    if (!parsed.success) return null;
    try {
      return resolveKey(parsed.data[name], environment);
    } catch (error) {
      problems.push({ place: yaml.placeOf([name]), message: cannotUse([name], error) });
      return null;
    }
  };
  const personKey = keyAt('personKey');
  const cursorKey = keyAt('cursorKey');
  if (!parsed.success || problems.length > 0 || personKey === null || cursorKey === null) {
    const ofConnections = [...faults.values()].flat().map(({ place, en }) => ({ place, message: en }));
    throw new ConfigError(file, [...problems, ...ofConnections]);
  }
  return Object.freeze({
    connections,
    faults,
    personKey,
    cursorKey,
    today: parsed.data.clock?.today ?? null,
    gateway: USUAL_SETTINGS,
  });
}
