import type { CarrierEvent } from '../observe/gateway-observer.js';
import type { Program } from './compile-program.js';
import { loadModule } from './load-module.js';
import { createReplyScanner, type ReplyScanner, type ScannedReply } from './reply-scanner.js';

/** Which carries answers from subgraphs to callers: bytes as far as they can, or objects alone. */
export type CarrierName = 'bytes' | 'objects';
export const CARRIERS: readonly CarrierName[] = ['bytes', 'objects'];

/** Carries one operation. */
export interface Carriage {
  /** Absent: the operation is not one for bytes. */
  readonly carry?: (reply: Buffer) => ScannedReply | null;
  /** What came of it, for the metrics. */
  told(): CarrierEvent;
}

const BY_OBJECTS: Carriage = { told: () => ({ carrier: 'objects', reason: 'operation' }) };

/** One for each thread: it reads one reply at a time. */
let scanner: ReplyScanner | null = null;

/** @param program null: the operation has none. */
export function openCarriage(program: Program | null): Carriage {
  if (program === null) return BY_OBJECTS;
  let event: CarrierEvent = { carrier: 'objects', reason: 'no_bytes' };
  return {
    carry: (reply) => {
      scanner ??= createReplyScanner(loadModule());
      const scanned = scanner.scan(program, reply);
      const isDoubt = typeof scanned === 'string';
      event = isDoubt ? { carrier: 'objects', reason: scanned } : { carrier: 'bytes', reason: 'none' };
      return isDoubt ? null : scanned;
    },
    told: () => event,
  };
}
