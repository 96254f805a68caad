import type { SourceCalls } from '../calls/source-calls.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';

/** An interface with its bounded calls. */
export interface ServedInterface {
  readonly compiled: CompiledInterface;
  readonly calls: SourceCalls;
}
