import type { AuditRecord } from '../../gateway/audit/audit-record.js';
import { readRecords } from '../../gateway/audit/read/read-records.js';
import { findUnusual } from '../../gateway/audit/unusual/find-unusual.js';
import type { Finding } from '../../gateway/audit/unusual/watch.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { AuditUnusualOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { readingAudit } from './open-audit-folder.js';

const WORDS: Readonly<Record<Finding['rule'], (count: number) => string>> = {
  night: (count) => `夜间查询 ${count} 次 ${count} answers at night`,
  volume: (count) => `一日内 L3 查询 ${count} 次 ${count} answers of level L3 on one day`,
  follow: (count) => `在 ${count} 天查看同一主体 the same subject on ${count} days`,
};

/** Prints a line for each unusual thing. */
export async function showUnusual(
  { folder, rules, from, to }: AuditUnusualOptions,
  io: VerbIo,
): Promise<ExitCode> {
  let count = 0;
  await readingAudit(folder, async () => {
    for await (const finding of findUnusual(recordsOf(folder, from, to), rules)) {
      count += 1;
      const subject = finding.subjectHash === undefined ? '' : `\t${finding.subjectHash}`;
      io.say(
        `${finding.rule}\t${finding.caller}\t${finding.from} – ${finding.to}\t${WORDS[finding.rule](finding.count)}${subject}`,
      );
    }
  });
  io.say(`${count} 处异常 unusual`);
  return count > 0 ? EXIT.findings : EXIT.ok;
}

async function* recordsOf(
  folder: string,
  from: string | null,
  to: string | null,
): AsyncGenerator<AuditRecord> {
  for await (const { record } of readRecords(folder, { from, to })) yield record;
}
