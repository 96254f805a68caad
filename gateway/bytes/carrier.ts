import type { CarrierEvent } from '../observe/gateway-observer.js';
import type { Carriage } from './carriage.js';
import type { PlanProgram } from './compile-plan.js';
import type { Program } from './compile-program.js';
import { loadModule } from './load-module.js';
import { createPlanReader, type PlanReader } from './plan-records.js';
import { createReplyScanner, type ReplyScanner } from './reply-scanner.js';
import { carryReply } from './single-reply.js';

/** What answers go by from subgraphs to callers: bytes as far as they can, or objects alone. */
export type CarrierName = 'bytes' | 'objects';
export const CARRIERS: readonly CarrierName[] = ['bytes', 'objects'];

/** Why an operation is left to the objects from the beginning. */
type Left = Extract<CarrierEvent['reason'], 'operation' | 'no_bytes' | 'bound'>;

/**
 * Begins to carry an operation.
 *
 * @param programOf asked for if bytes may carry it; null: they cannot.
 * @param hasBytes whether all replies come as bytes.
 */
export type Carrier = (programOf: () => Program | PlanProgram | null, hasBytes: boolean) => Carriage | Left;

/** One of each for each thread: they do one thing at a time. */
let scanner: ReplyScanner | null = null;
let reader: PlanReader | null = null;

/** Bytes of memory that answers under way have in this thread. */
export function carrierBytes(): number {
  return reader?.lentBytes() ?? 0;
}

/** @throws {Error} when bytes are asked for and the scanner is not built. */
export function createCarrier(name: CarrierName): Carrier {
  if (name === 'objects') return () => 'operation';
  scanner ??= createReplyScanner(loadModule());
  reader ??= createPlanReader();
  const [scans, reads] = [scanner, reader];
  return (programOf, hasBytes) => {
    if (!hasBytes) return 'no_bytes';
    const program = programOf();
    if (program === null) return 'operation';
    return 'requests' in program ? (reads.begin(program) ?? 'bound') : carryReply(scans, program);
  };
}

/** What came of an operation, for the metrics. @param isCarried whether its answer went by bytes. */
export function carrierEvent(carriage: Carriage | Left, isCarried: boolean): CarrierEvent {
  if (isCarried) return { carrier: 'bytes', reason: 'none' };
  const reason = typeof carriage === 'string' ? carriage : (carriage.doubt ?? 'no_bytes');
  return { carrier: 'objects', reason };
}
