import { open, stat, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_HASH } from '../audit-hash.js';
import type { CopyPlace } from '../copy/copy-place.js';
import { type TrailBreak, trailBreak } from '../verify/trail-break.js';
import { TrailCheck, type UnsignedTail } from '../verify/trail-check.js';
import type { ChainEnd } from './chain.js';
import { type FileLine, readLines } from './read-lines.js';
import { listSegments, segmentName, segmentOf } from './segment-names.js';
import { syncFolder } from './sync-folder.js';
import { readLine } from './trail-line.js';

/** What was found in a folder, and where to go on. */
export interface Recovery {
  readonly nextSegment: number;
  readonly end: ChainEnd;
  /** The last line was not whole, and was cut off. */
  readonly torn: { readonly segment: number; readonly bytes: number } | null;
  /** What else is wrong; nothing of it was changed. */
  readonly broken: TrailBreak | null;
  readonly unsigned: UnsignedTail | null;
}

/** No line is longer: records are bounded. */
const LONGEST_LINE = 2 * 1024 * 1024;

/**
 * Reads the last segment, compares the sizes of all with those of their copies, and cuts off a last line that was not written
 * whole. Older segments are `verifyTrail`'s to read.
 *
 * @throws the system's error when the folder cannot be read.
 */
export async function recoverTrail(folder: string, copy: CopyPlace | null): Promise<Recovery> {
  const segments = await listSegments(folder);
  const copied = await copySizes(copy);
  const last = segments.at(-1);
  if (last === undefined) {
    const beyond = Math.max(0, ...copied.keys());
    const broken = beyond === 0 ? null : trailBreak(beyond, 0, 'segment-missing');
    const end = { seq: 0, hash: NO_HASH };
    return { nextSegment: beyond + 1, end, torn: null, broken, unsigned: null };
  }
  const before = await endOf(folder, segments.at(-2));
  const { check, final } = await readSegment(join(folder, segmentName(last)), last);
  const isTorn = check.line === 0 || isLastLineAlone(check);
  const torn = isTorn ? await cutOff(folder, last, final) : null;
  const ownEnd = torn === null ? { seq: check.seq, hash: check.hash } : endBefore(check, final);
  const isEmpty = torn !== null && (final === null || final.line.start === 0);
  const inSegment = isTorn ? null : (check.breaks[0] ?? null);
  const broken =
    inSegment ?? misfit(segments, before, check) ?? (await beyondOriginal(folder, segments, copied));
  return {
    nextSegment: Math.max(isEmpty ? last : last + 1, ...[...copied.keys()].map((segment) => segment + 1)),
    end: isEmpty ? (before ?? { seq: 0, hash: NO_HASH }) : ownEnd,
    torn,
    broken,
    unsigned: isEmpty ? null : check.unsignedTail(),
  };
}

async function copySizes(copy: CopyPlace | null): Promise<ReadonlyMap<number, number>> {
  // A place that does not answer must not keep the audit from being written: the copy says so itself.
  const sizes = copy === null ? new Map<string, number>() : await copy.sizes().catch(() => new Map());
  return new Map(
    [...sizes].flatMap(([name, size]) => {
      const segment = segmentOf(name);
      return segment === null ? [] : [[segment, size] as const];
    }),
  );
}

interface FinalLine {
  readonly line: FileLine;
  /** Where the trail stood before it. */
  readonly before: ChainEnd;
}

async function readSegment(path: string, segment: number) {
  const check = new TrailCheck(null);
  check.beginSegment(segment);
  let final: FinalLine | null = null;
  for await (const { lines } of readLines(path)) {
    for (const line of lines) {
      final = { line, before: { seq: check.seq, hash: check.hash } };
      check.see(line);
    }
  }
  return { check, final };
}

/** Whether nothing but the last line is wrong, by itself: its place in the trail is right. */
function isLastLineAlone({ breaks: [found, ...more], line }: TrailCheck): boolean {
  return more.length === 0 && found?.line === line && (found.kind === 'torn' || found.kind === 'changed');
}

function endBefore(check: TrailCheck, final: FinalLine | null): ChainEnd {
  return final?.before ?? { seq: check.seq, hash: check.hash };
}

async function cutOff(folder: string, segment: number, final: FinalLine | null) {
  const path = join(folder, segmentName(segment));
  const start = final?.line.start ?? 0;
  const { size } = await stat(path);
  if (start === 0) {
    await unlink(path);
    await syncFolder(folder);
  } else {
    await truncate(path, start);
    const file = await open(path, 'r+');
    await file.sync().finally(() => file.close());
  }
  return { segment, bytes: size - start };
}

/** End of a segment by its last whole line; null when there is none. */
async function endOf(folder: string, segment: number | undefined): Promise<ChainEnd | null> {
  if (segment === undefined) return null;
  const file = await open(join(folder, segmentName(segment)), 'r');
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - LONGEST_LINE);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    const lines = buffer.subarray(0, bytesRead);
    const end = lines.lastIndexOf(10);
    const read = end === -1 ? null : readLine(lines.subarray(lines.lastIndexOf(10, end - 1) + 1, end));
    return read === null ? null : { seq: read.seq, hash: read.hash };
  } finally {
    await file.close();
  }
}

/** Whether the last segment goes on from the one before it, and none between is away. */
function misfit(
  segments: readonly number[],
  before: ChainEnd | null,
  { head }: TrailCheck,
): TrailBreak | null {
  const gap = segments.find((segment, index) => index > 0 && segment !== (segments[index - 1] ?? 0) + 1);
  if (gap !== undefined) return trailBreak(gap - 1, 0, 'segment-missing');
  if (head === null || before === null || head.previous === before.hash) return null;
  return trailBreak(head.segment, 1, 'head-wrong');
}

/** The first segment of which the copy has more than the original. */
async function beyondOriginal(
  folder: string,
  segments: readonly number[],
  copied: ReadonlyMap<number, number>,
): Promise<TrailBreak | null> {
  for (const [segment, size] of [...copied].sort(([one], [other]) => one - other)) {
    if (segment < (segments[0] ?? 0)) continue;
    if (!segments.includes(segment)) return trailBreak(segment, 0, 'segment-missing');
    const original = await stat(join(folder, segmentName(segment)));
    if (original.size < size) return trailBreak(segment, 0, 'truncated');
  }
  return null;
}
