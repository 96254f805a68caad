import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
/** A few callers are the whole load here. */
const MOST = { rate: 100_000, burst: 1_000_000, concurrent: 100_000 };

/**
 * Access and audit as a county has them: an issuer of tokens, the house's policy, every answer recorded and signed.
 *
 * @param {readonly string[]} [names] of the callers
 * @returns {Promise<{words: readonly string[], environment: NodeJS.ProcessEnv, headers: Readonly<Record<string, string>>,
 *   callers: readonly Readonly<Record<string, string>>[]}>} `callers`: the headers of each; `headers` those of the first
 */
export async function guardedWords(names = ['bench']) {
  const folder = mkdtempSync(join(tmpdir(), 'enforcement-graph-guarded-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // After the build.
  const { localIssuer } = await import('../../dist/gateway/access/identity/local-issuer.js');
  const { settings, issueToken } = await localIssuer(join(folder, 'keys'));
  const tokens = await Promise.all(
    names.map((name) => issueToken({ role: 'analyst', name, validFor: DAY_MS })),
  );
  const callers = tokens.map((token) => ({ authorization: `Bearer ${token}` }));
  const access = {
    issuers: {
      [settings.name]: {
        issuer: settings.issuer,
        audience: settings.audiences[0],
        algorithms: settings.algorithms,
        keys: { file: settings.keys.file },
      },
    },
  };
  const gateway = {
    limits: MOST,
    audit: {
      folder: join(folder, 'audit'),
      // Names of variables of the environment, not their values.
      sign: { with: 'hmac', key: '$' + '{env:BENCH_KEY}' },
      subjectKey: '$' + '{env:BENCH_KEY}',
    },
  };
  const [accessFile, gatewayFile] = [join(folder, 'access.yaml'), join(folder, 'gateway.yaml')];
  // JSON is YAML.
  writeFileSync(accessFile, JSON.stringify(access));
  writeFileSync(gatewayFile, JSON.stringify(gateway));
  return {
    words: ['--access', accessFile, '--gateway', gatewayFile],
    environment: { BENCH_KEY: 'k'.repeat(64) },
    headers: callers[0],
    callers,
  };
}
