import type fc from 'fast-check';
import type { SourceValue } from '../../../adapters/source-value.js';
import type { FieldValue } from '../../kinds/field-value.js';

/** A cell as some program or clerk writes it, and what it was written for. */
export interface WrittenCell {
  readonly cell: SourceValue;
  readonly truth: FieldValue;
  /** The writing has lost something, or can be read in two ways: only a marked value may differ from the truth. */
  readonly isDoubtful?: true;
}

export type WrittenCells = fc.Arbitrary<WrittenCell>;
