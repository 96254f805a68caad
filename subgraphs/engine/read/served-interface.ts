import type { CompiledInterface } from '../compile/compiled-interface.js';
import type { RowsDoor } from './rows-door.js';

/** An interface and the one way to its rows. */
export interface ServedInterface {
  readonly compiled: CompiledInterface;
  readonly rows: RowsDoor;
}
