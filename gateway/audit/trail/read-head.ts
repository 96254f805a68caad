import { join } from 'node:path';
import { readLines } from './read-lines.js';
import { segmentName } from './segment-names.js';
import { readLine, type SegmentHead, segmentHeadGrammar } from './trail-line.js';

/** A segment's head as it says itself; null when it cannot be read. */
export async function readHead(folder: string, segment: number): Promise<SegmentHead | null> {
  for await (const { lines } of readLines(join(folder, segmentName(segment)))) {
    const [first] = lines;
    if (first === undefined) continue;
    const read = readLine(first.bytes);
    if (read?.kind !== 'head') return null;
    try {
      return segmentHeadGrammar.safeParse(read.said()).data ?? null;
    } catch {
      return null;
    }
  }
  return null;
}
