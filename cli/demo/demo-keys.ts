import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditSettings, USUAL_AUDIT } from '../../gateway/audit/audit-settings.js';
import { Secret } from '../../runtime/config/secret.js';
import { errorCodeOf } from '../../runtime/error-code.js';
import { stateFolder } from '../state-folder.js';

/**
 * Where the keys lie that vouch for callers of demo counties. All of a project's have the same, and they outlive a county that
 * is built anew: a token goes on working.
 */
export function demoKeysFolder(root: string): string {
  return join(stateFolder(root), 'demo-keys');
}

/**
 * The demo's audit: it lies beside the keys, and is signed by one of them.
 */
export function demoAudit(root: string): AuditSettings {
  const keys = demoKeysFolder(root);
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  return {
    ...USUAL_AUDIT,
    folder: join(stateFolder(root), 'demo-audit'),
    copyFolder: join(stateFolder(root), 'demo-audit-copy'),
    signing: { kind: 'hmac', key: localKey(join(keys, 'audit-key')) },
    subjectKey: localKey(join(keys, 'audit-subject-key')),
  };
}

/** A key of this machine's own; it is made when there is none. */
function localKey(file: string): Secret {
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error;
  }
  return new Secret(readFileSync(file, 'utf8'));
}
