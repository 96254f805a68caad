import type { SourceAdapter } from '../source-adapter.js';
import type { ContractSource } from './contract-source.js';
import type { HeldTable } from './held-table.js';

/** The source and the adapter under test, once the suite's `beforeAll` has made them. */
export interface ContractSubject {
  source(): ContractSource;
  adapter(): SourceAdapter;
  /** What the source holds. */
  held(): HeldTable;
}
