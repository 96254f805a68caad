import type { AuditRecord } from '../../gateway/audit/audit-record.js';
import { who } from '../../gateway/audit/read/who.js';
import { segmentName } from '../../gateway/audit/trail/segment-names.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { AuditWhoOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { keyOf, readingAudit } from './open-audit-folder.js';

/** Prints a line for each record in which a subject was seen. */
export async function showWho(options: AuditWhoOptions, io: VerbIo): Promise<ExitCode> {
  const { folder, subjects, from, to } = options;
  const refs = keyOf(options.key, io.environment, (key) => subjects.map((ref) => ({ ref, key })));
  let count = 0;
  await readingAudit(folder, async () => {
    const told = new Set<string>();
    for (const subject of refs) {
      for await (const { segment, line, record } of who(folder, { subject, from, to })) {
        const place = `${segmentName(segment)}:${line}`;
        if (told.has(place)) continue;
        told.add(place);
        count += 1;
        io.say(`${describe(record)}\t${place}`);
      }
    }
  });
  io.say(`${count} 条记录 records`);
  return EXIT.ok;
}

function describe({
  time,
  caller,
  kind,
  operation,
  purpose,
  level,
  outcome,
  requestId,
}: AuditRecord): string {
  const words = [
    time,
    caller === null ? '-' : `${caller.name} (${caller.role})`,
    kind,
    operation?.name,
    purpose,
    level,
    outcome,
    requestId,
  ];
  return words.map((word) => word ?? '-').join('\t');
}
