import { checkpointKeys } from '../../gateway/audit/checkpoint-keys.js';
import { folderPlace } from '../../gateway/audit/copy/folder-place.js';
import { segmentName } from '../../gateway/audit/trail/segment-names.js';
import { verifyTrail } from '../../gateway/audit/verify/verify-trail.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { AuditVerifyOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { keyOf, readingAudit } from './open-audit-folder.js';

/** Says where an audit is not as it was written, or that it is. */
export async function verifyAudit(options: AuditVerifyOptions, io: VerbIo): Promise<ExitCode> {
  const { folder, copyFolder } = options;
  const keys = options.keys.flatMap((reference) => keyOf(reference, io.environment, checkpointKeys));
  const verify = () =>
    verifyTrail(folder, { keys, copy: copyFolder === null ? null : folderPlace(copyFolder) });
  const found = await readingAudit(folder, () =>
    copyFolder === null ? verify() : readingAudit(copyFolder, verify),
  );
  for (const { segment, line, kind, message } of found.breaks) {
    io.say(`${segmentName(segment)}:${line}: ${kind}: ${message}`);
  }
  const { segments, records, checkpoints, signatures, unsigned } = found;
  io.say(
    `${segments} 段 segments, ${records} 条记录 records, ${checkpoints} 个检查点 checkpoints, ` +
      `${signatures} 个签名已核对 signatures checked, ${unsigned?.records ?? 0} 条尚未签名 not signed yet`,
  );
  if (keys.length === 0) io.say('未给出密钥（--key），签名未核对。Signatures were not checked: no --key.');
  if (copyFolder === null) io.say('未给出副本（--copy），未作比对。No copy was compared: no --copy.');
  if (segments === 0) io.say('没有任何审计段。There are no segments.');
  return found.breaks.length > 0 || segments === 0 ? EXIT.findings : EXIT.ok;
}
