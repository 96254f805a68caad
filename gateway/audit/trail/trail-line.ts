import { createHash, hash as hashOf } from 'node:crypto';
import { z } from 'zod';
import { AUDIT_HASHES, type AuditHash, HASH_LENGTH } from '../audit-hash.js';

/** A line of a segment is `{"seq":N,"<kind>":{…},"hash":"<64 hexadecimal signs>"}`. */
export const LINE_KINDS = ['head', 'record', 'checkpoint'] as const;

export type LineKind = (typeof LINE_KINDS)[number];

/** The first line of a segment. */
export const segmentHeadGrammar = z.strictObject({
  segment: z.int().min(1),
  at: z.string(),
  hash: z.enum(AUDIT_HASHES),
  /** Hash of the last line of the segment before. */
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  /** Why it was begun. */
  reason: z.enum(['start', 'size', 'day', 'failure']),
  /** What was found broken in the segments before; null: nothing. */
  broken: z.string().nullable(),
});

export type SegmentHead = z.infer<typeof segmentHeadGrammar>;

/** A line that signs all lines before it. */
export const checkpointGrammar = z.strictObject({
  at: z.string(),
  key: z.string(),
  signature: z.string(),
});

const BEFORE_SEQUENCE = '{"seq":';
const BEFORE_HASH = ',"hash":"';
const AFTER_HASH = '"}';
const TAIL_LENGTH = BEFORE_HASH.length + HASH_LENGTH + AFTER_HASH.length;

/** @param json of the line's kind, one line. @returns the line with its line break, and its hash. */
export function encodeLine(
  line: { readonly seq: number; readonly kind: LineKind; readonly json: string },
  previous: string,
  hash: AuditHash,
): { readonly text: string; readonly hash: string } {
  const body = `${BEFORE_SEQUENCE}${line.seq},"${line.kind}":${line.json}`;
  const digest = hashOf(hash, previous + body, 'hex');
  return { text: `${body}${BEFORE_HASH}${digest}${AFTER_HASH}\n`, hash: digest };
}

/** What a checkpoint signs. @param previous hash of the line before it. */
export function signedText(seq: number, previous: string, at: string): string {
  return `enforcement-graph/audit-checkpoint\n${seq}\n${previous}\n${at}`;
}

/** A line as it stands in a file, not yet compared with its neighbours. */
export interface ReadLine {
  readonly seq: number;
  readonly kind: LineKind;
  /** As the line says. */
  readonly hash: string;
  /** What the line says of its kind. @throws {SyntaxError} when it is no JSON. */
  said(): unknown;
  /** What the line's hash must be. */
  hashAfter(previous: string, hash: AuditHash): string;
}

/** @param bytes without the line break. @returns null for what is no such line. */
export function readLine(bytes: Buffer): ReadLine | null {
  const end = bytes.length - TAIL_LENGTH;
  if (end <= BEFORE_SEQUENCE.length) return null;
  const tail = bytes.toString('latin1', end);
  const hash = tail.slice(BEFORE_HASH.length, -AFTER_HASH.length);
  if (!tail.startsWith(BEFORE_HASH) || !tail.endsWith(AFTER_HASH) || !/^[0-9a-f]{64}$/.test(hash))
    return null;
  const start = /^\{"seq":([1-9]\d{0,15}),"(head|record|checkpoint)":\{/.exec(
    bytes.toString('latin1', 0, 48),
  );
  if (start === null) return null;
  const [before, seq, kind] = start;
  return {
    seq: Number(seq),
    kind: kind as LineKind,
    hash,
    said: () => JSON.parse(bytes.toString('utf8', before.length - 1, end)),
    hashAfter: (previous, algorithm) => hashAfter(previous, bytes, end, algorithm),
  };
}

/** Lines of the usual length are hashed in one call, which costs half as much. */
const SCRATCH = Buffer.allocUnsafe(16 * 1024);

function hashAfter(previous: string, bytes: Buffer, end: number, algorithm: AuditHash): string {
  const length = previous.length + end;
  if (length > SCRATCH.length) {
    return createHash(algorithm).update(previous).update(bytes.subarray(0, end)).digest('hex');
  }
  SCRATCH.write(previous, 0, 'latin1');
  bytes.copy(SCRATCH, previous.length, 0, end);
  return hashOf(algorithm, SCRATCH.subarray(0, length), 'hex');
}
