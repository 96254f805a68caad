import { type Clock, systemClock } from '../../runtime/clock.js';
import { isHashThere } from './audit-hash.js';
import type { AuditRecord } from './audit-record.js';
import type { AuditSettings } from './audit-settings.js';
import { createSigner } from './checkpoint-keys.js';
import type { CopyPlace } from './copy/copy-place.js';
import { folderPlace } from './copy/folder-place.js';
import { type AuditState, AuditTrail } from './trail/audit-trail.js';

/** Where operations are recorded before their answers leave. */
export interface Audit {
  /**
   * Resolves when the record is on the disk.
   *
   * @throws {AuditUnavailable} when it is not.
   */
  append(record: AuditRecord): Promise<void>;
  state(): AuditState;
  /** Removes segments that were kept long enough; it happens by itself, at the start and every day. @returns their numbers. */
  prune(): Promise<readonly number[]>;
  /** How often the disk was told to keep what was written. */
  readonly flushes: number;
  /** Writes and signs what waits, and ends. */
  close(): Promise<void>;
}

/**
 * Opens the audit. A folder that cannot be written makes it unavailable, as `state` says, until it can.
 *
 * @param clock the real one: retention counts by it.
 * @param copy another place of copies than the settings' folder.
 * @throws {Error} when this machine's Node has no such hash, or the key is none of its kind.
 */
export async function openAudit(
  settings: AuditSettings,
  clock: Pick<Clock, 'now'> = systemClock,
  copy: CopyPlace | null = settings.copyFolder === null ? null : folderPlace(settings.copyFolder),
): Promise<Audit> {
  if (!isHashThere(settings.hash)) {
    throw new Error(
      `Cannot keep the audit: this Node must know the hash ${settings.hash}, but its OpenSSL does not`,
    );
  }
  const signer = createSigner(settings.signing, settings.hash);
  const trail = new AuditTrail(settings, { clock, signer, copy });
  await trail.open();
  return trail;
}
