import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { errorCodeOf } from '../../../runtime/error-code.js';
import { writeDurably } from '../../../runtime/write-durably.js';
import type { KeptOperation } from './kept-operation.js';

/** What is kept of a graph for the next run. */
export interface PlanFileContent {
  /** What callers see of the graph. */
  readonly apiSdl: string;
  /** The busiest first. */
  readonly operations: readonly KeptOperation[];
}

export type ReadPlanFile =
  | { readonly kind: 'read'; readonly content: PlanFileContent }
  | { readonly kind: 'absent' }
  | { readonly kind: 'ignored'; readonly reason: string };

/** A file larger than any that was written here is none. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;
/** Lines between two turns of the event loop: each takes some microseconds. */
const LINES_A_TURN = 20;
/** Queries may have names and numbers of persons as literals. */
const OWNER_ALONE = 0o600;

/**
 * The file is lines of JSON: what the plans depend on, what callers see, each plan, each operation, and last the SHA-256 of all
 * that, so that a file that was cut is noticed.
 *
 * @param key of `graphKey`: a file of another graph or program is ignored.
 */
export async function readPlanFile(path: string, key: string): Promise<ReadPlanFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = errorCodeOf(error) ?? String(error);
    return code === 'ENOENT'
      ? { kind: 'absent' }
      : { kind: 'ignored', reason: `it cannot be read (${code})` };
  }
  if (text.length > MAX_FILE_BYTES) return { kind: 'ignored', reason: 'it is too large' };
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  const body = text.slice(0, end);
  if (text.slice(end) !== lastLineOf(body)) return { kind: 'ignored', reason: 'it is broken' };
  const [first, second, ...lines] = body.split('\n');
  if (first !== key) return { kind: 'ignored', reason: 'it is of another graph or version' };
  const content = decode(second, lines.slice(0, -1));
  return content === null ? { kind: 'ignored', reason: 'it is broken' } : { kind: 'read', content };
}

/** Atomic: whoever reads meanwhile finds the former file. */
export async function writePlanFile(path: string, key: string, content: PlanFileContent): Promise<void> {
  const lines = [key, JSON.stringify({ apiSdl: content.apiSdl })];
  const places = new Map<string, number>();
  for (const { planned, plan, ...operation } of content.operations) {
    let place = places.get(planned);
    if (place === undefined) {
      place = places.size;
      places.set(planned, place);
      lines.push(JSON.stringify({ document: planned, plan }));
    }
    lines.push(JSON.stringify({ ...operation, plan: place }));
    if (lines.length % LINES_A_TURN === 0) await nextTurn();
  }
  const body = `${lines.join('\n')}\n`;
  await writeDurably(path, body + lastLineOf(body), OWNER_ALONE);
}

function lastLineOf(body: string): string {
  return `${JSON.stringify({ sha256: hash('sha256', body) })}\n`;
}

const apiLine = z.strictObject({ apiSdl: z.string() });
const planLine = z.strictObject({ document: z.string(), plan: z.string() });
const operationLine = z.strictObject({
  query: z.string(),
  operationName: z.string().optional(),
  conditions: z.record(z.string(), z.union([z.boolean(), z.null()])),
  accessKey: z.string(),
  uses: z.number().positive(),
  plan: z.int().nonnegative(),
});
const anyLine = z.union([planLine, operationLine]);

/** @returns null when it is not what is written here. */
function decode(first: string | undefined, lines: readonly string[]): PlanFileContent | null {
  try {
    const { apiSdl } = apiLine.parse(JSON.parse(first ?? ''));
    const operations: KeptOperation[] = [];
    const plans: { readonly document: string; readonly plan: string }[] = [];
    for (const line of lines) {
      const read = anyLine.parse(JSON.parse(line));
      if ('document' in read) {
        plans.push(read);
        continue;
      }
      const own = plans[read.plan];
      if (own === undefined) return null;
      const { query, operationName, conditions, accessKey, uses } = read;
      const { document: planned, plan } = own;
      operations.push({ query, operationName, conditions, accessKey, uses, planned, plan });
    }
    return { apiSdl, operations };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
