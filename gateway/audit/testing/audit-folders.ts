import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../../runtime/config/secret.js';
import { type AuditSettings, USUAL_AUDIT } from '../audit-settings.js';

export const SIGNING_KEY = new Secret('a signing key of the tests');
export const SUBJECT_KEY = new Secret('a subject key of the tests');

/** A folder of a suite, and settings of audits in it. */
export interface AuditFolders {
  readonly root: string;
  /** Settings of a new audit with a copy. */
  settings(change?: Partial<AuditSettings>): AuditSettings;
  remove(): void;
}

export function auditFolders(): AuditFolders {
  const root = mkdtempSync(join(tmpdir(), 'eg-audit-'));
  let count = 0;
  return {
    root,
    settings: (change = {}) => {
      count += 1;
      return {
        ...USUAL_AUDIT,
        folder: join(root, String(count), 'audit'),
        copyFolder: join(root, String(count), 'copy'),
        signing: { kind: 'hmac', key: SIGNING_KEY },
        subjectKey: SUBJECT_KEY,
        ...change,
      };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** So late that whatever is written now should have been signed and copied. */
export function later(): Date {
  return new Date(Date.now() + 60_000);
}
