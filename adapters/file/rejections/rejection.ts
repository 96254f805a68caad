import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../../../runtime/write-durably.js';
import { codeOf } from '../../foreign-error.js';
import { writeFileMoment } from '../../versions/moment-text.js';
import { compareNewestFirst } from '../drops/drop.js';
import type { DropFault } from '../thread/drop-fault.mjs';
import { writeReport } from './rejection-report.js';
import { withoutCells } from './without-cells.js';
import { wordFault } from './word-fault.js';

const rejection = z.strictObject({
  interface: z.string(),
  /** The drop as it stood. */
  drop: z.strictObject({ name: z.string(), size: z.number(), modifiedMs: z.number() }),
  /** ISO. */
  rejectedAt: z.iso.datetime(),
  /** Lines of the report. */
  reasons: z.int().min(1),
  /** False: reading was given up there, and there may be more. */
  isComplete: z.boolean(),
  /** The first reasons, Chinese first; they hold no cells. */
  examples: z.array(z.string()),
  /** File name of the report beside the summary. */
  report: z.string().regex(/^[^/\\]+\.csv$/),
  fingerprint: z.string(),
});

/** What is remembered of a drop that was not accepted. */
export type RejectionSummary = z.infer<typeof rejection>;

const KEPT = 20;
const MAX_EXAMPLES = 5;
/** Characters, of which each may take three bytes in a name of 255. */
const MAX_NAME_LENGTH = 60;

interface RejectedDrop extends Pick<RejectionSummary, 'interface' | 'drop' | 'fingerprint' | 'isComplete'> {
  readonly faults: readonly DropFault[];
}

/**
 * Writes the report and its summary.
 *
 * @param folder of the interface's reports.
 * @throws the file system's error.
 */
export async function saveRejection(
  folder: string,
  rejected: RejectedDrop,
  now: Date,
): Promise<RejectionSummary> {
  const { faults, drop, ...rest } = rejected;
  const base = `${[...drop.name].slice(0, MAX_NAME_LENGTH).join('')}-${writeFileMoment(now)}`;
  const examples = faults.slice(0, MAX_EXAMPLES).map((fault) => {
    const told = withoutCells(fault, faults);
    const { chinese, english } = wordFault(told);
    return `${placeOf(told)}${chinese} / ${english}`;
  });
  const { name, size, modifiedMs } = drop;
  const summary: RejectionSummary = {
    ...rest,
    drop: { name, size, modifiedMs },
    rejectedAt: now.toISOString(),
    reasons: faults.length,
    examples,
    report: `${base}.csv`,
  };
  await mkdir(folder, { recursive: true });
  await writeDurably(join(folder, summary.report), writeReport(faults));
  await writeDurably(join(folder, `${base}.json`), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

/** `工作表“台账”第 3 行“名称”：`; headings and names of sheets are no cells. */
function placeOf({ sheet, row, column }: DropFault): string {
  const words = [
    ...(sheet === null ? [] : [`工作表“${sheet}”`]),
    ...(row === null ? [] : [`第 ${row} 行`]),
    ...(column === null ? [] : [`“${column}”`]),
  ];
  return words.length === 0 ? '' : `${words.join('')}：`;
}

/** The summaries that are there, of the newest drop first; unreadable ones are passed over. */
export async function loadRejections(folder: string): Promise<RejectionSummary[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  const found: RejectionSummary[] = [];
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    const summary = decodeSummary(text);
    if (summary !== null) found.push(summary);
  }
  return found.sort(compareRejections);
}

/** Deletes all but the latest reports. */
export async function pruneRejections(folder: string, summaries: readonly RejectionSummary[]): Promise<void> {
  const byTime = [...summaries].sort((a, b) => b.rejectedAt.localeCompare(a.rejectedAt));
  for (const { report } of byTime.slice(KEPT)) {
    await rm(join(folder, report), { force: true });
    await rm(join(folder, report.replace(/csv$/, 'json')), { force: true });
  }
}

export function compareRejections(a: RejectionSummary, b: RejectionSummary): number {
  return compareNewestFirst(a.drop, b.drop) || b.rejectedAt.localeCompare(a.rejectedAt);
}

function decodeSummary(text: string): RejectionSummary | null {
  try {
    return rejection.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
