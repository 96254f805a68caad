import type { Condition } from '../../../adapters/condition.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import type { RawMoment } from './raw-moment.js';

/**
 * A column in which every point in time is written in one way, so that the source's order is the order of time.
 * Walls are `yyyy-MM-dd HH:mm:ss` in the source's own zone.
 */
export interface TemporalShape {
  /** Every cell holds a time of day. */
  readonly timed?: true;
  /** Null for a cell of any other shape, or of a day that does not exist. */
  read(cell: SourceValue): RawMoment | null;
  /** The cell that reads as this moment. */
  write(moment: RawMoment): SourceValue;
  /** True for the cells that `read` accepts and that lie within `from` (inclusive) and `before`. */
  between(column: string, from: string, before: string): Condition;
}
