import { join } from 'node:path';
import { type AuditRecord, auditRecordGrammar, dayOf } from '../audit-record.js';
import { readLines } from '../trail/read-lines.js';
import { listSegments, segmentName } from '../trail/segment-names.js';
import { readLine } from '../trail/trail-line.js';

/** A record and where it stands. */
export interface FoundRecord {
  readonly segment: number;
  readonly line: number;
  readonly record: AuditRecord;
}

export interface RecordRange {
  /** First and last day of the county, `yyyy-MM-dd`, both included; null: without a bound. */
  readonly from: string | null;
  readonly to: string | null;
  /** A line without any of these texts is passed over unread. Absent: every record is read. */
  readonly texts?: readonly string[];
  /** Numbers of the segments to read. Absent: all. */
  readonly segments?: readonly number[];
}

/** A line that should be a record and is none. */
export class RecordUnreadable extends Error {
  override readonly name = 'RecordUnreadable';

  constructor(segment: number, line: number, options?: ErrorOptions) {
    super(
      `无法读取审计记录 ${segmentName(segment)}:${line}，请先运行 audit verify。` +
        `Cannot read the record ${segmentName(segment)}:${line}: run audit verify.`,
      options,
    );
  }
}

/**
 * Records of a trail in their order, as they come from the disk.
 *
 * @throws {RecordUnreadable} on a line that is no record; the chain is not looked at.
 */
export async function* readRecords(folder: string, range: RecordRange): AsyncGenerator<FoundRecord> {
  const all = await listSegments(folder);
  const segments = range.segments ?? all;
  const wanted = range.texts?.map((text) => Buffer.from(text)) ?? null;
  for (const segment of segments) {
    let line = 0;
    for await (const { lines } of readLines(join(folder, segmentName(segment)))) {
      for (const { bytes, isEnded } of lines) {
        line += 1;
        // The audit may be writing it.
        if (!isEnded && segment === all.at(-1)) return;
        if (wanted !== null && !wanted.some((text) => bytes.includes(text))) continue;
        const record = recordIn(bytes, segment, line);
        if (record !== null && isWithin(record, range)) yield { segment, line, record };
      }
    }
  }
}

function isWithin({ time }: AuditRecord, { from, to }: RecordRange): boolean {
  const day = dayOf(time);
  return (from === null || day >= from) && (to === null || day <= to);
}

/** @returns null for a head or checkpoint. */
function recordIn(bytes: Buffer, segment: number, line: number): AuditRecord | null {
  const read = readLine(bytes);
  if (read !== null && read.kind !== 'record') return null;
  try {
    return auditRecordGrammar.parse(read?.said());
  } catch (error) {
    throw new RecordUnreadable(segment, line, { cause: error });
  }
}
