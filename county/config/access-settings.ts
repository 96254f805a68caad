import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  type IdentitySettings,
  type IssuerKeySettings,
  type IssuerSettings,
  USUAL_CLAIMS,
  USUAL_LOCK,
} from '../../gateway/access/identity/identity-settings.js';
import type { Secret } from '../../runtime/config/secret.js';
import { resolveSecret } from '../../runtime/config/secret-reference.js';
import { durationText } from '../../runtime/duration-text.js';
import { durationMs } from '../../runtime/yaml/duration.js';
import { type PlacedYaml, parsePlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import { readTextFile } from '../../runtime/yaml/read-text-file.js';
import { describeYamlIssues, syntaxProblems } from '../../runtime/yaml/yaml-problems.js';
import { accessGrammar, hideSecret, type SaidAccess, type SaidIssuer } from './access-grammar.js';
import { configErrorOf } from './config-error.js';
import { cannotUse } from './read-connections.js';

/** What `access.yaml` says: who is let in. Which roles there are, the policy says. */
export interface AccessSettings extends Omit<IdentitySettings, 'rules'> {
  /** Of `schema/policy.yaml`; null: the house's own. */
  readonly policyFile: string | null;
}

/** Name of the file, beside the connections file. */
export const ACCESS_FILE = 'access.yaml';

const HOUR_MS = 3_600_000;

/** Bounds of what the file may say, with what is usual. Milliseconds. */
const BOUNDS = {
  leeway: { least: 0, most: 60_000, usual: 30_000 },
  every: { least: 60_000, most: HOUR_MS, usual: HOUR_MS },
  staleFor: { least: 0, most: 24 * HOUR_MS, usual: 4 * HOUR_MS },
  timeout: { least: 100, most: 30_000, usual: 5000 },
  within: { least: 1000, most: HOUR_MS, usual: USUAL_LOCK.withinMs },
  for: { least: 1000, most: 24 * HOUR_MS, usual: USUAL_LOCK.forMs },
} as const;

/** A second factor was asked for, in the words of RFC 8176. */
const USUAL_SECOND_FACTORS: readonly string[] = ['mfa'];

/**
 * Reads an `access.yaml`:
 *
 * ```yaml
 * issuers:
 *   county:                                  # stands before the slash in callers' names
 *     issuer: https://id.example.gov.cn/realms/county
 *     audience: enforcement-graph
 *     algorithms: [RS256]
 *     keys: { url: https://id.example.gov.cn/realms/county/certs, every: 1h, staleFor: 4h, timeout: 5s }
 *     claims: { role: [realm_access, roles] }
 *     leeway: 30s
 *     secondFactor: [mfa]                     # what `amr` of an administrator must name; []: not looked at
 * applications: applications.yaml
 * policy: policy.yaml
 * lock: { failures: 10, within: 1m, for: 1m }
 * ```
 *
 * Files are looked for beside it; `keys: { file: jwks.json }` takes keys from a file. What it does not say is as usual, and as
 * shown above.
 *
 * @throws {ConfigError} with every problem and its place; no message holds a secret's value.
 */
export function readAccessSettings(
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
): AccessSettings {
  const read = readTextFile(file, file);
  if (read.kind === 'problem') throw configErrorOf(file, [read.problem]);
  return parseAccessSettings(read.text, file, environment);
}

/** As `readAccessSettings`, of a text. */
export function parseAccessSettings(
  source: string,
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
): AccessSettings {
  const yaml = parsePlacedYaml(source, file);
  if (yaml.errors.length > 0) throw configErrorOf(file, syntaxProblems(yaml));
  const decoded = accessGrammar.safeParse(yaml.value ?? {}, { reportInput: true });
  if (!decoded.success) {
    throw configErrorOf(file, describeYamlIssues(decoded.error.issues.map(hideSecret), yaml, accessGrammar));
  }
  const reading = new Reading(file, yaml, environment);
  const settings = reading.settingsOf(decoded.data);
  if (reading.problems.length > 0) throw configErrorOf(file, reading.problems);
  return Object.freeze(settings);
}

/** Resolves what the grammar accepted, and gathers what cannot be used. */
class Reading {
  readonly problems: Problem[] = [];

  constructor(
    private readonly file: string,
    private readonly yaml: PlacedYaml,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  settingsOf({ issuers: said = {}, applications, policy, lock = {} }: SaidAccess): AccessSettings {
    if (Object.keys(said).length === 0 && applications === undefined) {
      this.#refuse(
        [],
        '“issuers”和“applications”至少要有一项，否则谁也进不来。',
        'issuers or applications must be given, or nobody is let in, but neither is.',
      );
    }
    const issuers = Object.entries(said).map(([name, one]) => this.#issuerOf(name, one));
    this.#refuseRepeats(issuers);
    return {
      issuers,
      applicationsFile: this.#fileAt(['applications'], applications),
      policyFile: this.#fileAt(['policy'], policy),
      lock: {
        failures: lock.failures ?? USUAL_LOCK.failures,
        withinMs: this.#within(['lock', 'within'], 'within', lock.within),
        forMs: this.#within(['lock', 'for'], 'for', lock.for),
      },
    };
  }

  #issuerOf(name: string, said: SaidIssuer): IssuerSettings {
    const at = ['issuers', name];
    return Object.freeze({
      name,
      issuer: said.issuer,
      audiences: typeof said.audience === 'string' ? [said.audience] : said.audience,
      algorithms: said.algorithms,
      keys: this.#keysOf([...at, 'keys'], said.keys),
      leewaySeconds: Math.floor(this.#within([...at, 'leeway'], 'leeway', said.leeway) / 1000),
      claims: {
        role: pathOf(said.claims?.role) ?? USUAL_CLAIMS.role,
        townships: pathOf(said.claims?.townships) ?? USUAL_CLAIMS.townships,
        departments: pathOf(said.claims?.departments) ?? USUAL_CLAIMS.departments,
        scopes: pathOf(said.claims?.scopes) ?? USUAL_CLAIMS.scopes,
        purposes: pathOf(said.claims?.purposes) ?? USUAL_CLAIMS.purposes,
      },
      secondFactors: said.secondFactor ?? USUAL_SECOND_FACTORS,
    });
  }

  #keysOf(at: readonly string[], said: SaidIssuer['keys']): IssuerKeySettings {
    const { url, file, authorization, ca, every, staleFor, timeout } = said;
    if ((url === undefined) === (file === undefined)) {
      this.#refuse(
        at,
        `“${at.join('.')}”须写明“url”或“file”，二者取一。`,
        `${at.join('.')} must name either url or file.`,
      );
    }
    if (file !== undefined) {
      for (const [key, value] of Object.entries({ authorization, ca, every, staleFor, timeout })) {
        if (value === undefined) continue;
        this.#refuse([...at, key], `“${key}”只用于“url”。`, `${key} is for url alone.`);
      }
      return { kind: 'file', file: this.#fileAt([...at, 'file'], file) ?? file };
    }
    return {
      kind: 'url',
      url: url ?? '',
      authorization: this.#secretAt([...at, 'authorization'], authorization),
      authorities: this.#authoritiesAt([...at, 'ca'], ca),
      maxAgeMs: this.#within([...at, 'every'], 'every', every),
      staleForMs: this.#within([...at, 'staleFor'], 'staleFor', staleFor),
      timeoutMs: this.#within([...at, 'timeout'], 'timeout', timeout),
    };
  }

  #within(path: readonly string[], name: keyof typeof BOUNDS, said: string | undefined): number {
    const { least, most, usual } = BOUNDS[name];
    if (said === undefined) return usual;
    const ms = durationMs(said);
    if (ms >= least && ms <= most) return ms;
    const [from, to] = [durationText(least / 1000), durationText(most / 1000)];
    this.#refuse(
      path,
      `“${path.join('.')}”应在 ${from.zh}到 ${to.zh}之间。`,
      `${path.join('.')} must be from ${from.en} to ${to.en}.`,
    );
    return usual;
  }

  #fileAt(path: readonly string[], said: string | undefined): string | null {
    if (said === undefined) return null;
    const found = resolve(dirname(this.file), said);
    if (!existsSync(found)) {
      this.#refuse(
        path,
        `没有“${path.join('.')}”所指的文件 ${found}。`,
        `${path.join('.')} must name a file, but there is none at ${found}.`,
      );
    }
    return found;
  }

  #secretAt(path: readonly string[], reference: string | undefined): Secret | null {
    if (reference === undefined) return null;
    try {
      return resolveSecret(reference, this.environment);
    } catch (error) {
      this.#refuse(path, `“${path.join('.')}”无法使用。`, cannotUse(path, error));
      return null;
    }
  }

  #authoritiesAt(path: readonly string[], said: string | undefined): readonly string[] | null {
    const file = this.#fileAt(path, said);
    if (file === null || !existsSync(file)) return null;
    const read = readTextFile(file, file);
    const certificates =
      read.kind === 'text'
        ? (read.text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [])
        : [];
    if (certificates.length > 0 && certificates.every(isCertificate)) return certificates;
    this.#refuse(
      path,
      `${file} 中须有 PEM 证书。`,
      `${path.join('.')} must name a file with certificates in PEM, but ${file} has none that can be read.`,
    );
    return null;
  }

  /** Of two issuers with one `iss`, which one vouches for a token? */
  #refuseRepeats(issuers: readonly IssuerSettings[]): void {
    for (const [index, { name, issuer }] of issuers.entries()) {
      if (issuers.findIndex((other) => other.issuer === issuer) === index) continue;
      this.#refuse(
        ['issuers', name, 'issuer'],
        '同一“issuer”出现了两次。',
        'Each issuer must stand once, but this one stands twice.',
      );
    }
  }

  #refuse(path: readonly string[], zh: string, en: string): void {
    this.problems.push({
      rule: 'invalid-value',
      severity: 'error',
      place: this.yaml.placeOf(path),
      zh,
      en,
    });
  }
}

function pathOf(said: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof said === 'string' ? [said] : said;
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
