import type { CarrierEvent } from '../observe/gateway-observer.js';
import type { Program } from './compile-program.js';
import { loadModule } from './load-module.js';
import { createReplyScanner, type Doubt, type ReplyScanner, type ScannedReply } from './reply-scanner.js';

/** What answers go by from subgraphs to callers: bytes as far as they can, or objects alone. */
export type CarrierName = 'bytes' | 'objects';
export const CARRIERS: readonly CarrierName[] = ['bytes', 'objects'];

/** Carries one operation. */
export interface Carriage {
  /** Absent: the operation is not one for bytes. */
  readonly carry?: (reply: Buffer) => ScannedReply | null;
  /** What came of it, for the metrics. */
  told(): CarrierEvent;
}

/** Begins to carry an operation. @param program asked for if bytes may carry it; null: they cannot. */
export type Carrier = (program: () => Program | null) => Carriage;

const BY_OBJECTS: Carriage = { told: () => ({ carrier: 'objects', reason: 'operation' }) };

/** One for each thread: it reads one reply at a time. */
let scanner: ReplyScanner | null = null;

/** @throws {Error} when bytes are asked for and the scanner is not built. */
export function createCarrier(name: CarrierName): Carrier {
  if (name === 'objects') return () => BY_OBJECTS;
  scanner ??= createReplyScanner(loadModule());
  const reads = scanner;
  return (programOf) => {
    const program = programOf();
    return program === null ? BY_OBJECTS : carryByBytes(reads, program);
  };
}

function carryByBytes(reads: ReplyScanner, program: Program): Carriage {
  let event: CarrierEvent = { carrier: 'objects', reason: 'no_bytes' };
  return {
    carry: (reply) => {
      const scanned = scanSafely(reads, program, reply);
      const isDoubt = typeof scanned === 'string';
      event = isDoubt ? { carrier: 'objects', reason: scanned } : { carrier: 'bytes', reason: 'none' };
      return isDoubt ? null : scanned;
    },
    told: () => event,
  };
}

/** A fault of the scanner's own must not cost an answer. */
function scanSafely(reads: ReplyScanner, program: Program, reply: Buffer): ScannedReply | Doubt | 'failed' {
  try {
    return reads.scan(program, reply);
  } catch {
    return 'failed';
  }
}
