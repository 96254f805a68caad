import type {
  CallBounds,
  ReadRequest,
  SourceRow,
  TallyGroup,
  TallyRequest,
} from '../../../adapters/source-adapter.js';
import { SourceError, SourceTimeout } from '../../../adapters/source-error.js';
import { type CallContext, remainingMs } from '../../call-context.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { createGate, type Gate } from './gate.js';

/**
 * Time kept back so that an answer about a late source still reaches its caller in time: more than the hub
 * keeps back (100 ms) before it gives up on the department as a whole.
 */
const MARGIN_MS = 200;

/** Calls to one interface's source: bounded in time, size and number, and observed. */
export interface SourceCalls {
  read(request: ReadRequest, context: CallContext): Promise<readonly SourceRow[]>;
  tally(request: TallyRequest, context: CallContext): Promise<readonly TallyGroup[]>;
}

export function createSourceCalls(compiled: CompiledInterface): SourceCalls {
  const { adapter, mapping, environment } = compiled;
  const gate = createGate(mapping.limits.concurrent);
  const call = async <T extends readonly unknown[]>(
    operation: 'read' | 'tally',
    context: CallContext,
    send: (bounds: CallBounds) => Promise<T>,
  ): Promise<T> => {
    const started = performance.now();
    const observe = (outcome: string, rows: number): void =>
      environment.observer.sourceCall({
        interface: mapping.interface,
        operation,
        outcome,
        tookMs: performance.now() - started,
        rows,
      });
    try {
      const answer = await withinGate(gate, context, () =>
        send({
          signal: context.signal,
          timeoutMs: timeoutMs(mapping.limits.timeoutMs, context),
          maxBytes: mapping.limits.maxBytes,
        }),
      );
      observe('ok', answer.length);
      return answer;
    } catch (error) {
      observe(error instanceof SourceError ? error.code : 'INTERNAL', 0);
      throw error;
    }
  };
  return {
    read: (request, context) => call('read', context, (bounds) => adapter.read(request, bounds)),
    tally: (request, context) => call('tally', context, (bounds) => adapter.tally(request, bounds)),
  };
}

function timeoutMs(limit: number, context: CallContext): number {
  return Math.max(1, Math.min(limit, remainingMs(context) - MARGIN_MS));
}

async function withinGate<T>(gate: Gate, context: CallContext, work: () => Promise<T>): Promise<T> {
  const release = await gate.enter(context.signal, Math.max(1, remainingMs(context) - MARGIN_MS));
  if (release === null) throw new SourceTimeout('waited for a free place at the source until the deadline');
  try {
    return await work();
  } finally {
    release();
  }
}
