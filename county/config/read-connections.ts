import { dirname, resolve } from 'node:path';
import { ADAPTER_KINDS, type ConnectionConfig } from '../../adapters/kinds.js';
import type { Secret } from '../../runtime/config/secret.js';
import { resolveSecret, resolveSecretUrl } from '../../runtime/config/secret-reference.js';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import type { ConfigProblem } from './config-error.js';
import { describeIssue } from './config-issue.js';
import { connectionGrammar, connectionName } from './config-schema.js';

/** Connections of a file by name: those that can be opened, and what is wrong with the others. */
export interface ReadConnections {
  readonly connections: ReadonlyMap<string, ConnectionConfig>;
  readonly faults: ReadonlyMap<string, readonly Problem[]>;
}

/** The block `connections` of a file; empty where there is none. */
export function connectionsIn(value: unknown): Readonly<Record<string, unknown>> {
  const block =
    typeof value === 'object' && value !== null && 'connections' in value ? value.connections : null;
  return typeof block === 'object' && block !== null ? (block as Readonly<Record<string, unknown>>) : {};
}

/** Reads each connection by itself. Relative files are looked for beside `file`. */
export function readConnections(
  block: Readonly<Record<string, unknown>>,
  file: string,
  yaml: PlacedYaml,
  environment: NodeJS.ProcessEnv,
): ReadConnections {
  const connections = new Map<string, ConnectionConfig>();
  const faults = new Map<string, readonly Problem[]>();
  for (const [name, text] of Object.entries(block)) {
    const problems: ConfigProblem[] = [];
    const connection = readOne(name, text, { file, yaml, environment, problems });
    if (connection === null || problems.length > 0) {
      faults.set(
        name,
        problems.map((problem) => toProblem(name, problem, file)),
      );
    } else connections.set(name, Object.freeze(connection));
  }
  return { connections, faults };
}

function toProblem(name: string, { place, message }: ConfigProblem, file: string): Problem {
  return {
    rule: 'connection',
    severity: 'error',
    place: { file, line: place.line, column: place.column },
    zh: `连接“${name}”的配置有误，未启用。`,
    en: message,
  };
}

/** Why a value at a path cannot be used, as a sentence. */
export function cannotUse(path: readonly string[], error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `Cannot use ${path.join('.')}: ${reason}.`;
}

interface Reading {
  readonly file: string;
  readonly yaml: PlacedYaml;
  readonly environment: NodeJS.ProcessEnv;
  readonly problems: ConfigProblem[];
}

function readOne(
  name: string,
  text: unknown,
  { file, yaml, environment, problems }: Reading,
): ConnectionConfig | null {
  const named = connectionName.safeParse(name);
  if (!named.success) {
    const reason = named.error.issues[0]?.message ?? 'is not a name';
    const message = `Cannot use the name ${JSON.stringify(name)}: it ${reason}.`;
    problems.push({ place: yaml.placeOfKey(['connections'], name), message });
    return null;
  }
  const decoded = connectionGrammar.safeParse(text);
  if (!decoded.success) {
    const issues = decoded.error.issues.map((issue) => ({
      ...issue,
      path: ['connections', name, ...issue.path],
    }));
    problems.push(...issues.flatMap((issue) => describeIssue(issue, yaml)));
    return null;
  }
  const secretAt = (key: readonly string[], resolveIt: () => Secret): Secret | null => {
    const path = ['connections', name, ...key];
    try {
      return resolveIt();
    } catch (error) {
      problems.push({ place: yaml.placeOf(path), message: cannotUse(path, error) });
      return null;
    }
  };
  const kind = ADAPTER_KINDS.find(({ dialects }) =>
    dialects.some((dialect) => dialect === decoded.data.dialect),
  );
  const connection = kind?.readConnection(decoded.data, {
    name,
    pathOf: (path) => resolve(dirname(file), path),
    secretAt: (key, secret) => secretAt(key, () => resolveSecret(secret, environment)),
    secretUrlAt: (key, url) => secretAt(key, () => resolveSecretUrl(url, environment)),
  });
  return connection ?? null;
}
