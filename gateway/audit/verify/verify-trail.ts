import { join } from 'node:path';
import type { CheckpointKey } from '../checkpoint-keys.js';
import type { CopyPlace } from '../copy/copy-place.js';
import { keptSince } from '../trail/prune-trail.js';
import { readLines } from '../trail/read-lines.js';
import { listSegments, segmentName, segmentOf } from '../trail/segment-names.js';
import { checkpointGrammar } from '../trail/trail-line.js';
import { CopyCheck } from './copy-check.js';
import { type TrailBreak, trailBreak } from './trail-break.js';
import { TrailCheck, type UnsignedTail } from './trail-check.js';

export interface VerifyOptions {
  /** Empty: signatures are not checked. */
  readonly keys: readonly CheckpointKey[];
  /** Null: there is none to compare with. */
  readonly copy: CopyPlace | null;
  /** Default: the present moment. */
  readonly now?: Date;
}

export interface Verification {
  /** In the order of the trail, `unsigned` last; empty: it is whole. */
  readonly breaks: readonly TrailBreak[];
  readonly segments: number;
  readonly records: number;
  readonly checkpoints: number;
  /** Checkpoints whose signatures were checked. */
  readonly signatures: number;
  /** What is not signed yet; a running audit signs within its interval. */
  readonly unsigned: UnsignedTail | null;
}

/** What a running audit has not signed or copied for so long is not on its way any more. */
const PATIENCE_MS = 10_000;
/** How often a last line that is being written is looked at again. */
const LOOKS = 2;

/**
 * Reads a whole trail: sequence, chain, signatures, heads, and its copy byte by byte. It may be written to meanwhile.
 *
 * @throws the system's error when the folder or its copy cannot be read.
 */
export async function verifyTrail(folder: string, options: VerifyOptions): Promise<Verification> {
  const { keys, copy, now = new Date() } = options;
  // Asked first: the copy never has more than the trail has by then.
  const sizes = copy === null ? null : await copy.sizes();
  const segments = await listSegments(folder);
  const check = new TrailCheck(keys.length === 0 ? null : keys);
  const copied = copy === null || sizes === null ? null : new CopyCheck(copy, sizes);
  const isSettled = (moment: Date | null): boolean =>
    moment === null || !(now.getTime() - moment.getTime() < PATIENCE_MS);
  const missing = missingSegments(segments, sizes);
  for (const [index, segment] of segments.entries()) {
    check.beginSegment(segment);
    copied?.beginSegment(segment);
    const path = join(folder, segmentName(segment));
    for await (const { lines, bytes, start } of readLines(path, index === segments.length - 1 ? LOOKS : 0)) {
      await copied?.compare(check.line, bytes, start);
      for (const line of lines) {
        const read = check.see(line);
        copied?.see(check.line, line.start + line.bytes.length);
        if (read?.kind !== 'checkpoint' || copied === null || !copied.isBehind) continue;
        const at = checkpointGrammar.safeParse(tryRead(read)).data?.at;
        if (isSettled(at === undefined ? null : new Date(at))) copied.tellBehind();
      }
    }
    copied?.endSegment(check.line);
    if (check.line === 0) check.tell(0, 'torn');
    if (index === 0 && segment > 1 && !wasRemovedInTime(check.head?.at, now)) {
      if (!missing.some((one) => one.segment < segment))
        missing.push(trailBreak(segment - 1, 0, 'segment-missing'));
    }
  }
  const unsigned = check.unsignedTail();
  const isLate = unsigned !== null && isSettled(unsigned.since);
  const late = isLate ? [trailBreak(unsigned.segment, unsigned.line, 'unsigned')] : [];
  return {
    // What is not signed may be so because of any other break.
    breaks: [...inOrder([...check.breaks, ...missing, ...(copied?.breaks ?? [])]), ...late],
    segments: segments.length,
    records: check.records,
    checkpoints: check.checkpoints,
    signatures: check.signatures,
    unsigned,
  };
}

function inOrder(breaks: readonly TrailBreak[]): readonly TrailBreak[] {
  return [...breaks].sort((one, other) => one.segment - other.segment || one.line - other.line);
}

/** Segments that stand between two others, and those of which there is a copy alone. */
function missingSegments(
  segments: readonly number[],
  sizes: ReadonlyMap<string, number> | null,
): TrailBreak[] {
  const there = new Set(segments);
  const between = segments.flatMap((segment, index) =>
    index > 0 && !there.has(segment - 1) ? [segment - 1] : [],
  );
  const copied = [...(sizes?.keys() ?? [])].flatMap((name) => segmentOf(name) ?? []);
  const missing = new Set([...between, ...copied.filter((segment) => !there.has(segment))]);
  return [...missing].map((segment) => trailBreak(segment, 0, 'segment-missing'));
}

/** Whether the segments before the first one may have been removed: it began so long ago. */
function wasRemovedInTime(beganAt: string | undefined, now: Date): boolean {
  return beganAt !== undefined && new Date(beganAt) <= keptSince(now, 0);
}

function tryRead({ said }: { said(): unknown }): unknown {
  try {
    return said();
  } catch {
    return null;
  }
}
