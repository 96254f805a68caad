// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localIssuer } from '../../gateway/access/identity/local-issuer.js';

/** What the files of a machine refer to. */
export const MACHINE_SECRETS = { CALLER_KEY: 'a key that signs callers', KEY: 'a key of sixteen signs' };

/** Has callers signed. */
export const SIGNED = "callerKey: '${env:CALLER_KEY}'\n";

/** Has answers recorded, beside the files. */
export const AUDITED =
  "audit: { folder: audit, sign: { with: hmac, key: '${env:KEY}' }, subjectKey: '${env:KEY}' }\n";

/** A machine's folder with the files of a real county, whose clock is that of the machine. */
export interface CountyMachine {
  readonly folder: string;
  readonly connectionsFile: string;
  readonly gatewayFile: string;
  /** For `STATE_DIRECTORY`, and what the files refer to. */
  readonly environment: NodeJS.ProcessEnv;
  /** What its audit holds. */
  audit(): string;
}

/**
 * @param connections of `connections.yaml`, by flow: `market: { … }`.
 * @param settings text of `gateway.yaml`.
 */
export function openCountyMachine(folder: string, connections: string, settings: string): CountyMachine {
  mkdirSync(folder, { recursive: true });
  const [connectionsFile, gatewayFile] = [join(folder, 'connections.yaml'), join(folder, 'gateway.yaml')];
  const keys = "personKey: '${env:KEY}'\ncursorKey: '${env:KEY}'\n";
  writeFileSync(connectionsFile, `connections: { ${connections} }\n${keys}`);
  writeFileSync(gatewayFile, settings);
  return {
    folder,
    connectionsFile,
    gatewayFile,
    environment: { ...MACHINE_SECRETS, STATE_DIRECTORY: join(folder, 'state') },
    audit: () => {
      const audit = join(folder, 'audit');
      return readdirSync(audit)
        .filter((name) => name.endsWith('.ndjson'))
        .map((name) => readFileSync(join(audit, name), 'utf8'))
        .join('');
    },
  };
}

/** Lets in whom the issuer of a folder vouches for. @returns a token for each role. */
export async function letIn<Role extends string>(
  machine: Pick<CountyMachine, 'folder'>,
  issuerFolder: string,
  roles: readonly Role[],
): Promise<ReadonlyMap<Role, string>> {
  const issuer = await localIssuer(issuerFolder);
  const { issuer: name, audiences, algorithms } = issuer.settings;
  writeFileSync(
    join(machine.folder, 'access.yaml'),
    `issuers: { local: { issuer: '${name}', audience: ${audiences[0]}, algorithms: [${algorithms}], keys: { file: '${join(issuerFolder, 'issuer-jwks.json')}' } } }\n`,
  );
  const issue = async (role: Role): Promise<readonly [Role, string]> => [
    role,
    await issuer.issueToken({ role, name: `${role}-wang`, validFor: 3_600_000 }),
  ];
  return new Map(await Promise.all(roles.map(issue)));
}
